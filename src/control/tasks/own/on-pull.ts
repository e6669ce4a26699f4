import { COMMANDS, type Command, type CommandName } from "../../../domain/command.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { readCommand } from "../../observed/command.ts";
import { isOnIssue, type View } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger/ledger.ts";
import { spokenOn } from "../../observed/review/words.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { answer, stayQuiet } from "../../outcome/conclude.ts";
import { refuseActor, WORDS_GONE } from "../../vetoes/preconditions.ts";

/** The command in a comment on the issue or its pull request; undefined if there is none. */
export function commandAt({ trigger }: View): Command | undefined {
  const isSaid = trigger?.kind === "reviewed" || trigger?.kind === "commented";
  return isSaid ? readCommand(trigger.body) : undefined;
}

/**
 * Why a comment on a pull request has no effect, or what has to be read first; undefined if it counts. The comment has
 * to be unedited, by a person with write access, on the pull request that the ledger knows.
 */
export function refuseOnPull(view: View): Decision | Wants | undefined {
  const { trigger, actor } = view;
  const spoken = spokenOn(trigger);
  const command = commandAt(view);
  if (trigger?.kind === "commented" && command === undefined) return stayQuiet(view, []);
  const stranger = refuseActor(actor);
  if (stranger !== undefined) return stayQuiet(view, [stranger]);
  if (spoken === undefined || !isOnIssue(view)) return stayQuiet(view, [notOurs(spoken)]);
  if (view.ledger.refusal !== undefined) return answer(view, view.ledger.refusal);
  if (lastOf(view.ledger.entries, "published")?.event.pullRequest !== spoken) {
    return stayQuiet(view, [notOurs(spoken)]);
  }
  if (view.owned === undefined) return { wants: [], owned: spoken };
  if (view.comment === undefined) return stayQuiet(view, [WORDS_GONE]);
  const elsewhere = command === undefined ? undefined : refuseElsewhere(command);
  return elsewhere === undefined ? undefined : answer(view, elsewhere);
}

/** Refuses commands that have to be given on the issue itself. */
function refuseElsewhere({ name }: Command): Refusal | undefined {
  if (name === "unknown") return undefined;
  // Approvals apply to texts on the issue, and the issue's queue obeys them.
  if (COMMANDS[name].obeyedBy === "claim") return ELSEWHERE;
  return ABOUT_ISSUE.includes(name)
    ? { ...ELSEWHERE, subject: `${name} on a pull request`, accepted: "it on the issue" }
    : undefined;
}

/** Commands that are read later from the labels and comments of the issue. */
const ABOUT_ISSUE: readonly CommandName[] = ["priority", "assign-me"];

const ELSEWHERE: Refusal = {
  code: "event-not-understood",
  subject: "an approval on a pull request",
  accepted: "approvals on the issue",
  hint: "command-on-the-issue",
};

function notOurs(pullRequest: number | undefined): Refusal {
  return {
    code: "event-not-understood",
    subject: pullRequest === undefined ? "a pull request" : `pull request ${pullRequest}`,
    found: "the ledger of no issue knows it as its own",
  };
}
