import { expect, test } from "vitest";
import { lineOf } from "../../../src/agent/prompt/evidence-lines.ts";
import type { Pieces } from "../../../src/domain/evidence/noticed.ts";
import type { TestComparison } from "../../../src/domain/evidence.ts";
import { noticedOf } from "../../domain/noticed.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };
const WHOLE: TestComparison = {
  kind: "test-comparison",
  subject: SUBJECT,
  source: "per-test",
  failToPass: ["prices a parcel"],
  passToPass: ["weighs", "adds"],
  passToFail: [],
  failToFail: [],
};

test("a comparison names what turned, and counts what did not", () => {
  expect(lineOf(WHOLE).split("\n")).toEqual([
    "tests (per-test): 2 pass on both",
    "failed before, pass now: prices a parcel",
    "passed before, fail now: none",
    "failed before and now: none",
  ]);
});

test("a comparison that was summed up counts what is left out of it, too", () => {
  const digest = "c".repeat(64);
  const summed = {
    passToPass: { total: 40_000, digest },
    failToPass: { total: 3, digest },
    gone: { total: 50, digest },
  };
  expect(lineOf({ ...WHOLE, gone: ["old"], summed }).split("\n")).toEqual([
    "tests (per-test): 40000 pass on both",
    "failed before, pass now: prices a parcel; … 2 more",
    "passed before, fail now: none",
    "failed before and now: none",
    "gone: old; … 49 more",
  ]);
});

test("statements that nobody notices are named beside the part that does not build without them", () => {
  const pieces: Pieces = {
    tried: [
      { as: "statement", from: 2, to: 2, lines: 1, noticed: "unnoticed" },
      { as: "statement", from: 3, to: 3, lines: 1, noticed: "by-tests", tests: ["prices"] },
    ],
    left: 0,
  };
  const lines = lineOf(noticedOf(SUBJECT, [{ noticed: "by-compiler", pieces }]));
  expect(lines.split("\n")).toEqual([
    "changed source lines: 3; taken back one part at a time, named tests notice 1, the compiler 2, nobody 0; not tried 0",
    "parts that no named test notices: none",
    "statements in parts that do not build without, which no named test notices: src/greet.ts:2",
  ]);
});

test("parts that nobody notices are named apart from those that were not tried", () => {
  const hunk = { path: "src/quote.ts", lines: 3 } as const;
  const lines = lineOf({
    kind: "noticed",
    subject: SUBJECT,
    lines: { changed: 9, byTests: 3, byCompiler: 0, unnoticed: 3, untried: 3 },
    hunks: [
      { ...hunk, from: 1, to: 3, noticed: "by-tests", tests: ["prices a parcel"] },
      { ...hunk, from: 8, to: 8, noticed: "unnoticed" },
      { ...hunk, from: 20, to: 21, noticed: "untried", because: "time" },
    ],
    more: 0,
    silentLines: 0,
    ran: "only",
    runs: 3,
    durationMs: 10,
  });
  expect(lines.split("\n")).toEqual([
    "changed source lines: 9; taken back one part at a time, named tests notice 3, the compiler 0, nobody 3; not tried 3",
    "parts that no named test notices: src/quote.ts:8",
    "parts not tried: src/quote.ts:20-21 time",
  ]);
});
