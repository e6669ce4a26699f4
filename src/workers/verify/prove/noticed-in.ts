import { MOST_NAMES, type ProvenNoticing } from "../../../domain/evidence/change-proof.ts";
import type { Evidence } from "../../../domain/evidence.ts";

/** Which changed lines are noticed, in brief; null if nothing was reverted, which differs from unnoticed. */
export function noticedIn(evidence: readonly Evidence[]): ProvenNoticing | null {
  const found = evidence.find((piece) => piece.kind === "noticed");
  if (found === undefined) return null;
  const { lines, hunks } = found;
  if (lines.byTests + lines.byCompiler + lines.unnoticed === 0) return null;
  const unnoticed = hunks.filter(({ noticed }) => noticed === "unnoticed");
  return {
    lines,
    unnoticed: unnoticed
      .slice(0, MOST_NAMES)
      .map(({ path, from, to }) => ({ path: path.slice(-300), from, to })),
    more: Math.max(0, unnoticed.length - MOST_NAMES),
  };
}
