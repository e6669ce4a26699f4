import { readTrigger, type TriggerReading } from "./event.ts";
import type { ControlInput } from "./situation.ts";

/**
 * What a control job has to answer. The first round already answered the event that started the run, and an approval
 * must not count twice. From the second round on, it is as if the factory itself had rung for the issue: a number,
 * nothing else.
 */
export function whatRang({ round = 1, issue, identity, event }: ControlInput): TriggerReading {
  if (round === 1) return readTrigger(event);
  return { trigger: { kind: "doorbell", issue, by: { ...identity, type: "Bot" } } };
}
