import type { ChangedFile } from "../../../../domain/change-set.ts";
import type { Syntax, SyntaxNode } from "../../../../ports/syntax.ts";
import { isString, nodesIn } from "../../ratchet/reading/node.ts";
import type { FileVersions, Hunk } from "../hunks.ts";
import { diffLines } from "../line-diff.ts";
import { linesOf } from "../lines.ts";
import { linesOfNode, type ReadGrain, readGrain, statementsIn } from "./read-grain.ts";

/** A part of a hunk that can be left out alone. */
export interface Piece {
  /** One statement; or the whole body of a function that the hunk inserts. */
  readonly as: "statement" | "body";
  /** First and last line in the change, from 1. */
  readonly from: number;
  readonly to: number;
  /** Of those, the pure insertions. */
  readonly lines: number;
  /** The changed file without it; created on demand, because a file may have a thousand. */
  readonly without: () => ChangedFile;
}

/** Why a hunk has no pieces. */
export type Unsplit = "no-grammar" | "no-statement";

type Place = Omit<Piece, "lines" | "without"> & { readonly start: number; readonly end: number };

/**
 * The statements that a hunk inserts, the largest first. Statement deletion is one of the oldest operators of mutation
 * testing (Deng, Offutt, Li: Empirical Evaluation of the Statement Deletion Mutation Operator, ICST 2013). The body of a
 * new function is replaced by a failing statement (Agrawal et al.: Design of Mutant Operators for the C Programming
 * Language, 1989, trap on statement execution). The tree only chooses what is tried; the tests judge it.
 */
export async function piecesOf(
  file: FileVersions,
  hunk: Hunk,
  syntax: Syntax,
): Promise<readonly Piece[] | Unsplit> {
  const { path, after } = file;
  if (after === undefined) return "no-statement";
  const read = await readGrain(path, after, syntax);
  if (read === undefined) return "no-grammar";
  const lines = putIn(file, hunk);
  const found = [...bodiesIn(read, lines), ...deletableIn(read, lines)].toSorted(largestFirst);
  const pieces = found.map(({ start, end, ...place }): Piece => {
    const own = between(place).filter((line) => lines.get(line) === "new").length;
    const without = (): ChangedFile => {
      const { text } = read.tree;
      const instead = place.as === "body" ? read.failing : read.nothing;
      const left = `${text.slice(0, start)}${instead}${text.slice(end)}`;
      const content = Buffer.from(left, "utf8").toString("base64");
      return { path, mode: after.mode, encoding: "base64", content };
    };
    return { ...place, lines: own, without };
  });
  return pieces.length === 0 ? "no-statement" : pieces;
}

/** Inserted lines of a hunk in the change, from 1. Without removed lines they are new; otherwise they replace others. */
type PutIn = ReadonlyMap<number, "new" | "instead">;

function putIn({ before, after }: FileVersions, { difference }: Hunk): PutIn {
  const old = linesOf(before?.bytes ?? new Uint8Array());
  const now = linesOf(after?.bytes ?? new Uint8Array());
  const [first, end] = difference.after;
  const lines = new Map<number, "new" | "instead">();
  for (const { before: out, after: put } of diffLines(old, now)) {
    if (put[0] < first || put[1] > end) continue;
    const how = out[0] === out[1] ? "new" : "instead";
    for (let line = put[0]; line < put[1]; line += 1) lines.set(line + 1, how);
  }
  return lines;
}

function between({ from, to }: Pick<Piece, "from" | "to">): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function bodiesIn(read: ReadGrain, lines: PutIn): readonly Place[] {
  const { tree, functions } = read;
  return nodesIn(tree.root).flatMap((node) => {
    if (!functions.has(node.kind)) return [];
    const [from, to] = linesOfNode(node, tree.text);
    const isNew = between({ from, to }).every((line) => lines.get(line) === "new");
    const body = isNew ? listOf(node, read) : undefined;
    return body === undefined ? [] : contentsOf(body, tree.text);
  });
}

/** The list of statements that is a function's body: its child, or in Go and Kotlin a sibling of it. */
function listOf(node: SyntaxNode, { lists }: ReadGrain): SyntaxNode | undefined {
  const body = node.children.findLast(
    ({ field, kind }) => field === "body" || kind === "function_body",
  );
  if (body === undefined || lists.has(body.kind)) return body;
  return body.children.find(({ kind }) => lists.has(kind));
}

function contentsOf(list: SyntaxNode, text: string): readonly Place[] {
  const [first, last] = [list.children[0], list.children.at(-1)];
  if (first === undefined || last === undefined) return [];
  const inside = { start: first.start, end: last.end, line: first.line };
  const [from, to] = linesOfNode(inside, text);
  return [{ as: "body", from, to, start: inside.start, end: inside.end }];
}

function deletableIn(read: ReadGrain, lines: PutIn): readonly Place[] {
  const { tree, tops } = read;
  return statementsIn(read).flatMap((node) => {
    // Others refer to a declaration of a file or a class, so they do not build without it.
    const isDeclared = tops.has(node.parent?.kind ?? "") && DECLARATION.test(node.kind);
    const [from, to] = linesOfNode(node, tree.text);
    if (isDeclared || !between({ from, to }).every((line) => lines.has(line))) return [];
    if (isProse(node) || !isRead(node)) return [];
    return [{ as: "statement" as const, from, to, start: node.start, end: node.end }];
  });
}

/** A word in the type of its node: grammars use `import_statement` and `class_declaration`. */
const DECLARATION =
  /(?:^|_)(?:import|export|use|using|package|namespace|module|class|impl|interface|enum|struct|trait|mod|function|method|constructor|declaration|definition|item|initializer|directive|preproc|tag)(?:_|$)/;

/** Python's docstrings, and JavaScript's directives. */
function isProse({ children: [only, ...others] }: SyntaxNode): boolean {
  return only !== undefined && others.length === 0 && isString(only);
}

/** A part that the grammar could not read is no known statement. */
function isRead(node: SyntaxNode): boolean {
  return nodesIn(node).every(({ kind }) => kind !== "ERROR");
}

/** Equal sizes stay in order, with a body before its only statement. */
function largestFirst(one: Place, other: Place): number {
  const height = other.to - other.from - (one.to - one.from);
  return height === 0 ? other.end - other.start - (one.end - one.start) : height;
}
