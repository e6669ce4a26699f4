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

/** On anybody's pull request that somebody with write wants mended. */
export function unblockLabel(prefix: string): string {
  return `${prefix}unblock`;
}

/** On what a loop files, and on the issue that says how it fares. */
export function loopLabel(prefix: string): string {
  return `${prefix}loop`;
}

/** How urgent an issue can be, the most urgent first. */
export const PRIORITIES = [1, 2, 3] as const;
export type Priority = (typeof PRIORITIES)[number];

export function priorityLabel(prefix: string, priority: Priority): string {
  return `${prefix}priority-${priority}`;
}

/** Every label that the factory itself puts on issues and takes off them. */
export function ownLabels(prefix: string): readonly string[] {
  return [
    ...STAGES.map((stage) => stageLabel(prefix, stage)),
    ...RISKS.map((risk) => riskLabel(prefix, risk)),
    andonLabel(prefix),
    waitingLabel(prefix),
  ];
}

/** The stages that an issue's labels claim, in their order. GitHub compares label names without case. */
export function stagesOf(prefix: string, labels: readonly string[]): readonly Stage[] {
  const known = stagesByLabel(prefix);
  const shown = labels.map((label) => known.get(label.toLowerCase()));
  const stages = shown.filter((stage) => stage !== undefined);
  return stages.length < 2 ? stages : STAGES.filter((stage) => stages.includes(stage));
}

/** A heartbeat asks it of thousands of issues, several times each, and with one prefix. */
let last: { readonly prefix: string; readonly stages: ReadonlyMap<string, Stage> } | undefined;

function stagesByLabel(prefix: string): ReadonlyMap<string, Stage> {
  if (last?.prefix === prefix) return last.stages;
  const stages = new Map(STAGES.map((stage) => [stageLabel(prefix, stage).toLowerCase(), stage]));
  last = { prefix, stages };
  return stages;
}
