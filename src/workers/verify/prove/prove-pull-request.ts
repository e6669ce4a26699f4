import type { Config } from "../../../domain/config/schema.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import { notMeasured, type PullRequestProof } from "../../../domain/evidence/change-proof.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Sandbox } from "../../../ports/sandbox.ts";
import type { VerifyPorts } from "../../checks/workbench.ts";
import { proveChange } from "./prove-change.ts";

const CONFIG_FILE = ".github/factory.yml";

/** A pull request as GitHub's event of it says. */
export interface OfferedChange {
  readonly repository: string;
  readonly pullRequest: number;
  /** The branch that it goes into. */
  readonly base: ObjectId;
  readonly head: ObjectId;
}

/** What has to be made once the config is known. */
export interface ProofParts extends Omit<VerifyPorts, "sandbox"> {
  readonly readConfig: (
    text: string | null,
  ) => { readonly config: Config } | { readonly refusal: Refusal };
  readonly openSandbox: (config: Config) => Promise<Sandbox | { readonly refusal: Refusal }>;
}

/**
 * Proves what a pull request adds to the branch that it goes into. The config is the one where it left that branch: a commit
 * of the branch, and nothing that the pull request could write.
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
  // A job that runs the change reads no other repository: what the organisation's file states is said not to count.
  const unread = config.extends === undefined ? {} : { unread: config.extends };
  return { ...of, proof: { ...proof, ...unread } };
}
