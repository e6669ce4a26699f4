import type { EffectOf } from "../../domain/github/effect.ts";
import type { View } from "../observed/issue-view.ts";

export function reviewed({ order }: View["input"]) {
  return order?.kind === "review" ? order.pullRequest : undefined;
}

/** A review of a person's commit neither passes nor blocks it. */
export function factsOfReview(
  effect: EffectOf<"write-check-run">,
  view: View,
): readonly (readonly [property: string, holds: boolean])[] {
  return [
    ["name", effect.name === "factory/review"],
    ["sha", effect.sha === reviewed(view.input)?.head],
    ["conclusion", effect.conclusion === "neutral"],
  ];
}
