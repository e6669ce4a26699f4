import { expect, test } from "vitest";
import { lineOf } from "../../../src/agent/prompt/evidence-lines.ts";
import type { TestComparison } from "../../../src/domain/evidence.ts";

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
