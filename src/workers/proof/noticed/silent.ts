import type { Syntax, SyntaxNode, SyntaxTree } from "../../../ports/syntax.ts";
import { languageOf } from "../ratchet/languages/languages.ts";
import { isComment, isString, nodesIn } from "../ratchet/reading/node.ts";
import type { FileVersions, Hunk } from "./hunks.ts";

/**
 * Hunks of only comments and blank lines, or of tests that Rust leaves out of the program, by the file's syntax tree; no
 * other test could miss them. Without a grammar, or if it cannot read the file, every line counts.
 */
export async function silentHunks(
  file: FileVersions,
  hunks: readonly Hunk[],
  syntax: Syntax,
): Promise<ReadonlySet<Hunk>> {
  const language = languageOf(file.path);
  if (language === undefined) return new Set();
  const read = async (version: FileVersions["before"]) => {
    if (version === undefined) return () => true;
    const text = new TextDecoder().decode(version.bytes);
    const tree = await syntax.parse(language.grammar(file.path), text);
    if ("problem" in tree || tree.unreadAt !== undefined) return undefined;
    return silentLines(tree, language.name);
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

/** Whether a line, counted from 0, has no effect on a build. */
function silentLines(tree: SyntaxTree, language: string): (line: number) => boolean {
  const { text, root } = tree;
  const nodes = nodesIn(root);
  const comments = byLine(
    nodes.filter((node) => isSilent(node, text, language)),
    text,
  );
  const strings = byLine(nodes.filter(isString), text);
  const silent = linesIn(text).map(({ start, line }, number) => {
    // Even if it is blank or looks like a comment, because it is in a string.
    if (strings.has(number)) return false;
    const rest = (comments.get(number) ?? []).reduce(
      (left, node) => blanked(left, node.start - start, node.end - start),
      line,
    );
    return rest.trim() === "";
  });
  return (number) => silent[number] === true;
}

function isSilent(node: SyntaxNode, text: string, language: string): boolean {
  // Stryker disable next-line ConditionalExpression: no other grammar has such nodes
  if (language === "rust" && isLeftOut(node, text)) return true;
  return isComment(node) && !(language === "go" && isRead(text.slice(node.start, node.end)));
}

/** Code marked by `#[cfg(test)]` or `#[test]` is only in the test program, with its other marks. */
function isLeftOut(node: SyntaxNode, text: string): boolean {
  // Stryker disable next-line ConditionalExpression,Regex: it spares looking at the siblings of every other node
  if (!/^(?:attribute|mod|function)_item$/.test(node.kind)) return false;
  const siblings = node.parent?.children ?? [];
  const at = siblings.indexOf(node);
  const next = siblings.findIndex(({ kind }, index) => index >= at && kind !== "attribute_item");
  if (!/^(?:mod|function)_item$/.test(siblings[next]?.kind ?? "")) return false;
  const before = siblings.slice(0, next).reverse();
  const end = before.findIndex(({ kind }) => kind !== "attribute_item");
  const marks = end === -1 ? before : before.slice(0, end);
  return marks.some((mark) => isTestMark(text.slice(mark.start, mark.end)));
}

function isTestMark(mark: string): boolean {
  return /^#\[(?:cfg\(test\)|test)\]$/.test(mark.replace(/\s+/g, ""));
}

function linesIn(text: string): readonly { readonly start: number; readonly line: string }[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const place = { start, line };
    start += line.length + 1;
    return place;
  });
}

/** Nodes on each line, counted from 0. */
function byLine(
  nodes: readonly SyntaxNode[],
  text: string,
): ReadonlyMap<number, readonly SyntaxNode[]> {
  const found = new Map<number, SyntaxNode[]>();
  for (const node of nodes) {
    const height = text.slice(node.start, node.end).split("\n").length;
    for (let line = node.line - 1; line < node.line - 1 + height; line += 1) {
      const known = found.get(line);
      if (known === undefined) found.set(line, [node]);
      else known.push(node);
    }
  }
  return found;
}

function blanked(line: string, from: number, to: number): string {
  const [start, end] = [Math.max(0, from), Math.min(line.length, to)];
  return `${line.slice(0, start)}${" ".repeat(end - start)}${line.slice(end)}`;
}

/** Comments that Go's own tools read: directives, build constraints, the preamble of cgo (https://go.dev/doc/comment#Syntax). */
function isRead(comment: string): boolean {
  return !/^\/\/(?:\s|$)/.test(comment) || /^\/\/\s*\+build\b/.test(comment);
}
