import {
  andonLabel,
  incidentLabel,
  loopLabel,
  PRIORITIES,
  priorityLabel,
  RISKS,
  riskLabel,
  stageLabel,
  unblockLabel,
  waitingLabel,
} from "../domain/label.ts";
import { STAGES } from "../domain/stage.ts";

/** A label as GitHub shows it; `color` is six hexadecimal digits. */
export interface ShownLabel {
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

/** Every label of the factory with color and description, for set-up. */
export function allLabels(prefix: string): readonly ShownLabel[] {
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
    {
      name: incidentLabel(prefix),
      color: "cf222e",
      description: "Millwright: alerts opened it",
    },
    {
      name: loopLabel(prefix),
      color: "0969da",
      description: "Millwright: a loop filed it",
    },
    {
      name: waitingLabel(prefix),
      color: "57606a",
      description: "Millwright: the issue waits for its turn",
    },
    {
      name: unblockLabel(prefix),
      color: "8250df",
      description: "Millwright: mend this pull request",
    },
    ...PRIORITIES.map((priority) => ({
      name: priorityLabel(prefix, priority),
      color: "8250df",
      description: `Millwright: priority ${priority}`,
    })),
  ];
}
