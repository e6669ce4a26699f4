import { beforeAll, describe, expect, test } from "vitest";
import type { CheckRun, Evidence, TestComparison } from "../../../src/domain/evidence.ts";
import { renderCheckRun, sayProblem } from "../../../src/wording/checks/check-run.ts";
import { HOSTILE } from "../hostile-text.ts";
import { type Harm, harmOf } from "../markdown-tree.ts";

const subject = { base: "a".repeat(40), tree: "b".repeat(40) };
const runUrl = "https://github.com/OWNER/millwright/actions/runs/7";

function ran(parts: Partial<CheckRun> = {}): CheckRun {
  return {
    kind: "check",
    name: "test",
    on: "change",
    subject,
    command: "npm test",
    status: "passed",
    exitCode: 0,
    durationMs: 2_000,
    tail: "fine",
    outputBytes: 4,
    ...parts,
  };
}
const show = (run: CheckRun, others: readonly Evidence[] = []) =>
  renderCheckRun(run, { evidence: [run, ...others], runUrl });

const FAILED = { status: "failed", exitCode: 1 } as const;
const red = ran({ ...FAILED, tests: [{ name: "a", status: "failed" }] });
const further = { status: "passed", exitCode: 0, durationMs: 9, whole: true, failing: [], more: 0 };
const flaky: TestComparison = {
  kind: "test-comparison",
  subject,
  source: "per-test",
  failToPass: [],
  passToPass: [],
  passToFail: [],
  failToFail: [],
  flaky: ["a"],
  flakyOnChange: ["a"],
};

describe("the check run of a check", () => {
  test.each<[string, CheckRun, readonly Evidence[], string, string]>([
    ["one that passed", ran(), [], "success", "Passed in 2.0 s"],
    ["one that failed", red, [], "failure", "Failed after 2.0 s, 1 test"],
    [
      "one that fails as on the base",
      red,
      [{ ...red, on: "base" }],
      "neutral",
      "Fails as on the base, after 2.0 s, 1 test",
    ],
    [
      "one that is flaky",
      { ...red, again: [{ ...further, status: "passed" as const }] },
      [ran({ on: "base", tests: [{ name: "a", status: "passed" }] }), flaky],
      "neutral",
      "Flaky: failed after 2.0 s, and passed when it ran again, 1 test",
    ],
    [
      "one that took too long",
      ran({ status: "timed-out", exitCode: null }),
      [],
      "failure",
      "Timed out after 2.0 s",
    ],
    [
      "one that names places",
      ran({
        problems: [{ path: "a.ts", line: 1, level: "warning", message: "odd" }],
        moreProblems: 4,
      }),
      [],
      "success",
      "Passed in 2.0 s, 5 places",
    ],
  ])("of %s", (_what, run, others, conclusion, title) => {
    expect(show(run, others)).toMatchObject({ conclusion, title });
  });

  test("says how further runs ended, and where everything is", () => {
    const again = [{ ...further, status: "failed" as const, whole: false }];
    const { summary } = show(ran({ again }));
    expect(summary).toContain("Ran again on the same bytes: failed (some tests alone, 9 ms).");
    expect(summary).toContain(`the artifact \`evidence-…\` of [the run](${runUrl})`);
  });

  let harmless: Harm;
  beforeAll(() => {
    harmless = harmOf(show(ran(FAILED)).summary);
  });

  test.each(HOSTILE.map((text) => [text]))("says %j as text", (text) => {
    const run = ran({
      ...FAILED,
      command: text.slice(0, 2_000),
      tail: text,
      note: text.slice(0, 500),
    });
    const { summary } = show(run);
    expect(harmOf(summary)).toEqual(harmless);
    const said = sayProblem({ path: "a.ts", line: 1, level: "failure", message: text || "x" });
    expect(said).not.toMatch(/(^|\s)@\w|\n/);
    expect(said).not.toBe("");
  });

  test("of the longest output is not longer than GitHub takes", () => {
    expect(show(ran({ tail: "`\n".repeat(4_000) })).summary.length).toBeLessThan(65_536);
  });
});
