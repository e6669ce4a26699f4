import type { Syntax, SyntaxNode, SyntaxTree } from "../../../../ports/syntax.ts";
import { isComment, nodesIn } from "../../ratchet/reading/node.ts";
import type { Version } from "../hunks.ts";
import { type GrainedFile, grainOf } from "./grain.ts";

/** A version of a file as a tree, with its grammar's node types. */
export interface ReadGrain extends GrainedFile {
  readonly tree: SyntaxTree;
}

/** Undefined if there is no grammar, or it could not parse the file. */
export async function readGrain(
  path: string,
  { bytes }: Version,
  syntax: Syntax,
): Promise<ReadGrain | undefined> {
  const grain = grainOf(path);
  const text = textOf(bytes);
  if (grain === undefined || text === undefined) return undefined;
  const tree = await syntax.parse(grain.grammar, text);
  return "problem" in tree ? undefined : { ...grain, tree };
}

/** Undefined if bytes are no UTF-8, because writing them back would change them. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Lines of a node, from 1. In some grammars a node ends after the end of its last line. */
export function linesOfNode(
  { start, end, line }: Pick<SyntaxNode, "start" | "end" | "line">,
  text: string,
): readonly [number, number] {
  const breaks = text.slice(start, end).trimEnd().split("\n").length - 1;
  return [line, line + breaks];
}

/** Members of a list of statements, or declarations of a file or a class. */
export function statementsIn({ tree, lists, tops }: ReadGrain): readonly SyntaxNode[] {
  return nodesIn(tree.root).filter((node) => {
    const above = node.parent?.kind ?? "";
    return (lists.has(above) || tops.has(above)) && !isComment(node);
  });
}
