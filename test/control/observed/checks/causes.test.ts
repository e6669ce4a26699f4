import { describe, expect, test } from "vitest";
import { findingOf, isRunning } from "../../../../src/control/observed/checks/causes.ts";
import type {
  CheckState,
  ChecksSeen,
  RepositoryCheck,
} from "../../../../src/domain/github/repository-check.ts";

const KEY = "actions:.github/workflows/ci.yml:test";

function check(state: CheckState, more: Partial<RepositoryCheck> = {}): RepositoryCheck {
  const run = { id: 7, attempt: 2 };
  return { name: "CI / test", key: KEY, state, run, marks: [], tail: [], ...more };
}

function ofApp(state: CheckState, ...paths: readonly string[]): RepositoryCheck {
  const { run: _, ...rest } = check(state, { marks: marks(...paths) });
  return rest;
}

function marks(...paths: readonly string[]) {
  return paths.map((path) => ({ path, line: 3, message: "expected 400" }));
}

function seen(bases: readonly CheckState[]): ChecksSeen {
  const states = bases.map((state, index) => ({
    commit: `${index}`.repeat(40),
    states: { [KEY]: state },
  }));
  return {
    head: "f".repeat(40),
    checks: [],
    bases: states,
    changed: ["src/quote.ts", "test/quote.test.ts"],
  };
}

describe("why a check is red", () => {
  test.each([
    ["it passed", check("passed"), ["passed"], undefined],
    [
      "it passed, and an earlier attempt failed",
      check("passed", { failedBefore: true }),
      [],
      "flaky",
    ],
    [
      "it failed, and an earlier attempt passed",
      check("failed", { passedBefore: true, marks: marks("src/quote.ts") }),
      ["passed"],
      "flaky",
    ],
    ["it has not ended", check("waiting"), ["failed"], undefined],
    ["a person has to let it run", check("asking"), [], undefined],
    ["it was cancelled or never began", check("stopped"), ["failed"], "infrastructure"],
    ["it is red on one of the bases", check("failed"), ["passed", "failed"], "base"],
    ["it ran out of time there, too", check("timed-out"), ["timed-out"], "base"],
    [
      "it is red at its first attempt",
      check("failed", { run: { id: 7, attempt: 1 } }),
      ["passed"],
      "run-again",
    ],
    ["it ran out of time twice", check("timed-out"), ["passed"], "infrastructure"],
    ["it failed twice and passes without the change", check("failed"), ["passed"], "change"],
    ["it failed twice, and the base has no such check", check("failed"), [], "unknown"],
    [
      "it marks a changed file, and the base has no such check",
      check("failed", { marks: marks("src/quote.ts") }),
      [],
      "change",
    ],
    [
      "it marks a changed file among others",
      check("failed", { marks: marks("src/zones.ts", "src/quote.ts") }),
      [],
      "change",
    ],
    [
      "it marks a changed test alone",
      check("failed", { marks: marks("test/quote.test.ts") }),
      [],
      "test",
    ],
    [
      "it marks a test that passes without the change",
      check("failed", { marks: marks("test/zones.test.ts") }),
      ["passed"],
      "test",
    ],
    [
      "it marks a test that nobody changed, and the base has no such check",
      check("failed", { marks: marks("test/zones.test.ts") }),
      [],
      "unknown",
    ],
    [
      "it marks files that nobody changed, and the base has no such check",
      check("failed", { marks: marks("src/zones.ts") }),
      [],
      "unknown",
    ],
    ["another App failed it, once and without a place", ofApp("failed"), ["passed"], "unknown"],
    ["another App marks a changed file", ofApp("failed", "src/quote.ts"), [], "change"],
    ["another App failed it on the base, too", ofApp("failed", "src/quote.ts"), ["failed"], "base"],
  ] as const)("%s", (_why, one, bases, expected) => {
    expect(findingOf(one, seen(bases))).toBe(expected);
  });

  test("words of a check decide nothing", () => {
    const said = { tail: ["flaky network timeout on the base"], marks: [] };
    expect(findingOf(check("failed", said), seen([]))).toBe("unknown");
  });
});

test.each([
  ["waiting", true],
  ["asking", false],
  ["failed", false],
] as const)("with a check that is %s the head is still running: %s", (state, expected) => {
  expect(isRunning({ ...seen([]), checks: [check("passed"), check(state)] })).toBe(expected);
});
