import { z } from "zod";
import { ObjectId } from "../../../domain/digest.ts";
import type { Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { RunsAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";

const DeploymentAnswer = z.object({
  id: z.int().positive(),
  sha: ObjectId,
  environment: z.string(),
  created_at: z.string(),
});
const StatusAnswer = z.object({
  id: z.int().positive(),
  state: z.string(),
  created_at: z.string(),
});

/** States after which only a newer deployment changes anything. */
const ENDED: readonly string[] = ["success", "failure", "error", "inactive"];

/**
 * The newest deployment of a commit to an environment, and its newest status. One without a status has not begun: it is
 * `pending`, as GitHub shows it. Costs one to three requests.
 */
export async function readDeployment(
  client: Client,
  { deployment: wanted }: Pick<Scope, "deployment">,
): Promise<Pick<Snapshot, "deployment">> {
  if (wanted === undefined) return {};
  try {
    const found = await client.ask(z.array(DeploymentAnswer), "GET /deployments", { ...wanted });
    const ours = found.filter(
      ({ sha, environment }) => sha === wanted.sha && environment === wanted.environment,
    );
    const newest = ours.toSorted((one, two) => two.id - one.id)[0];
    if (newest === undefined) return { deployment: { known: null } };
    const statuses = await client.ask(
      z.array(StatusAnswer),
      "GET /deployments/{deployment_id}/statuses",
      { deployment_id: newest.id },
    );
    const status = statuses.toSorted((one, two) => two.id - one.id)[0];
    const { state, created_at: at } = status ?? { state: "pending", created_at: newest.created_at };
    const isOver = ENDED.includes(state);
    const waits = !isOver && (await waitsForReview(client, wanted.sha));
    const { environment } = newest;
    return { deployment: { known: { environment, state: waits ? "waiting" : state, at } } };
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure?.status !== 403 && failure?.status !== 404) throw error;
    return { deployment: { unknown: `the deployments: ${failure.message}` } };
  }
}

/**
 * A run that waits for a reviewer says so itself; whether its deployment's status does is undocumented. For a token that
 * may not see runs, the deployment only counts as not there yet.
 */
async function waitsForReview(client: Client, sha: ObjectId): Promise<boolean> {
  try {
    const { workflow_runs: runs } = await client.ask(RunsAnswer, "GET /actions/runs", {
      head_sha: sha,
      status: "waiting",
    });
    return runs.length > 0;
  } catch (error: unknown) {
    if (requestErrorOf(error)?.status === 403) return false;
    throw error;
  }
}
