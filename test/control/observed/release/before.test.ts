import { describe, expect, test } from "vitest";
import type { View } from "../../../../src/control/observed/issue-view.ts";
import {
  beforeToAsk,
  commitBefore,
  parentOfMerge,
  recordedAt,
} from "../../../../src/control/observed/release/before.ts";
import { appendEntry, type LedgerEvent, type SealedEntry } from "../../../../src/domain/ledger.ts";
import type { Stage } from "../../../../src/domain/stage.ts";
import { LEDGER_MARKER } from "../../../../src/wording/issue/ledger-comment.ts";
import { writeLedger } from "../../../wording/paged.ts";

const KEY = "a-key".repeat(8);
const OWN = 99;
const sha = (letter: string) => letter.repeat(40);
const [BASE, MERGE, PARENT, TREE] = [sha("a"), sha("b"), sha("c"), sha("d")];
const PROBE = "0123456789abcdef";
const AT = "2026-11-20T08:00:00Z";

const claimed = (base: string, attempt = 1): LedgerEvent => ({
  ...{ kind: "claimed", attempt, branch: `factory/3-${attempt}`, base },
});
const merged = (commit = MERGE, by: "factory" | "person" = "factory"): LedgerEvent => ({
  ...{ kind: "merged", pullRequest: 2, commit, tree: TREE, by },
});
const reverted = (commit: string): LedgerEvent => ({
  ...{ kind: "reverted", reverts: MERGE, pullRequest: 4, commit, tree: TREE, by: "factory" },
});
const smoked = (commit: string, more: object = {}): LedgerEvent => ({
  ...{ kind: "smoked", commit, status: "passed", live: true, passed: [PROBE] },
  ...more,
});

function entriesOf(events: readonly LedgerEvent[], issue = 3): readonly SealedEntry[] {
  const context = { place: { repositoryId: 7, issue }, key: KEY };
  return events.reduce<readonly SealedEntry[]>(
    (ledger, event) => appendEntry(ledger, { at: AT, run: 1, stage: "smoking", event }, context),
    [],
  );
}

interface Scene {
  readonly events?: readonly LedgerEvent[];
  readonly before?: object;
  readonly task?: string;
  readonly stage?: Stage | "new";
  readonly trigger?: object;
  readonly pulls?: readonly object[];
  readonly probes?: readonly object[];
}

function viewOf(scene: Scene = {}): View {
  const { events = [], before, task = "route", stage = "smoking", pulls = [] } = scene;
  return {
    ledger: { entries: entriesOf(events), comment: 1 },
    snapshot: {
      ...{ repository: { id: 7 }, pullRequests: pulls },
      ...(before === undefined ? {} : { before }),
    },
    input: { task, sealKey: KEY, identity: { id: OWN } },
    config: { smoke: { probes: scene.probes ?? [{ get: "https://example.com/health" }] } },
    ...{ stage, trigger: scene.trigger },
  } as unknown as View;
}

describe("the parent of a merge", () => {
  test.each<readonly [string, readonly LedgerEvent[], object | undefined, string | undefined]>([
    ["the base of the claim that the factory merged", [claimed(BASE), merged()], undefined, BASE],
    ["that base, whatever GitHub says", [claimed(BASE), merged()], { parent: PARENT }, BASE],
    [
      "GitHub's, of a person's merge",
      [claimed(BASE), merged(MERGE, "person")],
      { parent: PARENT },
      PARENT,
    ],
    ["GitHub's, of another merge", [claimed(BASE), merged(sha("e"))], { parent: PARENT }, PARENT],
    [
      "GitHub's, of a revert",
      [claimed(BASE), merged(), reverted(MERGE)],
      { parent: PARENT },
      PARENT,
    ],
    ["GitHub's, where no claim is known", [merged()], { parent: PARENT }, PARENT],
    ["unknown, where nobody says", [claimed(BASE), merged(MERGE, "person")], undefined, undefined],
  ])("is %s", (_, events, before, parent) => {
    expect(parentOfMerge(viewOf({ events, ...(before && { before }) }), MERGE)).toBe(parent);
  });
});

describe("the commit that a change was made on", () => {
  test.each<readonly [string, readonly LedgerEvent[], string | undefined]>([
    [
      "the base of the last claim before the merge",
      [claimed(BASE), claimed(PARENT, 2), merged(), claimed(TREE, 3)],
      PARENT,
    ],
    [
      "that of the last one with that commit",
      [claimed(BASE), merged(), claimed(PARENT, 2), merged()],
      PARENT,
    ],
    [
      "the last claim's, where the merge is not written down",
      [claimed(BASE), merged(TREE), claimed(PARENT, 2)],
      PARENT,
    ],
    ["unknown without a claim", [merged()], undefined],
  ])("is %s", (_, events, commit) => {
    expect(commitBefore(viewOf({ events }), MERGE)).toBe(commit);
  });
});

