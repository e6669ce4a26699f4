import type { Effect, EffectOf } from "../../../domain/github/effect.ts";
import {
  deadOnBoard,
  namedAsDead,
  renderDeadAutomations,
} from "../../../wording/issue/automations.ts";
import { renderBoard } from "../../../wording/issue/board.ts";
import type { View } from "../../observed/issue-view.ts";
import {
  boardIssue,
  boardKey,
  boardNumber,
  deadIssue,
  isBoardDue,
} from "../../observed/overview/board.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { refuseCaller } from "../../vetoes/preconditions.ts";
import { pinOf } from "./pin.ts";
import { automationsOf, readBoard } from "./read-board.ts";

/**
 * Writes the one issue that shows the state of the line. It is opened once and then edited in place, which notifies
 * nobody. The board moves no work, so it ignores the andon: a stop is the first thing that it has to show.
 */
export function decideBoard(view: View): Decision | Wants {
  // A run with an unreadable config ends red at night. Ending red every hour would only be noise.
  if (view.configRefusal !== undefined) {
    return { ...stayQuiet(view, [view.configRefusal]), ok: true };
  }
  const stranger = refuseCaller(view);
  if (stranger !== undefined) return stayQuiet(view, [stranger]);
  if (!view.config.board) return conclude(view, { headline: "board-off", effects: [] });
  const { openIssues } = view.snapshot;
  if ("unknown" in openIssues) {
    const { unknown: found } = openIssues;
    return stayQuiet(view, [{ code: "state-unknown", subject: "the open issues", found }]);
  }
  if (!isBoardDue(view)) return conclude(view, { headline: "board-fresh", effects: [] });
  const pin = pinOf(view);
  if ("wants" in pin) return pin;
  const { unpinned, effects, late } = pin;
  const told = unpinned === undefined ? {} : { unpinned };
  const text = renderBoard({ ...readBoard(view, openIssues.known), ...told });
  const written = [boardEffect(view, text), ...effects, ...(late ? [again(view, text)] : [])];
  return conclude(view, {
    headline: "board-written",
    effects: [...deadEffects(view), ...written.flatMap((effect) => effect ?? [])],
  });
}

/**
 * Reports dead workflows before the board does, because the board marks them as known. A workflow that was reported, and
 * whose issue a person closed, is not reported again.
 */
function deadEffects(view: View): readonly Effect[] {
  const automations = automationsOf(view);
  if ("unknown" in automations) return [];
  const dead = automations.known.filter(({ isDead }) => isDead);
  const standing = deadIssue(view);
  const key = `automations/${view.input.run.id}`;
  if (dead.length === 0) {
    // A workflow that is no longer among the last runs has not succeeded. Its issue is a person's to close.
    const seen = new Set(automations.known.map(({ name }) => name));
    return standing !== undefined && namedAsDead(standing.body).every((name) => seen.has(name))
      ? [{ kind: "close-issue", key, issue: standing.number }]
      : [];
  }
  const { marker, title, body } = renderDeadAutomations(dead);
  if (standing !== undefined) {
    return standing.body === body
      ? []
      : [{ kind: "edit-issue", key, issue: standing.number, marker, body }];
  }
  const told = new Set(deadOnBoard(boardIssue(view)?.body ?? ""));
  if (dead.every(({ name }) => told.has(name))) return [];
  return [{ kind: "open-issue", key, marker, title, body, labels: [] }];
}

function boardEffect(view: View, { marker, title, body }: ReturnType<typeof renderBoard>): Effect {
  const standing = boardIssue(view);
  const key = boardKey(view);
  return standing === undefined
    ? { kind: "open-issue", key, marker, title, body, labels: [] }
    : { kind: "edit-issue", key, issue: standing.number, marker, body };
}

/** Writes the board once more if only this run has learned about its pin. */
function again(
  view: View,
  { marker, body }: ReturnType<typeof renderBoard>,
): EffectOf<"edit-issue"> | undefined {
  const issue = boardNumber(view);
  return issue === undefined
    ? undefined
    : { kind: "edit-issue", key: `${boardKey(view)}/again`, issue, marker, body };
}
