import type { EffectOf } from "../../../domain/github/effect.ts";
import type { LineOrder } from "../../../domain/order.ts";
import type { View } from "../../observed/issue-view.ts";

/**
 * A merge by the job's own token starts no workflow, so the configured deploy workflow is started. A run that finds a
 * merge of the factory whose own run died does not know whether it was started; GitHub says whether anything runs at
 * this commit.
 */
export function deployEffects(
  view: View,
  { attempt }: { readonly attempt: { readonly order: Pick<LineOrder, "config"> } },
  mergeSha: string,
): readonly EffectOf<"dispatch-workflow">[] {
  const { deploy } = attempt.order.config.smoke;
  if (deploy?.workflow === undefined) return [];
  return [
    {
      kind: "dispatch-workflow",
      key: `deploy/${mergeSha}`,
      workflow: deploy.workflow,
      ref: view.snapshot.repository.defaultBranch,
      inputs: {},
      once: mergeSha,
    },
  ];
}
