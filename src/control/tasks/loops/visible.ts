import type { Discussion } from "../../../domain/github/discussion.ts";
import type { LoopIssue } from "../../../domain/github/loop-issue.ts";
import type { OpenIssue } from "../../../domain/github/snapshot.ts";
import { VISIBLE_CHARACTERS } from "../../../domain/loop/loop-asked.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { cut } from "../../../domain/text/cut.ts";
import { readFindingMarker } from "../../../wording/loops/finding.ts";
import type { View } from "../../observed/issue-view.ts";
import type { LoopRead } from "../../observed/loops/loop-text.ts";
import { readLedgers } from "../operational-review/read-ledgers.ts";

const LONGEST_BODY = 8_000;

/**
 * The view of GitHub that a gatherer gets as JSON, since it has no token and no network. `history` is the neutral
 * history of `src/measures/history`, without functions. `issues` are open ones, newest first, as many as fit; `left`
 * counts the rest. `discussions` exist if the loop asks for them, with `left` and the unread ones. `own` are issues of
 * this loop. A loop that starts its own issues sees no others, so that no stranger's words describe what it builds.
 */
export function visibleTo(
  view: View,
  { name: loop, loop: { effects } }: Pick<LoopRead, "name" | "loop">,
): { readonly text: string } | { readonly refusal: Refusal } {
  const { openIssues, repository, loopIssues = [] } = view.snapshot;
  if ("unknown" in openIssues) {
    const { unknown: found } = openIssues;
    return { refusal: { code: "state-unknown", subject: "the open issues", found } };
  }
  const head = {
    version: 1,
    repository: repository.name,
    url: repository.url,
    base: repository.head,
    at: view.now,
    history: historyOf(view),
    own: loopIssues.flatMap((issue) => ownIssue(issue, loop)),
  };
  const room = VISIBLE_CHARACTERS - JSON.stringify(head).length - 100;
  if (room < 0) {
    const found = `${VISIBLE_CHARACTERS - room} characters`;
    return {
      refusal: {
        code: "limit-exceeded",
        subject: "the history that a gatherer sees",
        found,
        accepted: `at most ${VISIBLE_CHARACTERS}`,
      },
    };
  }
  const discussed = discussionsWithin(view, Math.floor(room / 2));
  if (discussed.refusal !== undefined) return { refusal: discussed.refusal };
  const rest = room - JSON.stringify(discussed).length;
  const issues = effects.start > 0 ? [] : withinRoom(openIssues.known.map(issueShown), rest);
  const left = openIssues.known.length - issues.length;
  return { text: JSON.stringify({ ...head, ...discussed, issues, left }) };
}

/** Refuses if discussions that a loop asks for cannot be read, because a digest without them would count too few. */
function discussionsWithin({ discussions }: View, room: number) {
  if (discussions === undefined) return {};
  if ("unknown" in discussions) {
    const { unknown: found } = discussions;
    const refusal: Refusal = { code: "state-unknown", subject: "the discussions", found };
    return { refusal };
  }
  const { discussions: all, unread } = discussions.known;
  const shown = withinRoom(all.map(discussionShown), room);
  return { discussions: { shown, left: all.length - shown.length, unread } };
}

function discussionShown({ title, body, ...discussion }: Discussion) {
  return { ...discussion, title: cut(title, 300), body: cut(body, LONGEST_BODY) };
}

function issueShown({ number, title, body, labels, author, updatedAt }: OpenIssue) {
  return {
    number,
    title: cut(title, 300),
    body: cut(body, LONGEST_BODY),
    labels,
    author: { login: author.login, type: author.type },
    updatedAt,
  };
}

function historyOf(view: View) {
  const gathered = readLedgers(view);
  if ("unknown" in gathered) return gathered;
  const { areaOf: _areaOf, ...history } = gathered.known.history;
  return { known: history, disbelieved: gathered.known.disbelieved };
}

function ownIssue({ number, title, state, marker, dismissed }: LoopIssue, loop: string) {
  const found = readFindingMarker(marker);
  return found?.loop === loop ? [{ number, title, state, key: found.key, dismissed }] : [];
}

/** Whole items only, as many as fit into the given number of characters of JSON. */
function withinRoom<Shown>(shown: readonly Shown[], room: number): readonly Shown[] {
  let left = room;
  const end = shown.findIndex((one) => {
    left -= JSON.stringify(one).length + 1;
    return left < 0;
  });
  return end < 0 ? shown : shown.slice(0, end);
}
