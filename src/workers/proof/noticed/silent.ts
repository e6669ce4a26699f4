import type { Syntax, SyntaxTree } from "../../../ports/syntax.ts";
import { languageOf } from "../ratchet/languages/languages.ts";
import { isComment, isString, nodesIn } from "../ratchet/reading/node.ts";
import type { FileVersions, Hunk } from "./hunks.ts";

/**
 * Hunks of comments and blank lines alone, by the file's syntax tree: nothing that runs could miss them. Where there is no
 * grammar, or it cannot read the file, every line counts.
 */
export async function silentHunks(
  file: FileVersions,
  hunks: readonly Hunk[],
  syntax: Syntax,
): Promise<ReadonlySet<Hunk>> {
  const language = languageOf(file.path);
  if (language === undefined || hunks.length === 0) return new Set();
  const read = async (version: FileVersions["before"]) => {
    if (version === undefined) return () => true;
    const text = new TextDecoder().decode(version.bytes);
    const tree = await syntax.parse(language.grammar(file.path), text);
    if ("problem" in tree || tree.unreadAt !== undefined) return undefined;
    return silentLines(tree, language.name === "go");
  };
  const before = await read(file.before);
  const after = await read(file.after);
  if (before === undefined || after === undefined) return new Set();
  return new Set(
    hunks.filter(
      ({ difference }) =>
        between(difference.before).every(before) && between(difference.after).every(after),
    ),
  );
}

function between([start, end]: readonly [number, number]): readonly number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/** Whether a line, counted from 0, says nothing to whoever builds the file. */
function silentLines(tree: SyntaxTree, isGo: boolean): (line: number) => boolean {
  const { text, root } = tree;
  const nodes = nodesIn(root);
  const comments = nodes.filter(
    (node) => isComment(node) && !(isGo && isRead(text.slice(node.start, node.end))),
  );
  const strings = nodes.filter(isString);
  const lines = text.split("\n");
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return (number) => {
    const start = starts[number] ?? text.length;
    const end = start + (lines[number]?.length ?? 0);
    if (strings.some((node) => node.start < start && node.end > start)) return false;
    const over = comments.filter((node) => node.start < end && node.end > start);
    const rest = over.reduce(
      (left, node) => blanked(left, node.start - start, node.end - start),
      text.slice(start, end),
    );
    return rest.trim() === "";
  };
}

function blanked(line: string, from: number, to: number): string {
  const [start, end] = [Math.max(0, from), Math.min(line.length, to)];
  return `${line.slice(0, start)}${" ".repeat(end - start)}${line.slice(end)}`;
}

/** Comments that Go's own tools read: directives, build constraints, the preamble of cgo (https://go.dev/doc/comment#Syntax). */
function isRead(comment: string): boolean {
  return !/^\/\/(?:\s|$)/.test(comment) || /^\/\/\s*\+build\b/.test(comment);
}
