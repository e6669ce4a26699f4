import type { Syntax, SyntaxNode, SyntaxTree } from "../../../../ports/syntax.ts";
import { isComment, nodesIn } from "../../ratchet/reading/node.ts";
import type { Version } from "../hunks.ts";
import { type GrainedFile, grainOf } from "./grain.ts";

/** A version of a file as a tree, with what its grammar calls things. */
export interface ReadGrain extends GrainedFile {
  readonly tree: SyntaxTree;
}

/** Undefined where no grammar is at hand, or none could make a tree of it. */
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

/** Undefined where bytes are no UTF-8: written back they would be others. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Lines of a node, from 1. A node of some grammars ends behind the end of its last line. */
export function linesOfNode(
  { start, end, line }: Pick<SyntaxNode, "start" | "end" | "line">,
  text: string,
): readonly [number, number] {
  const breaks = text.slice(start, end).trimEnd().split("\n").length - 1;
  return [line, line + breaks];
}

/** What stands in a list of statements, or among the declarations of a file or a class. */
export function statementsIn({ tree, lists, tops }: ReadGrain): readonly SyntaxNode[] {
  return nodesIn(tree.root).filter((node) => {
    const above = node.parent?.kind ?? "";
    return (lists.has(above) || tops.has(above)) && !isComment(node);
  });
}
