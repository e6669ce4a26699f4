import { STAGES, type Stage } from "./stage.ts";

/** The closed set of labels the factory writes; the prefix is configurable (`factory:` by default). */
export const ANDON = "andon";
export const RISKS = ["low", "medium", "high"] as const;

export function stageLabel(prefix: string, stage: Stage): string {
  return `${prefix}${stage}`;
}

export function andonLabel(prefix: string): string {
  return `${prefix}${ANDON}`;
}

/** On an issue that alerts opened. */
export function incidentLabel(prefix: string): string {
  return `${prefix}incident`;
}

export function riskLabel(prefix: string, risk: (typeof RISKS)[number]): string {
  return `${prefix}risk-${risk}`;
}

/** On an issue that waits for its turn: for a place, or for the money of the day. */
export function waitingLabel(prefix: string): string {
  return `${prefix}waiting`;
}

/** How urgent an issue can be, the most urgent first. */
export const PRIORITIES = [1, 2, 3] as const;

export function priorityLabel(prefix: string, priority: (typeof PRIORITIES)[number]): string {
  return `${prefix}priority-${priority}`;
}

/** The stages that an issue's labels claim. GitHub compares label names without case. */
export function stagesOf(prefix: string, labels: readonly string[]): readonly Stage[] {
  const present = new Set(labels.map((label) => label.toLowerCase()));
  return STAGES.filter((stage) => present.has(stageLabel(prefix, stage).toLowerCase()));
}
