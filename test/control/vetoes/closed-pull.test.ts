import { describe, expect, test } from "vitest";
import type { OnIssue } from "../../../src/control/observed/issue-view.ts";
import { refuseInItsPlace, refusePullClosed } from "../../../src/control/vetoes/closed-pull.ts";
import type { LedgerEvent, SealedEntry } from "../../../src/domain/ledger.ts";

const BRANCH = "factory/3-a1";
const PUBLISHED = { kind: "published", attempt: 1, pullRequest: 8 } as unknown as LedgerEvent;

interface Scene {
  readonly pull?: object;
  readonly branches?: readonly string[];
  readonly events?: readonly unknown[];
}

/** An issue whose published pull request is closed, as far as nothing else is said. */
function viewOf({ pull = {}, branches = [BRANCH], events = [PUBLISHED] }: Scene): OnIssue {
  const entries = events.map((event, index) => ({ sequence: index + 1, event }) as SealedEntry);
  const shown = { number: 8, state: "closed", merged: false, head: { branch: BRANCH }, ...pull };
  const other = { ...shown, number: 9, state: "open" };
  return {
    branches: branches.map((name) => ({ name })),
    ledger: { entries },
    snapshot: { pullRequests: [other, shown] },
  } as unknown as OnIssue;
}

const CLOSED = {
  code: "pull-request-closed",
  subject: "pull request 8",
  found: "it is closed",
  accepted: "an open pull request",
};

describe("the pull request of an issue", () => {
  test.each<readonly [string, Scene, object | undefined]>([
    ["that is closed", {}, CLOSED],
    [
      "that is closed, and whose branch is gone",
      { branches: ["factory/3-a2"] },
      { ...CLOSED, found: `it is closed, and its branch ${BRANCH} is gone` },
    ],
    [
      "that is closed, and whose branch stands beside others",
      { branches: ["main", BRANCH] },
      CLOSED,
    ],
    ["that is open", { pull: { state: "open" } }, undefined],
    ["that is merged", { pull: { merged: true } }, undefined],
    ["that nobody published", { events: [] }, undefined],
    ["that nobody sees", { pull: { number: 7 } }, undefined],
  ])("%s", (_what, scene, refusal) => {
    expect(refusePullClosed(viewOf(scene))).toStrictEqual(refusal);
  });
});

const told = (parts: object = {}) => ({ kind: "refused", refusal: { ...CLOSED, ...parts } });
const commanded = (command: string) => ({ kind: "commanded", command });
const SUBMITTED = { kind: "submitted" };

describe("another pull request in place of a closed one", () => {
  test.each<readonly [string, readonly unknown[], boolean]>([
    ["that nobody was told of", [PUBLISHED], false],
    ["that a person was told of, and said nothing", [PUBLISHED, told()], false],
    ["after a person was told, and submitted it again", [PUBLISHED, told(), SUBMITTED], true],
    ["after a person was told, and commanded", [PUBLISHED, told(), commanded("rework")], true],
    ["after a person was told, and stopped it", [PUBLISHED, told(), commanded("stop")], false],
    ["that was submitted before anybody was told", [PUBLISHED, SUBMITTED, told()], false],
    ["for which a person commands a retry", [PUBLISHED, commanded("retry 2")], true],
    ["for which a person commands to resume", [PUBLISHED, commanded("resume")], true],
    ["with another command", [PUBLISHED, commanded("rework")], false],
    ["with a command that only speaks of a retry", [PUBLISHED, commanded("no retry")], false],
    ["with a retry from before it was published", [commanded("retry"), PUBLISHED], false],
    [
      "after a person was told of another one",
      [PUBLISHED, told({ subject: "pull request 7" }), SUBMITTED],
      false,
    ],
    [
      "after a person was told of something else",
      [PUBLISHED, told({ code: "issue-changed" }), SUBMITTED],
      false,
    ],
    ["after a person was told twice", [PUBLISHED, told(), SUBMITTED, told()], false],
  ])("%s", (_what, events, isAllowed) => {
    expect(refuseInItsPlace(viewOf({ events }))).toStrictEqual(isAllowed ? undefined : CLOSED);
  });

  test("of a revert is for a person, too", () => {
    const events = [{ kind: "reverting", pullRequest: 8 }];
    expect(refuseInItsPlace(viewOf({ events }))).toStrictEqual(CLOSED);
  });

  test("is for nobody to allow where none was closed", () => {
    expect(refuseInItsPlace(viewOf({ pull: { state: "open" } }))).toBeUndefined();
  });
});
