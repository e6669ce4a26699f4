import {
  andonLabel,
  PRIORITIES,
  priorityLabel,
  RISKS,
  riskLabel,
  stageLabel,
  waitingLabel,
} from "../../domain/label.ts";
import { STAGES } from "../../domain/stage.ts";
import { readCommand } from "../observed/command.ts";
import type { View } from "../observed/issue-view.ts";

/** The labels that control may put on and take off; those of people's priorities only where a person just asked for it. */
export function ownLabels({ prefix, trigger }: View): readonly string[] {
  const asked = trigger?.kind === "commented" ? readCommand(trigger.body)?.name : undefined;
  return [
    ...STAGES.map((stage) => stageLabel(prefix, stage)),
    ...RISKS.map((risk) => riskLabel(prefix, risk)),
    ...(asked === "priority" ? PRIORITIES.map((one) => priorityLabel(prefix, one)) : []),
    andonLabel(prefix),
    waitingLabel(prefix),
  ];
}
