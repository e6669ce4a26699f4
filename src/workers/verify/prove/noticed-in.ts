import { z } from "zod";
import { MOST_NAMES, ProvenNoticing } from "../../../domain/evidence/change-proof.ts";
import type { Evidence } from "../../../domain/evidence.ts";

/** What verify says where it takes parts of a change back; every key that is not needed here may be there, too. */
const Noticed = z.object({
  kind: z.literal("noticed"),
  lines: ProvenNoticing.shape.lines,
  hunks: z.array(
    z.object({
      path: z.string(),
      from: z.int().positive(),
      to: z.int().positive(),
      noticed: z.string(),
    }),
  ),
});

/** Which changed lines somebody notices, in brief; null where nothing was taken back, which is not that nobody notices. */
export function noticedIn(evidence: readonly Evidence[]): ProvenNoticing | null {
  const found = evidence.flatMap((piece) => Noticed.safeParse(piece).data ?? [])[0];
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
