import { z } from "zod";
import { ChangeProof } from "../../domain/evidence/change-proof.ts";

/** What `--json` prints: the proof, and whose config ran; null where none could be chosen. */
export const ProofResult = ChangeProof.extend({
  config: z.enum(["given", "found", "proposed"]).nullable(),
});
export type ProofResult = z.infer<typeof ProofResult>;
