import type { EffectOf } from "../../../domain/github/effect.ts";
import type { ResultOf } from "../../../domain/github/receipt.ts";
import type { Execution } from "../execution.ts";

const PIN = `mutation Pin($input: PinIssueInput!) {
  pinIssue(input: $input) { issue { isPinned } }
}`;

/** Sent once: whether GitHub takes it twice stands nowhere, and the timeline tells the next look what became of it. */
export async function pinIssue(
  { client }: Execution,
  { node }: EffectOf<"pin-issue">,
): Promise<ResultOf<"pin-issue">> {
  await client.change(PIN, { input: { issueId: node } });
  return { outcome: "done" };
}
