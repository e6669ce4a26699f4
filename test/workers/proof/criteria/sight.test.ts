import { expect, test } from "vitest";
import type { CheckRun, TestComparison, TestStatus } from "../../../../src/domain/evidence.ts";
import { BLIND, createSight } from "../../../../src/workers/proof/criteria/sight.ts";

type Told = TestStatus | undefined;

function run(status: Told, more: Partial<CheckRun> = {}): CheckRun {
  const tests = status === undefined ? [] : [{ name: "t", status }];
  return { tests, status: "failed", exitCode: 1, ...more } as unknown as CheckRun;
}

function look(
  told: readonly [Told, Told, Told],
  parts: Partial<TestComparison> = {},
  notBuilt?: string[],
) {
  const [base, withTests, change] = told;
  const runs = {
    base: run(base),
    baseWithChangedTests: run(withTests, notBuilt === undefined ? {} : { notBuilt }),
    change: run(change),
  };
  const comparison = { failToPass: [], ...parts } as unknown as TestComparison;
  return createSight(runs, comparison, () => ({ file: "a.test.ts" }))("t");
}

/** What the test says on the base, on the base with the changed tests and on the change, and how it is seen. */
test.each<readonly [readonly [Told, Told, Told], Partial<TestComparison>, object]>([
  [["passed", "failed", "passed"], {}, { base: "failed", change: "passed" }],
  [["passed", undefined, "passed"], {}, { base: "passed", change: "passed" }],
  [[undefined, undefined, "skipped"], {}, { base: "not-there", change: "skipped" }],
  [
    [undefined, undefined, "passed"],
    { failToPass: ["t"] },
    { base: "not-built", change: "passed" },
  ],
  [["passed", undefined, "passed"], { failToPass: ["t"] }, { base: "not-built", change: "passed" }],
  // It was seen failing there: nobody has to guess why.
  [["failed", undefined, "passed"], { failToPass: ["t"] }, { base: "failed", change: "passed" }],
  [["passed", "passed", "passed"], { flaky: ["t"] }, { base: "flaky", change: "passed" }],
  [
    ["passed", "failed", "passed"],
    { flaky: ["t"], flakyOnChange: ["t"] },
    { base: "failed", change: "flaky" },
  ],
  [
    ["passed", "passed", "passed"],
    { unstable: ["t"] },
    { base: "not-told-apart", change: "not-told-apart" },
  ],
  [
    ["passed", "failed", "passed"],
    { repeated: [{ test: "t", failed: 3, passed: 2 }] },
    { base: "failed", change: "passed", times: 2 },
  ],
])("%j with %j is seen as %j", (told, parts, seen) => {
  expect(look(told, parts)).toEqual({ name: "t", file: "a.test.ts", ...seen });
});

test("what does not build says why, and nothing else does", () => {
  const said = ["undefined: Quote", "undefined: Rate"];
  const parts = { failToPass: ["t"] };
  const notBuilt = look([undefined, undefined, "passed"], parts, said);
  expect(notBuilt).toMatchObject({ base: "not-built", because: "undefined: Quote" });
  expect(look([undefined, "failed", "passed"], parts, said)).not.toHaveProperty("because");
  expect(look([undefined, undefined, "passed"], parts, [])).not.toHaveProperty("because");
});

test("nobody who is blind sees a test", () => {
  expect(BLIND("t")).toEqual({ name: "t", base: "not-there", change: "not-there" });
});
