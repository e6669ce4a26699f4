import { describe, expect, test } from "vitest";
import type { LedgerEntry, LedgerEvent } from "../../src/domain/ledger.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { expectedBy } from "../../src/measures/expected.ts";

const MERGED: LedgerEvent = {
  kind: "merged",
  pullRequest: 4,
  commit: "a".repeat(40),
  tree: "b".repeat(40),
  by: "person",
};

function ledger(usd: number, durationMs: number, event: LedgerEvent = MERGED, first = 1) {
  const at = "2026-11-20T08:00:00Z";
  const line = { at, run: 1, stage: "building" as const };
  const asked: LedgerEvent = { kind: "asked", questions: 1 };
  return [
    { ...line, sequence: first, event: asked, usage: { ...NO_USAGE, usd }, durationMs },
    { ...line, sequence: first + 1, event },
  ] satisfies readonly LedgerEntry[];
}

describe("what an issue takes", () => {
  test("is the middle of what those took that were merged", () => {
    expect(expectedBy([ledger(1, 60_000), ledger(9, 600_000), ledger(3, 120_000)])).toEqual({
      issues: 3,
      usd: 3,
      workedMs: 120_000,
    });
  });

  test("is nothing where none was merged", () => {
    expect(expectedBy([])).toBeUndefined();
    expect(expectedBy([[], ledger(1, 1, { kind: "asked", questions: 2 })])).toBeUndefined();
  });

  test("leaves out what nobody knows the beginning of", () => {
    expect(expectedBy([ledger(1, 60_000), ledger(9, 1, MERGED, 7)])).toMatchObject({
      issues: 1,
      usd: 1,
    });
  });
});
