import type { EffectOf } from "../../domain/github/effect.ts";
import { DEAD_MARKER } from "../../wording/issue/automations.ts";
import { BOARD_MARKER } from "../../wording/issue/board.ts";
import { boardIssue, deadIssue } from "../observed/board.ts";
import type { View } from "../observed/issue-view.ts";
import { BODY } from "./texts.ts";

/** The board, and the issue about what fails, each with its own last line. */
export function factsOfEdit({ issue, marker, body }: EffectOf<"edit-issue">, view: View) {
  const isBoard = issue === boardIssue(view)?.number;
  const own = isBoard ? BOARD_MARKER : DEAD_MARKER;
  return [
    ["issue", isBoard || isAboutDead(issue, view)],
    ["marker", marker === own],
    ["body", body.endsWith(`\n${marker}`) && body.length <= BODY],
  ] as const;
}

export function isAboutDead(issue: number, view: View): boolean {
  return view.input.task === "board" && issue === deadIssue(view)?.number;
}
