import { COMMANDS, type Command, type CommandName } from "../../../domain/command.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { readCommand } from "../../observed/command.ts";
import { isOnIssue, type View } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger/ledger.ts";
import { spokenOn } from "../../observed/review/words.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { answer, stayQuiet } from "../../outcome/conclude.ts";
import { refuseActor, WORDS_GONE } from "../../vetoes/preconditions.ts";

/** What somebody said, on the issue or its pull request, as a command; undefined where it is none. */
export function commandAt({ trigger }: View): Command | undefined {
  const isSaid = trigger?.kind === "reviewed" || trigger?.kind === "commented";
  return isSaid ? readCommand(trigger.body) : undefined;
}

/**
 * Why nothing follows from what was said on a pull request, or what has to be read first; undefined where it is heard. It
 * has to stand there as it was written, by a person with write, on the pull request that the ledger knows.
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

/** What has to be said on the issue itself. */
function refuseElsewhere({ name }: Command): Refusal | undefined {
  if (name === "unknown") return undefined;
  // What an approval approves stands on the issue, and the queue of the issue obeys it.
  if (COMMANDS[name].obeyedBy === "claim") return ELSEWHERE;
  return ABOUT_ISSUE.includes(name)
    ? { ...ELSEWHERE, subject: `${name} on a pull request`, accepted: "it on the issue" }
    : undefined;
}

/** Read later from what stands on the issue: its labels and its comments. */
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
