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
 * The comment by which a person is asked, written after the ledger: an edit in place tells nobody. It is the only one of its
 * line in the ledger, so that whoever decides the same again finds it. At any hour: of what cannot wait.
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
 * The same, but for quiet hours: then the ledger alone says what is asked, and by the time of its line whoever is rung for after
 * them knows that nobody was called.
 */
export function askWhenAwake(view: OnIssue, asked: Asked): readonly Effect[] {
  return isQuiet(view.config.quietHours, view.now) ? [] : [askEffect(view, asked)];
}
