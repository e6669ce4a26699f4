import type { EffectOf } from "../../../domain/github/effect.ts";
import type { ResultOf } from "../../../domain/github/receipt.ts";
import type { Execution } from "../execution.ts";

const PIN = `mutation Pin($input: PinIssueInput!) {
  pinIssue(input: $input) { issue { isPinned } }
}`;

/** Sent once: it is undocumented whether GitHub accepts it twice, and the timeline shows the result at the next look. */
export async function pinIssue(
  { client }: Execution,
  { node }: EffectOf<"pin-issue">,
): Promise<ResultOf<"pin-issue">> {
  await client.change(PIN, { input: { issueId: node } });
  return { outcome: "done" };
}
