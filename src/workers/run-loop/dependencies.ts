import type { Gathered } from "../../domain/loop/gathered.ts";
import { cut } from "../../domain/text/cut.ts";
import { messageOf } from "../../domain/text/message-of.ts";
import type { Outdated } from "../../gatherers/dependencies/dependency.ts";
import { type Answered, gatherDependencies } from "../../gatherers/dependencies/gather.ts";
import { type Asked, MOST_NOTED } from "../../gatherers/dependencies/notes.ts";
import {
  ASKED,
  type DependencyOptions,
  isAskable,
  NOTES_OF,
  type Source,
} from "../../gatherers/dependencies/options.ts";
import { readOutdated } from "../../gatherers/dependencies/outdated.ts";
import type { Workspace } from "../../ports/sandbox.ts";

const PRINTED = ".millwright/answered";
/** The index of crates names all versions that ever existed. */
const MOST_BYTES = 30_000_000;
/** One download. */
const NOTES_MS = 60_000;

/**
 * Asks the package managers of a workspace for outdated dependencies, and, if the loop wants it, for their makers'
 * notes. They ask their registries: with a network, on the bytes of the base alone, before any untrusted content is
 * there. @throws if one did not answer, or in an unknown form; unavailable notes are reported with the reason
 */
export async function gatherDependenciesIn(
  workspace: Workspace,
  about: { readonly options: DependencyOptions; readonly timeoutMs: () => number },
): Promise<Gathered> {
  const answers: Answered[] = [];
  let left = MOST_NOTED;
  for (const source of about.options.sources) {
    const printed = await ask(workspace, source, about.timeoutMs());
    const notes = await askNotes(workspace, { source, printed, left, timeoutMs: about.timeoutMs });
    left -= [...notes.values()].filter(({ kind }) => kind !== "left-out").length;
    answers.push({ source, printed, notes });
  }
  return gatherDependencies(answers);
}

async function ask(workspace: Workspace, source: Source, timeoutMs: number): Promise<string> {
  const { run, exits } = ASKED[source.tool];
  const bytes = await print(workspace, { command: source.run ?? run, source, timeoutMs, exits });
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

interface Noting {
  readonly source: Source;
  readonly printed: string;
  /** How many may still be read. */
  readonly left: number;
  readonly timeoutMs: () => number;
}

async function askNotes(
  workspace: Workspace,
  { source, printed, left, timeoutMs }: Noting,
): Promise<ReadonlyMap<string, Asked>> {
  const { tool, notes } = source;
  const command = notes === true ? NOTES_OF[tool] : notes;
  const asked = new Map<string, Asked>();
  if (command === undefined) return asked;
  for (const one of readOutdated(tool, printed)) {
    if (asked.has(one.name)) continue;
    const given = { command, source, timeoutMs: Math.min(NOTES_MS, timeoutMs()) };
    asked.set(one.name, asked.size < left ? await note(workspace, one, given) : LEFT_OUT);
  }
  return asked;
}

const LEFT_OUT: Asked = { kind: "left-out" };

interface Given {
  readonly command: string;
  readonly source: Source;
  readonly timeoutMs: number;
}

async function note(workspace: Workspace, one: Outdated, given: Given): Promise<Asked> {
  if (!isAskable(given.source.tool, one)) return { kind: "unaskable" };
  try {
    const to = [one.name, one.latest];
    // It may be cut within a character, or in another encoding. It is only shown; nothing depends on it.
    const bytes = await print(workspace, { ...given, to, exits: [0] });
    return { kind: "printed", text: new TextDecoder().decode(bytes) };
  } catch (error) {
    return { kind: "failed", reason: cut(messageOf(error), 1_000) };
  }
}

interface Printing extends Given {
  /** Arguments of the command. */
  readonly to?: readonly string[];
  readonly exits: readonly number[];
}

async function print(
  workspace: Workspace,
  { command, source, timeoutMs, to = [], exits }: Printing,
): Promise<Uint8Array> {
  const ran = await workspace.run({
    // Lines are arguments, so none is parsed as part of our command.
    command: `mkdir -p .millwright && exec > ${PRINTED} && cd -- "$2" && bash -c "$1" ask "\${@:3}"`,
    arguments: [command, source.folder, ...to],
    timeoutMs,
    network: true,
  });
  if (ran.status === "timed-out" || ran.exitCode === null || !exits.includes(ran.exitCode)) {
    const how = ran.status === "timed-out" ? "it took too long" : `exit code ${ran.exitCode}`;
    throw new Error(`${sayCommand(command)}: ${how}: ${ran.output.trim().slice(-1_000)}`);
  }
  const bytes = await workspace.readFile(PRINTED, MOST_BYTES);
  if (bytes === undefined)
    throw new Error(`${sayCommand(command)}: its output is no file any more`);
  return bytes;
}

function sayCommand(command: string): string {
  return cut(command.replaceAll("\n", " "), 200);
}
