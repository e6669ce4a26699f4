import type { EffectOf } from "../../domain/github/effect.ts";
import { findingsIn } from "../observed/checks/causes.ts";
import type { View } from "../observed/issue-view.ts";

/** A run that was red on the head of its issue's pull request, at the attempt at which this run read it. */
export function factsOfAgain(
  { run, attempt }: EffectOf<"run-jobs-again">,
  { checks }: View,
): readonly (readonly [property: string, holds: boolean])[] {
  const seen = checks !== undefined && "known" in checks ? findingsIn(checks.known) : [];
  const red = seen.filter(({ check, finding }) => finding === "run-again" && check.run?.id === run);
  return [
    ["run", red.length > 0],
    ["attempt", red.some(({ check }) => check.run?.attempt === attempt)],
  ];
}
