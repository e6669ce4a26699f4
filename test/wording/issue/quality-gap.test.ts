import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Measure } from "../../../src/domain/quality.ts";
import { renderGap, sayGap } from "../../../src/wording/issue/quality-gap.ts";
import { hostileText } from "../hostile-text.ts";
import { harmOf } from "../markdown-tree.ts";

const gap = (measure: Partial<Measure> & { readonly value: number }, more: object = {}) =>
  sayGap({
    ...{ area: "control", grade: "D", bar: "B", because: "it is so" },
    measure: { name: "dropped-errors", source: "syntax trees of its files", ...measure },
    files: ["src/a.ts", "src/b.ts"],
    ...more,
  });

describe("the title of a gap", () => {
  test.each([
    ["coverage", 40, "B", "40 % of the lines are covered by tests, 70 % or more wanted"],
    ["dropped-errors", 100, "C", "100 % of the error handlers drop the error, 20 % or less wanted"],
    ["dropped-errors", 1, "A", "1 % of the error handlers drop the error, none wanted"],
    ["test-failures", 1, "B", "1 test fails, none wanted"],
    ["open-defects", 4, "B", "4 defects are open, 1 or fewer wanted"],
    ["escaped", 1, "A", "1 defect escaped the change that was to mend it, none wanted"],
    ["noticed", 12.5, "B", "12 % of the changed lines are noticed by tests, 60 % or more wanted"],
    ["flaky", 50, "B", "50 % of the attempts saw a flaky test, 10 % or less wanted"],
    ["reverts", 50, "A", "50 % of the commits were taken back, 5 % or less wanted"],
    ["churn", 13, "B", "13 changes of each file in 90 days, 12 or fewer wanted"],
    ["owned", 80, "A", "80 % of the files have an owner, all wanted"],
    ["lint-findings", 0.25, "A", "0.25 lint findings on 1,000 lines, none wanted"],
  ] as const)("%s %d, bar %s: %s", (name, value, bar, said) => {
    expect(gap({ name, value }, { bar }).title).toBe(`control: ${said}`);
  });
});

describe("the issue of a gap", () => {
  const bodyOf = (said: ReturnType<typeof gap>) =>
    renderGap({ fingerprint: "control/dropped-errors", area: "control", ...said }).body;

  test("says a thing on each line, and every place alone in its code", () => {
    const where = ["src/a.ts:33", "src/b c.ts:1"];
    expect(bodyOf(gap({ value: 50, counted: "1 of 2 handlers", where }))).toBe(
      `- Grade D, bar B: it is so
- Counted from syntax trees of its files (1 of 2 handlers)
- Look first at \`src/a.ts:33\`, \`src/b c.ts:1\`
- Files: \`src/a.ts\`, \`src/b.ts\`

Found by the nightly audit in the area control. To have this issue worked on, put the queued label on it.

Fingerprint: \`millwright:quality:control/dropped-errors\``,
    );
  });

  test("names eight files and tells of others", () => {
    const files = Array.from({ length: 9 }, (_, index) => `src/${index}.ts`);
    expect(gap({ value: 50 }, { files }).detail).toMatch(/`src\/7\.ts` and others$/);
    expect(gap({ value: 50 }, { files: files.slice(1) }).detail).not.toContain("others");
  });

  test("keeps the words of others inert", () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (one, two) => {
        const said = gap({ value: 50, source: one, where: [two] }, { area: one, files: [two] });
        expect(harmOf(bodyOf(said))).toEqual({ images: 0, html: [], links: [], live: [] });
      }),
    );
  });
});
