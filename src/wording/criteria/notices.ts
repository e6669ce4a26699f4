import { rangeOf } from "../../domain/evidence/noticed.ts";
import type { Known } from "../../domain/evidence/standing.ts";
import type { Evidence } from "../../domain/evidence.ts";
import { noticedIn, piecesOf } from "../noticed.ts";

/** Ranges of the change that a criterion's own tests miss when they are taken back, or left out of what does not build without. */
export function noticesOf(criterion: string, evidence: readonly Evidence[]): readonly string[] {
  const hunks = noticedIn(evidence)?.hunks ?? [];
  const parts = hunks.flatMap((hunk) => [hunk, ...piecesOf(hunk)]);
  return parts.filter(({ criteria = [] }) => criteria.includes(criterion)).map(rangeOf);
}

/**
 * What stands in the column: the ranges, or that nothing is missed, or that nobody tried. Nothing where no test was named,
 * and where there is no source to take back.
 */
export function sayNotices(
  { proof }: Pick<Known, "proof">,
  evidence: readonly Evidence[],
): readonly string[] {
  const noticed = noticedIn(evidence);
  if (noticed === undefined || proof === undefined || proof.tests.length === 0) return [];
  if (proof.as === "gone" || noticed.lines.changed === 0) return [];
  const ranges = noticesOf(proof.criterion, evidence);
  if (ranges.length > 0) return ranges;
  return [noticed.lines.changed === noticed.lines.untried ? "not tried" : "nothing"];
}
