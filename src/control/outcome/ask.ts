import { isQuiet } from "../../domain/config/quiet-hours.ts";
import type { Effect } from "../../domain/github/effect.ts";
import { askMarker, renderAsk } from "../../wording/issue/ask-comment.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import { askedPeople } from "../observed/people/asked.ts";
import type { NewEntry } from "./ledger-entry.ts";

interface Asked {
  readonly entries: readonly NewEntry[];
  readonly lines: readonly string[];
}

/**
 * The comment that asks a person, written after the ledger, because an edit in place notifies nobody. Only one comment
 * belongs to each ledger entry, so that a repeated decision finds it. Written at any hour, for urgent questions.
 */
export function askEffect(view: OnIssue, asked: Asked): Effect {
  const { issue, ledger } = view;
  const line = (ledger.entries.at(-1)?.sequence ?? 0) + asked.entries.length;
  const people = askedPeople(view);
  return {
    kind: "write-comment",
    key: `ask/${issue.number}/${line}`,
    issue: issue.number,
    marker: askMarker(line),
    body: renderAsk({ line, people, lines: asked.lines }),
    comment: null,
  };
}

/**
 * The same, except in quiet hours: then only the ledger holds the question. By the time of its entry, a later run knows
 * that nobody was called.
 */
export function askWhenAwake(view: OnIssue, asked: Asked): readonly Effect[] {
  return isQuiet(view.config.quietHours, view.now) ? [] : [askEffect(view, asked)];
}
