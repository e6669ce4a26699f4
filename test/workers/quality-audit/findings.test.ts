import { describe, expect, test } from "vitest";
import type { CheckRun } from "../../../src/domain/evidence.ts";
import { countFindings, countFindingsIn } from "../../../src/workers/quality-audit/findings.ts";

describe("countFindings", () => {
  const run = (exitCode: number | null, tail: string, parts: Partial<CheckRun> = {}): CheckRun => ({
    kind: "check",
    name: "lint",
    on: "base",
    subject: { base: "a".repeat(40), tree: "b".repeat(40) },
    command: "npm run lint",
    status: exitCode === 0 ? "passed" : "failed",
    exitCode,
    durationMs: 1,
    tail,
    outputBytes: Buffer.byteLength(tail),
    ...parts,
  });
  const LINT = "`npm run lint`";
  test.each([
    ["green", run(0, "Found 3 errors in the docs"), 0],
    ["tsc", run(2, "src/a.ts(1,2): error TS1: x\n\nFound 3 errors in 2 files.\n"), 3],
    ["Biome", run(1, "\u001b[31mFound 1 error.\u001b[0m\nFound 2 warnings."), 3],
    ["ESLint", run(1, "\n✖ 12 problems (10 errors, 2 warnings)\n"), 12],
    ["pyright", run(1, "3 errors, 1 warning, 0 informations"), 4],
    ["tsc without a sum", run(2, "src/a.ts(1,2): error TS1: x\nsrc/b.ts(3,4): error TS2: y"), 2],
    ["no count at all", run(1, "it is bad"), 1],
    ["a cut output without a sum", run(1, "src/a.ts:1:2 x", { outputBytes: 9_000 }), 1],
    ["a time-out", run(null, "", { status: "timed-out" }), null],
    ["no run", undefined, null],
  ])("%s", (_what, checked, value) => expect(countFindings("lint", checked).value).toBe(value));

  test.each([
    [run(0, ""), `${LINT}, exit code 0`],
    [run(1, "✖ 2 problems"), `${LINT}, the sum it prints`],
    [run(1, "\u001b[1msrc/a.ts\u001b[0m:1:2 x"), `${LINT}, lines that name a place`],
    [run(3, "it is bad"), `${LINT}, at least one: exit code 3, no count printed`],
    [run(null, "", { status: "timed-out" }), `${LINT} did not end in time`],
    [run(0, "", { command: "x".repeat(300) }), `\`${"x".repeat(200)}\`, exit code 0`],
    [undefined, "no `lint` check ran"],
  ])("says how it counted (row %#)", (checked, source) => {
    expect(countFindings("lint", checked).source).toBe(source);
  });

  test.each([
    [undefined, null, "no `lint` check ran"],
    [run(null, "", { status: "timed-out" }), null, `${LINT} did not end in time`],
    [run(0, ""), 0, `${LINT}, exit code 0`],
    [run(1, "src/b.ts:1:2 x"), 0, `${LINT}, lines that name a place`],
    [run(1, "\u001b[1msrc/a.ts\u001b[0m:1:2 x"), 1, `${LINT}, lines that name a place`],
    [
      run(1, "src/a.ts:1:2 x", { command: "x".repeat(300) }),
      1,
      `\`${"x".repeat(200)}\`, lines that name a place`,
    ],
    [
      run(1, "✖ 12 problems"),
      null,
      "known for the whole repository only: the output names no places",
    ],
  ])("in an area, says how it counted (row %#)", (checked, value, source) => {
    expect(countFindingsIn("lint", checked, new Set(["src/a.ts"]))).toEqual({ value, source });
  });

  test.each([
    ["green", run(0, ""), 0],
    ["places", run(2, "src/a.ts(1,2): error TS1\nsrc/b.ts:3:4 error\n./src/a.ts:5:1 error"), 2],
    ["no places", run(1, "✖ 12 problems"), null],
    ["a cut output", run(1, "src/a.ts:1:2 x", { outputBytes: 9_000 }), null],
  ])("in an area: %s", (_what, checked, value) => {
    expect(countFindingsIn("lint", checked, new Set(["src/a.ts"])).value).toBe(value);
  });
});
