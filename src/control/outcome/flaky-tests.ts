import { lengthOf } from "../../domain/evidence/summed.ts";
import type { Evidence } from "../../domain/evidence.ts";
import { FLAKY_LENGTH, FLAKY_NAMED, type FlakyTests } from "../../domain/ledger/flaky-tests.ts";
import { cut } from "../../domain/text/cut.ts";
import { recordable } from "../guard/withhold.ts";

/** Flaky tests that verify found, for the record: how many, and the first by name. Undefined if none. */
export function flakyTests(evidence: readonly Evidence[]): FlakyTests | undefined {
  const comparisons = evidence.filter((piece) => piece.kind === "test-comparison");
  const all = comparisons.reduce((sum, piece) => sum + lengthOf(piece, "flaky"), 0);
  if (all === 0) return undefined;
  const names = comparisons.flatMap(({ flaky = [] }) => flaky).slice(0, FLAKY_NAMED);
  return { all, tests: names.map((name) => cut(recordable(name), FLAKY_LENGTH)) };
}
