import { expect, test } from "vitest";
import type { TestComparison } from "../../src/domain/evidence.ts";
import { sayComparison } from "../../src/wording/comparison.ts";

const COMPARED: TestComparison = {
  kind: "test-comparison",
  subject: { base: "a".repeat(40), tree: "b".repeat(40) },
  source: "per-test",
  failToPass: ["a"],
  passToPass: ["b", "c"],
  passToFail: [],
  failToFail: [],
};
const COUNTS = "1 fail on the base and pass now, 2 pass on both, 0 broken, 0 failing on both";

test.each<readonly [string, TestComparison | undefined, string]>([
  ["nothing", undefined, "were not compared with the base"],
  [
    "exit codes",
    { ...COMPARED, source: "exit-code" },
    "compared by exit code only: no report was found",
  ],
  ["counts", COMPARED, COUNTS],
  ["new tests", { ...COMPARED, new: ["d"] }, `${COUNTS}, 1 new and never seen failing`],
  [
    "altered tests, which may be called anything",
    { ...COMPARED, altered: ["greets @somebody"] },
    `${COUNTS}, asserted before, no longer: 1 test (greets \`@somebody)\``,
  ],
])("says %s", (_what, comparison, said) => {
  expect(sayComparison(comparison)).toBe(said);
});
