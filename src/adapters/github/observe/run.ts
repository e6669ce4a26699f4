import type { Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { RunAnswer } from "../answers.ts";
import type { Client } from "../client/client.ts";
import { requestErrorOf } from "../client/request-error.ts";

/** Whether the run that holds an attempt still works. A missing run is no proof that it ended. */
export async function readHolder(
  client: Client,
  { holder }: Pick<Scope, "holder">,
): Promise<Pick<Snapshot, "holder">> {
  if (holder === undefined) return {};
  try {
    const run = await client.ask(RunAnswer, "GET /actions/runs/{run_id}", { run_id: holder });
    return { holder: { known: run.status === "completed" ? "ended" : "active" } };
  } catch (error: unknown) {
    const failure = requestErrorOf(error);
    if (failure?.status !== 403 && failure?.status !== 404) throw error;
    return { holder: { unknown: `run ${holder}: ${failure.message}` } };
  }
}
