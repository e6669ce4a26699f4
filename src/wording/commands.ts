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
    does: "Approves this version of the contract, and starts an attempt. The contract shows the word to add. Without a word, the command approves the first version alone; a rewritten contract needs another approval. With the word from a refusal, it approves a change that is riskier than was shown.",
  },
  "approve-lockfile": {
    argument: " DIGEST",
    short: " …",
    does: "Approves exactly the dependency files for which an attempt was refused. The refusal shows the digest.",
  },
  rework: {
    argument: ": TEXT",
    short: ": …",
    does: "Before an attempt, makes a new contract with your remark. After one, starts another attempt with your remark as a finding; it is a new commit on the open pull request.",
  },
  retry: {
    ...BARE,
    does: "Continues from the stage of the issue: reads it again, makes the next attempt under the approved contract, records a missed merge, or repeats the smoke test after a merge.",
  },
  resume: {
    ...BARE,
    does: "The same as `retry`, for use after you have restarted a stopped line.",
  },
  stop: {
    ...BARE,
    does: "Stops this issue, from the moment you write it: a run under way does not publish any more.",
  },
  status: { ...BARE, does: "Writes the ledger again and corrects the labels." },
  explain: {
    ...BARE,
    does: "Explains from the record, without a model: why the issue is at its stage, who is next, what happened, and what it cost.",
  },
  verify: {
    ...BARE,
    does: "On a pull request of the factory, no matter who pushed to it last: runs the checks on its head, proves the criteria on it, and writes the result in one comment. It does not change the branch.",
  },
  review: {
    ...BARE,
    does: "The same as `verify`, followed by a review with that evidence. It advises: nothing is approved and nothing stopped.",
  },
  priority: {
    argument: " N",
    short: " …",
    does: "Sets the priority of the issue to 1, 2 or 3. 1 goes first; an issue without a priority counts as 2.",
  },
  "assign-me": {
    ...BARE,
    does: "From now on, the factory asks you about this issue, until somebody else uses this command. GitHub's own assignees stay as they are.",
  },
  unblock: {
    ...BARE,
    does: "On a pull request that is not the factory's: repairs its conflict with the base and its red checks. Offers the result on a branch of its own if the tests of both sides prove it.",
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
