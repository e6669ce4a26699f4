import { wasDone } from "../../../domain/github/receipt.ts";
import type { OpenIssue, Scope } from "../../../domain/github/snapshot.ts";
import { stagesOf } from "../../../domain/label.ts";
import { type SealedEntry, stageOfLedger } from "../../../domain/ledger.ts";
import { AT_PEOPLE, type Stage } from "../../../domain/stage.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import { DEAD_MARKER } from "../../../wording/issue/automations.ts";
import { BOARD_MARKER, beatOfBoard } from "../../../wording/issue/board.ts";
import type { View } from "../issue-view.ts";

/** Where the factory has work in hand. */
export const IN_WORK: readonly Stage[] = ["building", "smoking"];

/** A scheduled hour sometimes comes early, so ten minutes less count as one, in milliseconds. */
const FRESH_FOR_MS = 50 * 60_000;
/** The most issues that are read closely: more than people take in at a glance. */
const MOST_LOOKED_AT = 30;

type Looking = Pick<View, "snapshot" | "input">;

/** The open issue that is the board. */
export function boardIssue(view: Looking): OpenIssue | undefined {
  return ownIssue(view, BOARD_MARKER);
}

/** Its number, even if this run has just opened it. */
export function boardNumber(view: Looking & Pick<View, "receipts">): number | undefined {
  const opened = view.receipts.find(({ key }) => key === boardKey(view));
  const made = opened?.kind === "open-issue" && wasDone(opened) ? opened.number : undefined;
  return boardIssue(view)?.number ?? made;
}

/** Key of the write that opens or rewrites the board. */
export function boardKey({ input }: Pick<View, "input">): string {
  return `board/${input.run.id}`;
}

/** The open issue about workflows that fail whenever their schedule starts them. */
export function deadIssue(view: Looking): OpenIssue | undefined {
  return ownIssue(view, DEAD_MARKER);
}

/** The factory's own text with this last line. Of several, the first opened. */
export function ownIssue({ snapshot, input }: Looking, marker: string): OpenIssue | undefined {
  if ("unknown" in snapshot.openIssues) return undefined;
  const own = snapshot.openIssues.known.filter(
    ({ author, body }) =>
      author.id === input.identity.id && body.trimEnd().split(/\r?\n/).at(-1) === marker,
  );
  return own.toSorted((left, right) => left.number - right.number)[0];
}

/** Whether the config asks for a board, and there is none, or only one from an hour ago. A beat in the future does not count. */
export function isBoardDue(view: View): boolean {
  const { config, configRefusal, snapshot, now } = view;
  if (configRefusal !== undefined || !config.board || "unknown" in snapshot.openIssues)
    return false;
  const written = beatOfBoard(boardIssue(view)?.body ?? "");
  const age = written === undefined ? -1 : millisecondsBetween(written, now);
  return age < 0 || age >= FRESH_FOR_MS;
}

/** The stage in the day's ledger, if it was read, or else the one stage in the labels; undefined if they name none or two. */
export function stageOnBoard(
  { prefix }: Pick<View, "prefix">,
  { labels }: Pick<OpenIssue, "labels">,
  entries: readonly SealedEntry[] | undefined,
): Stage | undefined {
  const told = entries === undefined ? undefined : stageOfLedger(entries);
  if (told !== undefined) return told;
  const [stage, another] = stagesOf(prefix, labels);
  return another === undefined ? stage : undefined;
}

/** Issues to read closely, because only they tell since when somebody waits and who was asked: those that have rested longest. */
export function issuesOfBoard(view: View): Scope["issues"] | undefined {
  const { input, snapshot, prefix } = view;
  if (input.task !== "board" || "unknown" in snapshot.openIssues || !isBoardDue(view)) {
    return undefined;
  }
  const wanted = [...AT_PEOPLE, ...IN_WORK];
  const found = snapshot.openIssues.known
    .filter(({ labels }) => stagesOf(prefix, labels).some((stage) => wanted.includes(stage)))
    .toSorted((left, right) => millisecondsBetween(right.updatedAt, left.updatedAt))
    .slice(0, MOST_LOOKED_AT)
    .map(({ number }) => number);
  return found.length === 0 ? undefined : found;
}
