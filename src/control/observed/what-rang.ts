import { readTrigger, type TriggerReading } from "./event.ts";
import type { ControlInput } from "./situation.ts";

/**
 * What a job of control has to answer. What started the run was answered in its first round: a word that approved then would
 * be obeyed a second time. From the second round on it is as if the factory itself had rung for the issue: a number, nothing
 * else.
 */
export function whatRang({ round = 1, issue, identity, event }: ControlInput): TriggerReading {
  if (round === 1) return readTrigger(event);
  return { trigger: { kind: "doorbell", issue, by: { ...identity, type: "Bot" } } };
}
