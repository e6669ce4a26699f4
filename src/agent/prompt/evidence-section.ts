import type { Evidence } from "../../domain/evidence.ts";
import type { Fence } from "./envelope.ts";
import { lineOf } from "./evidence-lines.ts";
import { dataSection } from "./section.ts";

/** Verify's findings as data: their names and output come from the change. */
export function evidenceSection(evidence: readonly Evidence[], fence: Fence): string {
  const text = evidence.map(lineOf).join("\n") || "none";
  const data = {
    kind: "evidence",
    provenance: "the verify station; names and output are the change's",
    text,
  };
  return dataSection("Evidence for these very bytes", data, fence);
}
