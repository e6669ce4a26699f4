import type { EffectOf } from "../../domain/github/effect.ts";
import type { View } from "../observed/issue-view.ts";

/** By GitHub's word alone: the observed pull request, whose head is the commit of the run that rang. */
export function provenHead({ trigger, snapshot }: View) {
  if (trigger?.kind !== "ran") return undefined;
  return snapshot.pullRequests.find(({ head }) => head.sha === trigger.head);
}

/** Allowed check runs for a proof: each property, and whether it is within bounds. */
export function factsOfProof(
  { name, sha }: EffectOf<"write-check-run">,
  view: View,
): readonly (readonly [string, boolean])[] {
  return [
    ["name", name === "factory/prove"],
    ["sha", sha === provenHead(view)?.head.sha],
  ];
}
