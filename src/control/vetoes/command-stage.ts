import { type CommandName, stagesFor } from "../../domain/command.ts";
import type { HintCode } from "../../domain/hint.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { View } from "../observed/issue-view.ts";

/** An unknown command: its author is told the nearest one, and all of them. */
export function refuseUnknown(line: string): Refusal {
  return { code: "event-not-understood", subject: line, hint: "list-the-commands" };
}

/** A command counts only at the stages of its row in the table of commands. An issue outside the line has none. */
export function refuseAtStage(name: CommandName, stage: View["stage"]): Refusal | undefined {
  const accepted = stagesFor(name);
  if (accepted.some((one) => one === stage)) return undefined;
  return {
    code: "illegal-transition",
    subject: `${name} at ${stage}`,
    accepted: `the stage ${accepted.join(" or ")}`,
    hint: hintAt(stage),
  };
}

function hintAt(stage: View["stage"]): HintCode {
  if (stage === "building") return "wait-or-stop";
  if (stage === "gating") return "merge-or-rework";
  return stage === "done" ? "open-a-new-issue" : "see-the-status";
}
