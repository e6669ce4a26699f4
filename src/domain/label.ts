import { STAGES, type Stage } from "./stage.ts";

/** The closed set of labels that the factory writes; the prefix is configurable (`factory:` by default). */
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

/** On an issue that waits for its turn: for a place, or for the day's budget. */
export function waitingLabel(prefix: string): string {
  return `${prefix}waiting`;
}

/** On a pull request that a person with write access wants mended. */
export function unblockLabel(prefix: string): string {
  return `${prefix}unblock`;
}

/** On issues that a loop files, and on its rolling issue. */
export function loopLabel(prefix: string): string {
  return `${prefix}loop`;
}

/** Priorities of an issue, the most urgent first. */
export const PRIORITIES = [1, 2, 3] as const;
export type Priority = (typeof PRIORITIES)[number];

export function priorityLabel(prefix: string, priority: Priority): string {
  return `${prefix}priority-${priority}`;
}

/** Every label that the factory itself adds to issues and removes. */
export function ownLabels(prefix: string): readonly string[] {
  return [
    ...STAGES.map((stage) => stageLabel(prefix, stage)),
    ...RISKS.map((risk) => riskLabel(prefix, risk)),
    andonLabel(prefix),
    waitingLabel(prefix),
  ];
}

/** Stages in an issue's labels, in order. GitHub compares label names without case. */
export function stagesOf(prefix: string, labels: readonly string[]): readonly Stage[] {
  const known = stagesByLabel(prefix);
  const shown = labels.map((label) => known.get(label.toLowerCase()));
  const stages = shown.filter((stage) => stage !== undefined);
  return stages.length < 2 ? stages : STAGES.filter((stage) => stages.includes(stage));
}

/** A heartbeat asks this for thousands of issues, several times each, with one prefix. */
let last: { readonly prefix: string; readonly stages: ReadonlyMap<string, Stage> } | undefined;

function stagesByLabel(prefix: string): ReadonlyMap<string, Stage> {
  if (last?.prefix === prefix) return last.stages;
  const stages = new Map(STAGES.map((stage) => [stageLabel(prefix, stage).toLowerCase(), stage]));
  last = { prefix, stages };
  return stages;
}
