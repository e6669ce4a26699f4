import type { Effect } from "../../domain/github/effect.ts";
import { askMarker, renderAsk } from "../../wording/issue/ask-comment.ts";
import { askedPeople } from "../observed/asked.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import type { NewEntry } from "./ledger-entry.ts";

/**
 * The comment by which a person is asked, written after the ledger: an edit in place tells nobody. It is the only one of its
 * line in the ledger, so that whoever decides the same again finds it.
 */
export function askEffect(
  view: OnIssue,
  asked: { readonly entries: readonly NewEntry[]; readonly lines: readonly string[] },
): Effect {
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
