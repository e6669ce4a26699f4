import { readAutomations } from "../../../domain/github/automation.ts";
import type { OpenIssue } from "../../../domain/github/snapshot.ts";
import { stagesOf } from "../../../domain/label.ts";
import type { SealedEntry } from "../../../domain/ledger.ts";
import { AT_PEOPLE, AT_TURN, type Stage } from "../../../domain/stage.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import type { AskedRow, Board, BoardRow } from "../../../wording/issue/board.ts";
import { repositoryUrl, type View } from "../../observed/issue-view.ts";
import { sinceOf } from "../../observed/ledger/ledger.ts";
import { IN_WORK, stageOnBoard } from "../../observed/overview/board.ts";
import { askedPeople } from "../../observed/people/asked.ts";
import { readWorkToday } from "../../observed/turns/work-today.ts";
import { refuseAndon } from "../../vetoes/preconditions.ts";

/** How the line stands, by this look alone: what it does not show is not known. */
export function readBoard(view: View, open: readonly OpenIssue[]): Board {
  const work = readWorkToday(view);
  const ledgers = "known" in work ? work.known.ledgers : undefined;
  const placed = open.map((issue) => {
    const entries = entriesOf(view, issue) ?? ledgers?.get(issue.number);
    return { issue, entries, stage: stageOnBoard(view, issue, entries) };
  });
  const rows = placed.flatMap(({ issue, entries, stage }) =>
    stage === undefined ? [] : [rowOf(view, { issue, entries, stage })],
  );
  const at = (stages: readonly Stage[]) =>
    rows.filter(({ stage }) => stages.includes(stage)).toSorted(longestFirst);
  const stopped = refuseAndon(view);
  return {
    at: view.now,
    repository: repositoryUrl(view),
    ...(stopped === undefined ? {} : { stopped }),
    money: work,
    usdPerDay: view.config.limits.usdPerDay,
    asked: at(AT_PEOPLE).map((row) => ({ ...row, ...peopleOf(view, row) })),
    working: at(IN_WORK),
    turn: at(AT_TURN).map(({ number }) => number),
    blocked: at(["blocked"]).map(({ number }) => number),
    automations: automationsOf(view),
    unclear: placed
      .filter(({ issue, stage }) => stage === undefined && hasStage(view, issue))
      .map(({ issue }) => issue.number),
  };
}

/** Scheduled workflows, by their last runs. */
export function automationsOf({ snapshot }: View): Board["automations"] {
  const { scheduled } = snapshot;
  if (scheduled === undefined) return { unknown: "not asked for" };
  return "unknown" in scheduled ? scheduled : { known: readAutomations(scheduled.known) };
}

/** Entries of the ledger if this look has read it and it is trusted. */
function entriesOf({ issues }: View, { number }: OpenIssue): readonly SealedEntry[] | undefined {
  const ledger = issues.find(({ issue }) => issue.number === number)?.ledger;
  return ledger === undefined || ledger.refusal !== undefined || ledger.entries.length === 0
    ? undefined
    : ledger.entries;
}

function rowOf(
  { now }: View,
  seen: {
    readonly issue: OpenIssue;
    readonly entries: readonly SealedEntry[] | undefined;
    readonly stage: Stage;
  },
): BoardRow {
  const { number, title } = seen.issue;
  const since = seen.entries === undefined ? undefined : sinceOf(seen.entries);
  const waited = since === undefined ? {} : { waitedMs: millisecondsBetween(since, now) };
  return { number, title, stage: seen.stage, ...waited };
}

function longestFirst(left: BoardRow, right: BoardRow): number {
  return (right.waitedMs ?? -1) - (left.waitedMs ?? -1) || left.number - right.number;
}

/** The people whom the issue asks, if it was looked at. */
function peopleOf(view: View, { number }: BoardRow): Pick<AskedRow, "people"> {
  const seen = view.issues.find(({ issue }) => issue.number === number);
  return seen === undefined ? {} : { people: askedPeople({ ...view, ...seen }) };
}

function hasStage({ prefix }: View, { labels }: OpenIssue): boolean {
  return stagesOf(prefix, labels).length > 0;
}
