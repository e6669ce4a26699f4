import { PROOF_BYTES, PullRequestProof } from "../../domain/evidence/change-proof.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { IN_WORDS } from "../../domain/text/say-fault.ts";
import type { ControlInput } from "./situation.ts";
import { parseStrictJson } from "./strict-json.ts";

export type ProofReading = { readonly proven: PullRequestProof } | { readonly refusal: Refusal };

/** The last bytes read, because one control run reads the same ones for every decision. */
let last: { readonly bytes: Uint8Array; readonly reading: ProofReading } | undefined;

/**
 * Reads the proof that another run left. That run may be entirely a stranger's, so its content is only text: bounded
 * before parsing, and one JSON value of the schema. GitHub says which pull request it is about.
 */
export function readProof({ proof }: Pick<ControlInput, "proof">): ProofReading {
  if (proof === undefined) return refused("the artifact holds no proof.json");
  if (last?.bytes !== proof) last = { bytes: proof, reading: parse(proof) };
  return last.reading;
}

function parse(bytes: Uint8Array): ProofReading {
  if (bytes.length > PROOF_BYTES) return refused(`${bytes.length} bytes, at most ${PROOF_BYTES}`);
  const json = parseStrictJson(bytes);
  if ("fault" in json) return refused(json.fault);
  const parsed = PullRequestProof.safeParse(json.value, IN_WORDS);
  if (parsed.success) return { proven: parsed.data };
  const [issue] = parsed.error.issues;
  return refused(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not readable"}`);
}

function refused(found: string): { readonly refusal: Refusal } {
  return {
    refusal: { code: "artifact-invalid", subject: "the proof", found: found.slice(0, 2_000) },
  };
}
