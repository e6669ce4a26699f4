import { expect, test } from "vitest";
import { flakyTests } from "../../../src/control/outcome/flaky-tests.ts";
import type { Evidence } from "../../../src/domain/evidence.ts";

const compared = (parts: object) => ({ kind: "test-comparison", ...parts }) as unknown as Evidence;
const OTHER = { kind: "check", flaky: ["of no comparison"] } as unknown as Evidence;
const digest = "a".repeat(64);

test.each<readonly [string, readonly Evidence[], ReturnType<typeof flakyTests>]>([
  ["nothing, where nothing was compared", [OTHER], undefined],
  ["nothing, where none was flaky", [compared({}), compared({ flaky: [] })], undefined],
  [
    "those of all comparisons",
    [compared({ flaky: ["a"] }), OTHER, compared({ flaky: ["b", "c"] })],
    { all: 3, tests: ["a", "b", "c"] },
  ],
  [
    "the first five by name, and how many there were",
    [compared({ flaky: [..."abcdefg"] })],
    { all: 7, tests: [..."abcde"] },
  ],
  [
    "how many there were, where the list is not written down whole",
    [compared({ flaky: ["a"], summed: { flaky: { total: 900, digest } } })],
    { all: 900, tests: ["a"] },
  ],
])("%s", (_, evidence, expected) => {
  expect(flakyTests(evidence)).toEqual(expected);
});

test("a long name is cut, and one that looks like a secret is withheld", () => {
  const secret = `ghp_${"a1B2c3D4e5F6g7H8i9J0".repeat(2).slice(0, 36)}`;
  const found = flakyTests([compared({ flaky: ["x".repeat(300), secret] })]);
  expect(found?.tests[0]?.length).toBeLessThanOrEqual(200);
  expect(found?.tests[0]).toMatch(/^x{100}/);
  expect(found?.tests[1]).not.toContain(secret);
});
