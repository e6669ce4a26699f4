import {
  MOST_PROBLEMS,
  PROBLEM_MESSAGE,
  PROBLEM_PATH,
  type Problem,
} from "../../../domain/evidence/problem.ts";
import { cut } from "../../../domain/text/cut.ts";
import { withoutEscapes } from "../../../domain/text/without-escapes.ts";
import { type Above, look, readBelow, readRow } from "./blocks.ts";
import { readForm, type Said } from "./forms.ts";

/** The most characters read from the end of an output, and the longest line. Nothing longer was written for people. */
const LETTERS = 1_000_000;
const LINES = 20_000;
const LINE_LETTERS = 2_000;
/** Lines between a place and the message below it. */
const BELOW = 3;

export interface Place {
  /** The file of the tree that a tool means by a path; undefined if there is none, or several match. */
  fileOf(path: string): string | undefined;
  /** Level of a place whose line names none. */
  readonly level: Problem["level"];
}

/** Places that the common tools print, in order, each once. All beyond the limit are counted. */
export function readProblems(
  output: string,
  place: Place,
): { readonly problems: readonly Problem[]; readonly more: number } {
  const lines = withoutEscapes(output.slice(-LETTERS)).split("\n").slice(-LINES);
  const above: Above = { file: undefined, reason: undefined, isAsserted: false };
  const found = new Map<string, Problem>();
  for (const [index, raw] of lines.entries()) {
    const line = raw.trimEnd();
    if (line.length > LINE_LETTERS) continue;
    const said = line === "" ? undefined : (readRow(line, above) ?? readForm(line));
    const problem =
      said === undefined ? undefined : problemOf(said, { lines, index, above }, place);
    if (problem === undefined) look(line, above);
    else note(found, problem);
  }
  const all = [...found.values()];
  return { problems: all.slice(0, MOST_PROBLEMS), more: Math.max(0, all.length - MOST_PROBLEMS) };
}

interface Around {
  readonly lines: readonly string[];
  readonly index: number;
  readonly above: Above;
}

function problemOf(said: Said, around: Around, place: Place): Problem | undefined {
  const path = place.fileOf(said.path);
  const [line, column] = [Number(said.line), Number(said.column ?? 0)];
  if (path === undefined || path.length > PROBLEM_PATH || line < 1) return undefined;
  const message = messageOf(said, around);
  if (message === undefined) return undefined;
  return {
    path,
    line,
    ...(column < 1 ? {} : { column }),
    level: said.level ?? place.level,
    message: cut(message.toWellFormed().trim(), PROBLEM_MESSAGE),
  };
}

/** A bare error name (pytest's `a.py:5: AssertionError`) says less than the line above it. */
const BARE = /^\w+(?:Error|Exception)?$/;

/** A reason belongs to one place. A stack has many, and the first one in the tree is where it happened. */
function messageOf({ message }: Said, { lines, index, above }: Around): string | undefined {
  if (message !== undefined && !BARE.test(message)) return message;
  const { reason } = above;
  above.reason = undefined;
  if (reason !== undefined || message !== undefined) return reason ?? message;
  const line = (lines[index] ?? "").trimEnd();
  if (!line.endsWith("━") && !line.endsWith(":")) return undefined;
  return lines
    .slice(index + 1, index + 1 + BELOW)
    .map((below) => (below.length > LINE_LETTERS ? undefined : readBelow(below)))
    .find((below) => below !== undefined);
}

/** Beyond the limit, counts up to ten times of it, because more would say nothing new. */
function note(found: Map<string, Problem>, problem: Problem): void {
  const key = `${problem.path}\n${problem.line}\n${problem.message}`;
  if (found.size < 10 * MOST_PROBLEMS && !found.has(key)) found.set(key, problem);
}
