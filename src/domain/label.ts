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

export function riskLabel(prefix: string, risk: (typeof RISKS)[number]): string {
  return `${prefix}risk-${risk}`;
}

/** The stages that an issue's labels claim. GitHub compares label names without case. */
export function stagesOf(prefix: string, labels: readonly string[]): readonly Stage[] {
  const present = new Set(labels.map((label) => label.toLowerCase()));
  return STAGES.filter((stage) => present.has(stageLabel(prefix, stage).toLowerCase()));
}

/** Every label of the factory with colour and description, for set-up. */
export function allLabels(
  prefix: string,
): readonly { name: string; color: string; description: string }[] {
  const stages = STAGES.map((stage) => ({
    name: stageLabel(prefix, stage),
    color: stage === "done" ? "1a7f37" : stage === "needs-human" ? "bf3989" : "0969da",
    description: `Millwright: the issue is ${stage}`,
  }));
  const risks = RISKS.map((risk) => ({
    name: riskLabel(prefix, risk),
    color: risk === "high" ? "cf222e" : risk === "medium" ? "bc4c00" : "57606a",
    description: `Millwright: computed risk is ${risk}`,
  }));
  return [
    ...stages,
    ...risks,
    { name: andonLabel(prefix), color: "cf222e", description: "Millwright: the line is stopped" },
    ...[1, 2, 3].map((priority) => ({
      name: `${prefix}priority-${priority}`,
      color: "8250df",
      description: `Millwright: priority ${priority}`,
    })),
  ];
}
