import { expect, test } from "vitest";
import type { TwinEvent } from "../../../../src/twin/github/twin-github.ts";
import { isFromFork, withinFork } from "../../../../src/twin/runner/run/from-fork.ts";

function event(name: string, repository: string | null): TwinEvent {
  const repo = repository === null ? null : { full_name: repository };
  return {
    ...{ name, repository: "OWNER/app", ref: "refs/pull/1/merge", sha: "0", startsRuns: "yes" },
    payload: { pull_request: { head: { repo } } },
    actor: { id: 1, login: "a", type: "User" },
  };
}

const ASKED = { contents: "read", checks: "write", issues: "write" } as const;
const READ = { contents: "read", checks: "read", issues: "read" };

test.each([
  ["a pull request of this repository", event("pull_request", "OWNER/app"), false],
  ["one of a fork", event("pull_request", "stranger/app"), true],
  ["one whose fork is gone", event("pull_request", null), true],
  ["what follows a fork's run", event("workflow_run", "stranger/app"), false],
  ["a push", event("push", "stranger/app"), false],
])("%s", (_, what, isFork) => {
  expect(isFromFork(what)).toBe(isFork);
  expect(withinFork(ASKED, what)).toEqual(isFork ? READ : ASKED);
});
