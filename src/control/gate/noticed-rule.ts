import { type NoticedHunk, rangeOf, shareOf } from "../../domain/evidence/noticed.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { RiskAssessment } from "../../domain/trust/assess-risk.ts";
import { counted } from "../../wording/figures.ts";
import { sayNoticed } from "../../wording/noticed.ts";
import { type Gate, piecesOf } from "./rule.ts";

/**
 * If the config names a share, tests have to notice the reversal of that share of changed source lines. Untried lines
 * that could make up the share are refused under another code.
 */
export function refuseUnnoticed(gate: Gate): Refusal | undefined {
  const { noticed: wanted } = gate.order.config.gate;
  if (wanted === undefined) return undefined;
  const pieces = piecesOf(gate, "noticed");
  const [piece] = pieces;
  if (piece === undefined || pieces.length > 1) {
    const found = piece === undefined ? "nobody looked" : `${pieces.length} answers`;
    return { code: "evidence-missing", subject: "noticed lines", found };
  }
  const share = shareOf(piece.lines);
  if (share === undefined || share >= wanted) return undefined;
  const { changed, byTests, byCompiler, untried } = piece.lines;
  const isUnknown = (byTests + byCompiler + untried) / changed >= wanted;
  return {
    code: isUnknown ? "lines-untried" : "lines-unnoticed",
    subject: counted(changed, "changed source line"),
    found: sayNoticed([piece]).join("").slice(0, 2_000),
    accepted: `a share of ${wanted} or more`,
  };
}

function unnoticedIn(gate: Gate): readonly NoticedHunk[] {
  return piecesOf(gate, "noticed").flatMap(({ hunks }) =>
    hunks.filter(({ noticed }) => noticed === "unnoticed"),
  );
}

/** Source lines that no test notices need a person. Untried lines do not, because they are unknown. */
export function raisedByUnnoticed(gate: Gate, risk: RiskAssessment): RiskAssessment {
  const parts = unnoticedIn(gate);
  const [first] = parts;
  if (first === undefined) return risk;
  const more = parts.length === 1 ? "" : ` and ${parts.length - 1} more`;
  const reason = `no test notices ${rangeOf(first)}${more}`;
  return { risk: risk.risk === "low" ? "medium" : risk.risk, reasons: [...risk.reasons, reason] };
}
