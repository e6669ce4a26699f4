import type { ControlInput } from "./situation.ts";

/**
 * What a round of a run is told. What started the run was answered in its first round: a word that approved then would be
 * obeyed a second time. From the second round on it is as if the factory itself had rung for the issue: a number, nothing else.
 */
export function asRung(input: ControlInput): ControlInput {
  const { round = 1, issue, identity } = input;
  if (round === 1) return input;
  const inputs = issue === undefined ? {} : { issue: `${issue}` };
  return {
    ...input,
    event: {
      name: "workflow_dispatch",
      payload: { inputs, sender: { ...identity, type: "Bot" } },
    },
  };
}
