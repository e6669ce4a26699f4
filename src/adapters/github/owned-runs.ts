import { z } from "zod";
import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { Anything } from "./answers.ts";
import { createOnce, type Execution } from "./execution.ts";

const Attempted = z.object({ run_attempt: z.int().positive() });

/** A run at a later attempt was restarted: by a request whose answer was lost, or by a person. */
export async function runJobsAgain(
  { client }: Execution,
  { run, attempt }: EffectOf<"run-jobs-again">,
): Promise<ResultOf<"run-jobs-again">> {
  const of = { run_id: run };
  const { outcome } = await createOnce<unknown>(client, {
    find: async () => {
      const found = await client.ask(Attempted, "GET /actions/runs/{run_id}", of);
      return found.run_attempt > attempt ? found : undefined;
    },
    create: async () =>
      await client.askOnce(Anything, "POST /actions/runs/{run_id}/rerun-failed-jobs", of),
  });
  return { outcome };
}
