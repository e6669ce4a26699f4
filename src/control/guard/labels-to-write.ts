import { ownLabels, PRIORITIES, priorityLabel, unblockLabel } from "../../domain/label.ts";
import { readCommand } from "../observed/command.ts";
import type { View } from "../observed/issue-view.ts";
import { unblockedPull } from "./unblock-bounds.ts";

/** Labels that control may add and remove. Priority labels only if a person just asked for it. */
export function labelsToWrite(view: View): readonly string[] {
  const { prefix, trigger } = view;
  const asked = trigger?.kind === "commented" ? readCommand(trigger.body)?.name : undefined;
  return [
    ...ownLabels(prefix),
    ...(asked === "priority" ? PRIORITIES.map((one) => priorityLabel(prefix, one)) : []),
    ...(unblockedPull(view) === undefined ? [] : [unblockLabel(prefix)]),
  ];
}