describe("what a smoke test recorded of a commit", () => {
  const passed = { commit: PARENT, passed: [PROBE], at: AT };
  test.each<readonly [string, readonly LedgerEvent[], object | undefined]>([
    ["what passed while it was seen live", [smoked(PARENT)], passed],
    ["nothing of another commit", [smoked(BASE)], undefined],
    ["nothing that was not seen live", [smoked(PARENT, { live: false })], undefined],
    ["nothing where none passed", [smoked(PARENT, { passed: [] })], undefined],
    ["nothing where it failed later", [smoked(PARENT), smoked(PARENT, { live: false })], undefined],
    ["what passed at last", [smoked(PARENT, { passed: [] }), smoked(PARENT)], passed],
    ["nothing without a test", [], undefined],
  ])("is %s", (_, events, recorded) => {
    expect(recordedAt(viewOf({ events }), PARENT)).toEqual(recorded);
  });

  test("is nothing in older ledgers, which do not tell", () => {
    const event: LedgerEvent = { kind: "smoked", commit: PARENT, status: "passed" };
    expect(recordedAt(viewOf({ events: [event] }), PARENT)).toBeUndefined();
    const live: LedgerEvent = { ...event, live: true };
    expect(recordedAt(viewOf({ events: [live] }), PARENT)).toBeUndefined();
  });

  test("is nothing of an unknown commit", () => {
    expect(recordedAt(viewOf({ events: [smoked(PARENT)] }), undefined)).toBeUndefined();
  });

  const comment = (id: number, events: readonly LedgerEvent[], issue = 8) => ({
    ...{ id: 1, author: { id, login: "bot", type: "Bot", permission: "none" } },
    ...{ body: writeLedger(entriesOf(events, issue)), createdAt: AT, updatedAt: AT, url: "" },
  });
  test.each<readonly [string, object, object | undefined]>([
    ["is in the ledger of the issue that merged it", comment(OWN, [smoked(PARENT)]), passed],
    ["is not what somebody else wrote", comment(4, [smoked(PARENT)]), undefined],
    ["is not what was sealed for another issue", comment(OWN, [smoked(PARENT)], 9), undefined],
  ])("%s", (_, said, recorded) => {
    expect((said as { body: string }).body.startsWith(LEDGER_MARKER)).toBe(true);
    const before = { parent: PARENT, issue: { number: 8, comments: [said] } };
    expect(recordedAt(viewOf({ before }), PARENT)).toEqual(recorded);
  });

  test("is first what its own ledger says", () => {
    const other = comment(OWN, [smoked(PARENT, { passed: ["f".repeat(16)] })]);
    const before = { parent: PARENT, issue: { number: 8, comments: [other] } };
    expect(recordedAt(viewOf({ before, events: [smoked(PARENT)] }), PARENT)).toEqual(passed);
  });
});

describe("what GitHub is asked about the commit before a merge", () => {
  const events = [claimed(BASE), merged()];
  const closing = { kind: "pull-request-closed", pullRequest: 2 };
  test.each<readonly [string, Scene, object | undefined]>([
    ["its issue, where the ledger knows the commit", { events }, { parent: BASE }],
    ["the same at needs-human", { events, stage: "needs-human" }, { parent: BASE }],
    [
      "which it is, where a person merged",
      { events: [claimed(BASE), merged(MERGE, "person")] },
      { merge: MERGE },
    ],
    [
      "nothing where the record is in this ledger",
      { events: [smoked(BASE), ...events] },
      undefined,
    ],
    ["nothing without probes", { events, probes: [] }, undefined],
    ["nothing for another task", { events, task: "claim" }, undefined],
    ["nothing at another stage", { events, stage: "gating" }, undefined],
    ["nothing where nothing was merged", { events: [claimed(BASE)] }, undefined],
    [
      "nothing where the next attempt has begun",
      { events: [...events, claimed(PARENT, 2)] },
      undefined,
    ],
    ["nothing about a revert", { events: [...events, reverted(TREE)] }, undefined],
    [
      "the merge of the pull request that was closed just now",
      { trigger: closing, stage: "gating", pulls: [{ number: 2, mergeSha: MERGE }] },
      { merge: MERGE },
    ],
    [
      "nothing where it was closed without a merge",
      { trigger: closing, events, pulls: [{ number: 2, mergeSha: null }] },
      undefined,
    ],
    ["nothing where nobody sees it", { trigger: closing, events }, undefined],
  ])("is %s", (_, scene, asked) => {
    expect(beforeToAsk(viewOf(scene))).toEqual(asked);
  });
});
