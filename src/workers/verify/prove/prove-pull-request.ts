import type { Config } from "../../../domain/config/schema.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import { notMeasured, type PullRequestProof } from "../../../domain/evidence/change-proof.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Sandbox } from "../../../ports/sandbox.ts";
import type { VerifyPorts } from "../../checks/workbench.ts";
import { proveChange } from "./prove-change.ts";

const CONFIG_FILE = ".github/factory.yml";

/** A pull request by GitHub's event. */
export interface OfferedChange {
  readonly repository: string;
  readonly pullRequest: number;
  /** Its target branch. */
  readonly base: ObjectId;
  readonly head: ObjectId;
}

/** Parts to create once the config is known. */
export interface ProofParts extends Omit<VerifyPorts, "sandbox"> {
  readonly readConfig: (
    text: string | null,
  ) => { readonly config: Config } | { readonly refusal: Refusal };
  readonly openSandbox: (config: Config) => Promise<Sandbox | { readonly refusal: Refusal }>;
}

/**
 * Proves the change of a pull request to its target branch. The config is that of the merge base: a commit of the target
 * branch, and nothing that the pull request could write.
 */
export async function provePullRequest(
  offered: OfferedChange,
  { readConfig, openSandbox, ...ports }: ProofParts,
): Promise<PullRequestProof> {
  const { repository, pullRequest, head } = offered;
  const of = { version: 1, repository, pullRequest } as const;
  const base = await ports.repository.mergeBase(offered.base, head);
  const text = await ports.repository.read(base, CONFIG_FILE);
  const reading = readConfig(text === undefined ? null : new TextDecoder().decode(text));
  if ("refusal" in reading) return { ...of, proof: notMeasured({ base, head }, reading.refusal) };
  const { config } = reading;
  const sandbox = await openSandbox(config);
  if ("refusal" in sandbox) return { ...of, proof: notMeasured({ base, head }, sandbox.refusal) };
  const proof = await proveChange({ base, head, config }, { ...ports, sandbox });
  // A job that runs the change reads no other repository, so keys of the organization's file are reported as not counted.
  const unread = config.extends === undefined ? {} : { unread: config.extends };
  return { ...of, proof: { ...proof, ...unread } };
}
