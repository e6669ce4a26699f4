import type { EffectOf } from "../../domain/github/effect.ts";
import type { View } from "../observed/issue-view.ts";

/** Rings the calling workflow for an issue. It carries a number and nothing else, because the run observes everything again. */
export function doorbell({ input, snapshot }: View, issue: number): EffectOf<"dispatch-workflow"> {
  const { run } = input;
  return {
    kind: "dispatch-workflow",
    key: `doorbell/${issue}/${run.id}/${run.attempt}`,
    workflow: run.workflowFile,
    ref: snapshot.repository.defaultBranch,
    inputs: { issue: `${issue}` },
  };
}
