import { REFUSAL_CODES } from "../../domain/refusal.ts";
import type { ReadEntry } from "./read-ledger.ts";

const CODES: ReadonlySet<string> = new Set(REFUSAL_CODES);

/**
 * Why an attempt was sent back, by its ledger: by the preceding entry of the same run, or of the revert; or else by the
 * refusal codes with which control begins a finding. Anything else is a reviewer's finding.
 */
export function reasonsOf(entries: readonly ReadEntry[], index: number): readonly string[] {
  const own = entries[index];
  if (own?.event.kind !== "sent-back") return [];
  const before = entries[index - 1];
  if (before?.event.kind === "smoked") return ["taken-back"];
  if (before?.run === own.run && before.event.kind === "checked") return ["own-checks"];
  if (before?.run === own.run && before.event.kind === "commanded") return ["person"];
  const { findings } = own.event;
  const codes = findings.map((finding) => finding.split(": ", 1).join()).filter(isCode);
  if (codes.length > 0) return [...new Set(codes)];
  return [findings.length === 0 ? "unsaid" : "finding"];
}

function isCode(word: string): boolean {
  return CODES.has(word);
}
