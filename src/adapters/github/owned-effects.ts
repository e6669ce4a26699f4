import type { EffectOf } from "../../domain/github/effect.ts";
import type { ResultOf } from "../../domain/github/receipt.ts";
import { PullAnswer } from "./answers.ts";
import type { Execution } from "./execution.ts";

/** Title and body stand as they are sent, however often they are. */
export async function updatePullRequest(
  { client }: Execution,
  { pullRequest, title, body }: EffectOf<"update-pull-request">,
): Promise<ResultOf<"update-pull-request">> {
  await client.ask(PullAnswer, "PATCH /pulls/{pull_number}", {
    pull_number: pullRequest,
    title,
    body,
  });
  return { outcome: "done" };
}
