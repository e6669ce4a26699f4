import { join } from "node:path";
import { z } from "zod";
import { ObjectId } from "../../domain/digest.ts";
import { PullRequestProof } from "../../domain/evidence/change-proof.ts";
import { RepositoryName } from "../../domain/order.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import type { Runner } from "../../ports/runner.ts";
import { temporaryFolder } from "./order-file.ts";

const Event = z.object({
  pull_request: z.object({
    number: z.int().positive(),
    head: z.object({ sha: ObjectId }),
    base: z.object({ sha: ObjectId }),
  }),
  repository: z.object({ full_name: RepositoryName }),
});

/** The pull request of GitHub's event. */
interface Offered {
  readonly repository: string;
  readonly pullRequest: number;
  readonly base: string;
  readonly head: string;
}

/**
 * Runs a job that proves a pull request: reads the event, proves, writes the proof, reports the result. The job ends red
 * only if there is no proof at all; its content is for the job that shows it.
 */
export async function fulfilProof(
  runner: Runner,
  describe: (proof: PullRequestProof) => string,
  prove: (offered: Offered) => Promise<PullRequestProof>,
): Promise<void> {
  try {
    const proven = PullRequestProof.parse(await prove(await readOffered(runner)));
    const path = join(temporaryFolder(), "proof.json");
    await runner.writeFile(path, JSON.stringify(proven));
    runner.output("proof", path);
    runner.output("outcome", proven.proof.outcome);
    await runner.summary(describe(proven));
  } catch (error) {
    runner.fail(messageOf(error));
  }
}

async function readOffered(runner: Runner): Promise<Offered> {
  const { name, payload } = await runner.event();
  const parsed = Event.safeParse(payload);
  if (name !== "pull_request" || !parsed.success) {
    throw new Error(
      `The event ${name} names no pull request: start this action on: pull_request, and on nothing else.`,
    );
  }
  const { pull_request: pull, repository } = parsed.data;
  return {
    repository: repository.full_name,
    pullRequest: pull.number,
    base: pull.base.sha,
    head: pull.head.sha,
  };
}
