import type { Evidence } from "../../domain/evidence.ts";

/** Test lists above this stand only in the run on the change and in the comparison: a proposal is bounded in bytes. */
const LISTED_TESTS = 5_000;

/** Of a long list on the base the failures are kept, as far as they are fewer: by them the gate knows an old failure. */
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
