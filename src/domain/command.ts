import type { Digest } from "./digest.ts";
import type { Priority } from "./label.ts";
import { AT_PULL_REQUEST, STAGES, type Stage } from "./stage.ts";
import { editDistance } from "./text/edit-distance.ts";

/** The prefix that addresses the factory in a comment. The words of a command follow after one blank. */
export const COMMAND_PREFIX = "/factory";

/** Whether a text addresses the factory, with or without a valid command: by its first line, in any case. */
export function addressesFactory(body: string): boolean {
  return /^\/factory(?![\w-])/i.test(body.slice(0, 20));
}

interface CommandRow {
  /** Words to type after the prefix. */
  readonly words: string;
  /** The argument after the words. */
  readonly takes: "nothing" | "version" | "digest" | "text" | "priority";
  /** Stages at which it is accepted. At any other, the answer is a refusal. */
  readonly at: readonly Stage[];
  /** The control task that carries it out. Commands that start an attempt wait in the queue; others do not. */
  readonly obeyedBy: "route" | "claim";
}

const RESUMABLE = [
  "queued",
  "needs-info",
  "proposed",
  "ready",
  "gating",
  "smoking",
  "needs-human",
  "blocked",
] as const satisfies readonly Stage[];

const UNDONE = STAGES.filter((stage) => stage !== "done");

/**
 * All commands of people, in the order in which people see them. The parser, the vetoes, the texts in
 * `wording/commands.ts`, the reference page and the conditions of the workflows follow this table.
 */
export const COMMANDS = {
  /** The word of a version says which contract was read, because its comment is edited in place. */
  approve: {
    words: "approve",
    takes: "version",
    /** At `needs-human` it approves a risk that turned out higher than was shown. */
    at: ["proposed", "ready", "needs-human"],
    obeyedBy: "claim",
  },
  /** Allows exactly the dependency files for which an attempt was refused. */
  "approve-lockfile": {
    words: "approve lockfile",
    takes: "digest",
    at: ["needs-human"],
    obeyedBy: "claim",
  },
  rework: {
    words: "rework",
    takes: "text",
    at: ["queued", "needs-info", "proposed", "ready", "gating", "needs-human", "blocked"],
    obeyedBy: "route",
  },
  retry: { words: "retry", takes: "nothing", at: RESUMABLE, obeyedBy: "route" },
  resume: { words: "resume", takes: "nothing", at: RESUMABLE, obeyedBy: "route" },
  stop: {
    words: "stop",
    takes: "nothing",
    at: [
      "queued",
      "needs-info",
      "proposed",
      "ready",
      "building",
      "gating",
      "smoking",
      "needs-human",
    ],
    obeyedBy: "route",
  },
  status: { words: "status", takes: "nothing", at: STAGES, obeyedBy: "route" },
  explain: { words: "explain", takes: "nothing", at: STAGES, obeyedBy: "route" },
  /** What a person has pushed is looked at like the factory's own work, and left where it is. */
  verify: { words: "verify", takes: "nothing", at: AT_PULL_REQUEST, obeyedBy: "route" },
  review: { words: "review", takes: "nothing", at: AT_PULL_REQUEST, obeyedBy: "route" },
  priority: { words: "priority", takes: "priority", at: UNDONE, obeyedBy: "route" },
  "assign-me": { words: "assign-me", takes: "nothing", at: UNDONE, obeyedBy: "route" },
  /** For any pull request, which has no stage. Issues never accept it. */
  unblock: { words: "unblock", takes: "nothing", at: [], obeyedBy: "route" },
  "unblock-push": { words: "unblock push", takes: "nothing", at: [], obeyedBy: "route" },
} as const satisfies Readonly<Record<string, CommandRow>>;

export type CommandName = keyof typeof COMMANDS;
type Takes = CommandRow["takes"];
export type CommandTaking<What extends Takes> = {
  [Name in CommandName]: (typeof COMMANDS)[Name]["takes"] extends What ? Name : never;
}[CommandName];

/** A comment that addresses the factory. `unknown` holds the line that was not understood. */
export type Command =
  | { readonly name: CommandTaking<"nothing"> }
  /** Beginning of the digest of the contract that was read; absent if the comment names none. */
  | { readonly name: CommandTaking<"version">; readonly version?: string }
  | { readonly name: CommandTaking<"text">; readonly text: string }
  | { readonly name: CommandTaking<"digest">; readonly digest: Digest }
  | { readonly name: CommandTaking<"priority">; readonly priority: Priority }
  | { readonly name: "unknown"; readonly line: string };

export const COMMAND_NAMES = Object.keys(COMMANDS).filter(isCommandName);

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** Names of the commands with this argument, in the order of the table. */
export function commandsTaking<What extends Takes>(what: What): readonly CommandTaking<What>[] {
  return COMMAND_NAMES.filter(
    (name): name is CommandTaking<What> & CommandName => COMMANDS[name].takes === what,
  );
}

/** The most letters, at most half of them, that may differ. Beyond that it is another word. */
const FARTHEST = 3;

/** The command whose words differ least from a line, and the longest of equals; undefined if none is near. */
export function nearestCommand(line: string): CommandName | undefined {
  const said = line.toLowerCase().slice(COMMAND_PREFIX.length).trim().split(/\s+/);
  const [nearest] = COMMAND_NAMES.flatMap((name) => {
    const { words } = COMMANDS[name];
    const typed = said.slice(0, words.split(" ").length).join(" ");
    // A letter has at most two units. A length that differs by more cannot match, so it is not compared: a ledger is full of such lines.
    const begun = typed.replace(/[^a-z]+$/, "").slice(0, 2 * (words.length + FARTHEST + 1));
    const letters = [...begun].length;
    if (Math.abs(letters - words.length) > FARTHEST) return [];
    return [{ name, letters: words.length, distance: editDistance(begun, words) }];
  })
    .filter(({ distance, letters }) => distance <= Math.min(FARTHEST, letters / 2))
    .toSorted(
      (left, right) =>
        left.distance / left.letters - right.distance / right.letters ||
        right.letters - left.letters,
    );
  return nearest?.name;
}

/** Stages at which a command is accepted. */
export function stagesFor(name: CommandName): readonly Stage[] {
  return COMMANDS[name].at;
}

/** The line that gives a command, as a person types it. */
export function commandLine(name: CommandName, rest = ""): string {
  return `${COMMAND_PREFIX} ${COMMANDS[name].words}${rest}`;
}

/** Characters of a version's word: enough to distinguish the versions of one issue, few enough to type. */
const WORD_LENGTH = 7;

/** The word that names one version of a contract in an approval. */
export function versionWord(contract: Digest): string {
  return contract.slice(0, WORD_LENGTH);
}

/** Whether an approval is for this version. One without a word can only be for the first, which was shown alone. */
export function approvesVersion(
  said: { readonly version?: string },
  standing: { readonly contract: Digest; readonly version: number },
): boolean {
  if (said.version === undefined) return standing.version === 1;
  return said.version.length >= WORD_LENGTH && standing.contract.startsWith(said.version);
}

/** The line that approves the version shown by the last of these comments; without a word if none shows one. */
export function approvalShownIn(bodies: readonly string[]): string {
  const shown = new RegExp(`${commandLine("approve")} ([0-9a-f]{${WORD_LENGTH},64})`);
  const words = bodies.flatMap((body) => shown.exec(body)?.[1] ?? []);
  const word = words.at(-1);
  return commandLine("approve", word === undefined ? "" : ` ${word}`);
}
