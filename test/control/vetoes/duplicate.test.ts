import { describe, expect, test } from "vitest";
import type { OnIssue } from "../../../src/control/observed/issue-view.ts";
import { refuseDuplicate } from "../../../src/control/vetoes/duplicate.ts";
import type { FoundLedger, IssueState } from "../../../src/domain/github/snapshot.ts";
import { appendEntry, type LedgerEvent, type SealedEntry } from "../../../src/domain/ledger.ts";
import { digestOfIssue } from "../../../src/domain/order.ts";
import type { Stage } from "../../../src/domain/stage.ts";
import { renderLedgerComment } from "../../../src/wording/issue/ledger-comment.ts";
import { viewOf } from "../outcome/building.ts";

const VIEW = viewOf();
const OWN = 10;
const ISSUES = "https://github.com/OWNER/app/issues";
const TEXT = { title: "Norway is wrong", body: "a parcel to NO costs 9.00" };
const AT = "2026-11-20T08:00:00Z";
const SUBMITTED: LedgerEvent = { kind: "submitted", by: 4, issue: digestOfIssue(TEXT) };
const CLAIMED: LedgerEvent = {
  ...{ kind: "claimed", attempt: 1, branch: "factory/11-a1", base: "a".repeat(40) },
};

/** The entries of an issue that is at this stage. */
function entriesOf(issue: number, stage: Stage, events: readonly LedgerEvent[]) {
  const { snapshot, input } = VIEW;
  const place = { repositoryId: snapshot.repository.id, issue };
  return events.reduce<readonly SealedEntry[]>(
    (ledger, event) =>
      appendEntry(ledger, { at: AT, run: 1, stage, event }, { place, key: input.sealKey }),
    [],
  );
}

interface Twin {
  readonly issue: number;
  readonly stage?: Stage;
  readonly events?: readonly LedgerEvent[];
}

function found({ issue, stage = "queued", events = [SUBMITTED] }: Twin): FoundLedger {
  const entries = entriesOf(issue, stage, events);
  const links = { repository: "https://github.com/OWNER/app" };
  const body = renderLedgerComment({ entries, issue, stage, links });
  return { issue, comment: 100 + issue, body };
}

interface Scene {
  readonly issue?: Partial<IssueState>;
  readonly twins?: readonly Twin[];
  /** Open issues; absent where they were not all read. */
  readonly open?: readonly number[];
  /** What stands in the ledger after the issue was submitted. */
  readonly events?: readonly unknown[];
  readonly ledgers?: object;
}

/** Issue 10, with the ledgers of the day. */
function refuse({ issue = {}, twins = [], open, events = [], ...rest }: Scene) {
  const own = [SUBMITTED, ...events].map((event, at) => ({ sequence: at + 1, at: AT, event }));
  const openIssues =
    open === undefined ? { unknown: "too many" } : { known: open.map((number) => ({ number })) };
  const view = {
    ...VIEW,
    issue: { ...VIEW.issue, ...TEXT, number: OWN, state: "open", ...issue },
    ledger: { entries: own },
    input: {
      ...VIEW.input,
      run: { ...VIEW.input.run, serverUrl: "https://github.com/", repository: "OWNER/app" },
    },
    snapshot: {
      ...VIEW.snapshot,
      ...{ openIssues, asked: openIssues, loopIssues: [], pullWork: { known: [] } },
      ledgers: rest.ledgers ?? { known: twins.map(found) },
    },
  } as unknown as OnIssue;
  return refuseDuplicate(view);
}

const hint = (issue: number) => ({
  hint: { code: "go-on-with-the-other", issue, url: `${ISSUES}/${issue}` },
});
const twinOf = (issue: number) => ({
  ...{ code: "issue-duplicate", subject: `issue ${OWN}` },
  ...{ found: `issue ${issue} has the same text, and is in the line`, ...hint(issue) },
});
const marked = (how: string, rest: object = {}) => ({
  ...{ code: "issue-duplicate", subject: `issue ${OWN}`, found: `it is ${how}`, ...rest },
});

describe("an issue that a person marked", () => {
  const URL = "https://github.example/OWNER/other/issues/5";
  test.each<readonly [Partial<IssueState>, object | undefined]>([
    [{ duplicateOf: { number: 3 } }, marked("marked as a duplicate of issue 3", hint(3))],
    [
      { duplicateOf: { number: 3 }, state: "closed" },
      marked("closed as a duplicate of issue 3", hint(3)),
    ],
    [{ duplicateOf: { url: URL } }, marked(`marked as a duplicate of ${URL}`)],
    [
      { duplicateOf: { url: "u".repeat(400) } },
      marked(`marked as a duplicate of ${"u".repeat(296)}`),
    ],
    [{ duplicateOf: {} }, marked("marked as a duplicate")],
    [{}, undefined],
  ])("with %j", (issue, refusal) => {
    expect(refuse({ issue: issue as Partial<IssueState> })).toStrictEqual(refusal);
  });
});

describe("an issue with the same text", () => {
  test.each<readonly [string, Scene, number | undefined]>([
    ["that is older goes on", { twins: [{ issue: 3 }] }, 3],
    ["that is the oldest of several goes on", { twins: [{ issue: 7 }, { issue: 3 }] }, 3],
    ["that is younger waits", { twins: [{ issue: 11 }] }, undefined],
    [
      "that is younger and has begun goes on",
      { twins: [{ issue: 11, stage: "building", events: [SUBMITTED, CLAIMED] }] },
      11,
    ],
    ["waits where this one has begun", { twins: [{ issue: 3 }], events: [CLAIMED] }, undefined],
    ["that is done is none", { twins: [{ issue: 3, stage: "done" }] }, undefined],
    ["that is open goes on", { twins: [{ issue: 3 }], open: [3, OWN] }, 3],
    ["that was closed by hand is none", { twins: [{ issue: 3 }], open: [4, OWN] }, undefined],
    ["is none where only the issue itself has it", { twins: [{ issue: OWN }] }, undefined],
    [
      "is none where the other has another text",
      {
        twins: [
          { issue: 3, events: [{ ...SUBMITTED, issue: digestOfIssue({ ...TEXT, body: "" }) }] },
        ],
      },
      undefined,
    ],
    ["is not known where nobody knows the day", { ledgers: { unknown: "too many" } }, undefined],
  ])("%s", (_what, scene, twin) => {
    expect(refuse(scene)).toStrictEqual(twin === undefined ? undefined : twinOf(twin));
  });

  test.each<Stage>(["queued", "needs-info", "proposed", "ready", "building", "gating", "smoking"])(
    "goes on while it is at %s",
    (stage) => {
      expect(refuse({ twins: [{ issue: 3, stage }] })).toStrictEqual(twinOf(3));
    },
  );
});

describe("a person who was told", () => {
  const told = (parts: object = {}) => ({ kind: "refused", refusal: { ...twinOf(3), ...parts } });
  const again = { kind: "submitted" };
  test.each<readonly [string, readonly unknown[], Partial<IssueState>, boolean]>([
    ["lets it go on", [told(), again], {}, true],
    ["says nothing", [told()], {}, false],
    ["spoke before", [again, told()], {}, false],
    ["was told of another one", [told(twinOf(4)), again], {}, false],
    ["was told of something else", [told({ code: "issue-changed" }), again], {}, false],
    ["closed it after all", [told(), again], { state: "closed" }, false],
  ])("%s", (_what, events, issue, goesOn) => {
    const refusal = refuse({ twins: [{ issue: 3 }], events, issue });
    expect(refusal).toStrictEqual(goesOn ? undefined : twinOf(3));
  });
});
