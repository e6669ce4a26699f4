import type { Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { ScheduledRunsAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";

/** The last scheduled runs of all workflows: one page, in one request. */
export async function readScheduled(
  client: Client,
  { scheduled }: Pick<Scope, "scheduled">,
): Promise<Pick<Snapshot, "scheduled">> {
  if (scheduled !== true) return {};
  try {
    const { workflow_runs: runs } = await client.ask(ScheduledRunsAnswer, "GET /actions/runs", {
      event: "schedule",
      per_page: 100,
    });
    const known = runs.map(({ path, created_at: at, conclusion }) => ({ path, at, conclusion }));
    return { scheduled: { known } };
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure?.status !== 403 && failure?.status !== 404) throw error;
    return { scheduled: { unknown: failure.message } };
  }
}
