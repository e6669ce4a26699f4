import { expect, test } from "vitest";
import { parentsOf } from "../../../src/domain/github/owned-pull-request.ts";
import type { CheckCause } from "../../../src/domain/github/repository-check.ts";
import {
  isOfThePull,
  parentsOfResult,
  suggestionBranch,
  Unblock,
} from "../../../src/domain/github/unblock.ts";

const [HEAD, BASE, OLD] = ["a".repeat(40), "b".repeat(40), "c".repeat(40)];

test.each([
  [BASE, [HEAD]],
  [OLD, [HEAD, BASE]],
  [undefined, [HEAD, BASE]],
])("an attempt goes on from the head that was verified on %s", (base, parents) => {
  const continued = { pullRequest: 9, branch: "factory/1-1", head: HEAD };
  const whole = base === undefined ? continued : { ...continued, base };
  expect(parentsOf(whole, BASE)).toEqual(parents);
});

test.each([
  [BASE, [HEAD]],
  [OLD, [HEAD, BASE]],
])("a result of two sides that parted at %s has these parents", (mergeBase, parents) => {
  expect(parentsOfResult({ head: HEAD, base: BASE, mergeBase })).toEqual(parents);
});

test("a result is offered on a branch of its own for each run", () => {
  expect(suggestionBranch({ pullRequest: 9, runId: 77 })).toBe("factory/unblock-9-77");
});

test.each<readonly [CheckCause, boolean]>([
  ["change", true],
  ["test", true],
  ["unknown", true],
  ["base", false],
  ["flaky", false],
])("a check that is red by %s is of the pull request: %j", (cause, is) => {
  expect(isOfThePull({ name: "ci", cause, lines: [] })).toBe(is);
});

test("what is asked for is a pull request of this repository, and where its result goes", () => {
  const asked = { pullRequest: 9, head: HEAD, branch: "fix", onto: "suggestion", red: [] };
  expect(Unblock.parse(asked)).toEqual(asked);
  for (const wrong of [{ onto: "main" }, { branch: "" }, { pullRequest: 0 }, { head: "x" }])
    expect(Unblock.safeParse({ ...asked, ...wrong }).success).toBe(false);
});
