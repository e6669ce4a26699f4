import {
  COMMAND_NAMES,
  type CommandName,
  commandLine,
  stagesFor,
  versionWord,
} from "../domain/command.ts";
import type { Digest } from "../domain/digest.ts";
import type { Stage } from "../domain/stage.ts";

interface Meaning {
  /** What stands for the argument where the form of a command is shown, with what comes before it. */
  readonly argument: string;
  /** The same, short, in a sentence. */
  readonly short: string;
  readonly does: string;
}

const BARE = { argument: "", short: "" } as const;

/** What each command does, for people. A command without a meaning does not compile. */
const MEANINGS = {
  approve: {
    argument: " VERSION",
    short: "",
    does: "Approves the contract of this version, and starts an attempt; the contract shows its word. Without a word it approves the first version alone: what was written again needs another approval. With the word that a refusal shows it approves a change that is riskier than was shown.",
  },
  "approve-lockfile": {
    argument: " DIGEST",
    short: " …",
    does: "Approves exactly the dependency files that an attempt was refused for; the refusal shows the digest.",
  },
  rework: {
    argument: ": TEXT",
    short: ": …",
    does: "Before an attempt: the contract is made anew with your remark. After one: the next attempt gets it as a finding, and is a commit on the pull request that is open.",
  },
  retry: {
    ...BARE,
    does: "Goes on from where the issue stands: reads it again, makes the next attempt under the approved contract, records a merge that was missed, or repeats the smoke test after a merge.",
  },
  resume: {
    ...BARE,
    does: "The same as `retry`, in the words of somebody who has just lowered the andon.",
  },
  stop: {
    ...BARE,
    does: "Stops this issue. It holds from the moment it was written: a run under way finds that it may not publish.",
  },
  status: { ...BARE, does: "Writes the ledger again and puts the labels right." },
  explain: {
    ...BARE,
    does: "Answers from the record, at no token: why the issue stands where it stands, who is next, how it came there, and what it cost.",
  },
  verify: {
    ...BARE,
    does: "On a pull request of the factory, whoever pushed to it last: runs the checks on its head as it is, proves the criteria on it, and says what was seen in one comment. The branch is left as it is.",
  },
  review: {
    ...BARE,
    does: "The same as `verify`, and then the reviewer reads it with that evidence. It advises: nothing is approved and nothing stopped.",
  },
  priority: {
    argument: " N",
    short: " …",
    does: "Puts the label of priority 1, 2 or 3 on the issue. 1 goes first; an issue without one counts as 2.",
  },
  "assign-me": {
    ...BARE,
    does: "From now on you are the one who is asked about this issue, until somebody else says so. GitHub's own assignees stay as they are.",
  },
  unblock: {
    ...BARE,
    does: "On anybody's pull request, and there alone: repairs its conflict with the base and its red checks, and offers the result on a branch of its own when the tests of both sides prove it.",
  },
  "unblock-push": {
    ...BARE,
    does: "The same, as a commit on the branch of the pull request. It never overwrites a commit.",
  },
} as const satisfies Record<CommandName, Meaning>;

/** A command as a code span in a sentence; one that takes something shows an ellipsis in its place. */
export function typed(name: CommandName): string {
  return `\`${commandLine(name, MEANINGS[name].short)}\``;
}

/** Every command in one enumeration, for whoever typed something else. */
export const COMMAND_LIST = COMMAND_NAMES.map(typed).join(", ");

/** One row of the reference page. */
export interface CommandRow {
  /** As it is typed, with a word in capitals for what it takes. */
  readonly form: string;
  readonly does: string;
  readonly at: readonly Stage[];
}

/** Every command with its meaning and its stages, in the order of the table. */
export function commandRows(): readonly CommandRow[] {
  return COMMAND_NAMES.map((name) => {
    const { argument, does } = MEANINGS[name];
    return { form: commandLine(name, argument), does, at: stagesFor(name) };
  });
}

/** The line that approves this version of a contract, as a code span. */
export function typedApproval(contract: Digest): string {
  return `\`${commandLine("approve", ` ${versionWord(contract)}`)}\``;
}
