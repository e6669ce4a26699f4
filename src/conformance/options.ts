import { PACE_MS } from "./probe.ts";

export const CONFORMANCE_TASKS = ["measure", "tidy", "cache", "fill", "report"] as const;

/** Options of the conformance action. Throws for an unreadable one, with what was expected. */
export function readConformanceOptions(input: (name: string) => string) {
  const asked = input("task");
  const task = CONFORMANCE_TASKS.find((known) => known === asked);
  if (task === undefined) {
    const known = CONFORMANCE_TASKS.join(", ");
    throw new Error(`Input task: expected one of ${known}, found "${asked}".`);
  }
  const pace = input("pace");
  if (!/^\d{1,2}(\.\d{1,3})?$/.test(pace)) {
    throw new Error(`Input pace: expected seconds such as 1 or 0.5, found "${pace}".`);
  }
  const gate = input("gate");
  if (gate !== "true" && gate !== "false") {
    throw new Error(`Input gate: expected true or false, found "${gate}".`);
  }
  return {
    task,
    token: input("token"),
    workflow: input("workflow"),
    paceMs: Math.round(Number(pace) * PACE_MS),
    found: input("found"),
    isGate: gate === "true",
  };
}
