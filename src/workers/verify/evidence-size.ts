import type { Evidence } from "../../domain/evidence.ts";

/** Longer test lists are only in the run on the change and in the comparison, because a proposal is limited in bytes. */
const LISTED_TESTS = 5_000;

/** A long list on the base keeps its failures, if they are fewer: they identify an old failure for the gate. */
export function withinSize(evidence: readonly Evidence[]): Evidence[] {
  return evidence.map((piece) => {
    if (piece.kind !== "check" || piece.on === "change") return piece;
    const { tests = [], ...rest } = piece;
    if (tests.length <= LISTED_TESTS) return piece;
    const failing = tests.filter(({ status }) => status === "failed");
    const isBase = piece.name === "test" && piece.on === "base";
    if (!isBase || failing.length > LISTED_TESTS) {
      return { ...rest, note: `${tests.length} tests, compared but not listed here` };
    }
    const note = `${tests.length} tests, compared; only those that failed are listed here`;
    return { ...rest, tests: failing, note };
  });
}
