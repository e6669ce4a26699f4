import { digestOf } from "../../domain/digest.ts";
import type { EffectOf } from "../../domain/github/effect.ts";
import { appendEntry, type LedgerEvent, type SealedEntry } from "../../domain/ledger.ts";
import { type Cause, refuseTransition, type Stage } from "../../domain/stage.ts";
import type { Usage } from "../../domain/usage.ts";
import { LEDGER_MARKER, renderLedgerComment } from "../../wording/issue/ledger-comment.ts";
import { type OnIssue, placeOf, repositoryUrl } from "../observed/issue-view.ts";
import { continuesNow } from "./ledger-page.ts";
import { fits, shrunk } from "./ledger-room.ts";

/** One event, and the stage that it leads to. */
export interface NewEntry {
  readonly stage: Stage;
  /** Who caused the step; control if absent. */
  readonly by?: Cause;
  readonly event: LedgerEvent;
  readonly usage?: Usage;
  readonly durationMs?: number;
}

export interface Writing {
  readonly entries: readonly NewEntry[];
  /** The question to a person: at most three lines of safe Markdown. */
  readonly ask?: string;
  /** Starts a new ledger over an untrusted one: only by a person's command. */
  readonly anew?: boolean;
}

/**
 * The effect that appends to the ledger, which is edited in place. Only here does an issue change its stage. A step that
 * the table does not know, or a write over an untrusted ledger, is a bug and throws.
 */
export function ledgerEffect(view: OnIssue, writing: Writing): EffectOf<"write-comment"> {
  const { issue, ledger } = view;
  if (ledger.refusal !== undefined && writing.anew !== true) {
    throw new Error(`The ledger of issue ${issue.number} is not trusted: it must not be extended.`);
  }
  const continues = writing.anew === true ? undefined : continuesNow(view);
  const entries = fitting(view, { ...writing, onPages: continues?.sequence ?? 0 });
  const stage = entries.at(-1)?.stage;
  if (stage === undefined) throw new Error(`The ledger of issue ${issue.number} would be empty.`);
  const body = renderLedgerComment({
    entries,
    ...(continues === undefined ? {} : { continues }),
    issue: issue.number,
    stage,
    ...(writing.ask === undefined ? {} : { ask: writing.ask }),
    links: { repository: repositoryUrl(view) },
    people: peopleOf(view),
  });
  return {
    kind: "write-comment",
    key: `ledger/${issue.number}/${digestOf(body).slice(0, 16)}`,
    issue: issue.number,
    marker: LEDGER_MARKER,
    body,
    comment: ledger.comment,
  };
}

/** All people whom this look met, by id. */
function peopleOf({ issue, comments, actor }: OnIssue): ReadonlyMap<number, string> {
  const met = [issue.author, ...comments.map(({ author }) => author)];
  return new Map(
    [...met, ...(actor === undefined ? [] : [actor])].map(({ id, login }) => [id, login]),
  );
}

/** With the number of entries on pages, which take no room. */
type Placed = Writing & { readonly onPages: number };

/**
 * The history with the new entries, as many as the comment takes. The question above can stand for an answer that moves
 * nothing. Nothing may throw between work and its record.
 */
function fitting(view: OnIssue, writing: Placed): readonly SealedEntry[] {
  const all = appended(view, writing);
  const { onPages } = writing;
  if (fits(all.slice(onPages))) return all;
  const moving = writing.entries.filter(({ event }) => event.kind !== "refused");
  const moved = appended(view, { ...writing, entries: moving });
  const last = moved.at(-1);
  const same = last?.stage === all.at(-1)?.stage;
  if (same && fits(moved.slice(onPages))) return moved;
  return writing.anew === true ? all : view.ledger.entries;
}

function appended(view: OnIssue, writing: Placed): readonly SealedEntry[] {
  const context = { place: placeOf(view), key: view.input.sealKey };
  let from = writing.anew === true ? "new" : view.stage;
  let entries: readonly SealedEntry[] = writing.anew === true ? [] : view.ledger.entries;
  for (const { by = "control", ...entry } of writing.entries) {
    const refusal = refuseTransition({ from, to: entry.stage, by });
    if (refusal !== undefined) {
      throw new Error(
        `Illegal step ${refusal.subject} by ${by}; legal: ${refusal.accepted ?? "none"}`,
      );
    }
    from = entry.stage;
    const event = shrunk(entry.event, entries.slice(writing.onPages));
    const stamped = { ...entry, event, at: view.now, run: view.input.run.id };
    entries = appendEntry(entries, stamped, context);
  }
  return entries;
}
