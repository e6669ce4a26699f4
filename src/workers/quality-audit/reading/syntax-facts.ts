import type { Syntax } from "../../../ports/syntax.ts";
import { languageOf } from "../../proof/ratchet/languages/languages.ts";
import { nodesIn } from "../../proof/ratchet/reading/node.ts";
import { type FunctionFacts, functionsIn } from "./complexity.ts";
import { type DeclarationFacts, declarationsIn } from "./declarations.ts";
import { type HandlerFacts, handlersIn } from "./handlers.ts";

/** Facts from the syntax tree of one file. */
export interface SyntaxFacts {
  readonly functions: readonly FunctionFacts[];
  readonly handlers: readonly HandlerFacts[];
  readonly declarations: readonly DeclarationFacts[];
}

/** Whether a grammar reads files of this name. */
export function hasGrammar(path: string): boolean {
  return languageOf(path) !== undefined;
}

/** Undefined if no grammar reads the file, or it is too large, too deep or in another language. */
export async function readSyntax(
  syntax: Syntax,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<SyntaxFacts | undefined> {
  const grammar = languageOf(path)?.grammar(path);
  if (grammar === undefined) return undefined;
  const tree = await syntax.parse(grammar, text);
  // A tree with errors would be counted only in part.
  if ("problem" in tree || tree.unreadAt !== undefined) return undefined;
  const nodes = nodesIn(tree.root);
  return {
    functions: functionsIn(nodes, text),
    handlers: handlersIn(nodes, text),
    declarations: declarationsIn(nodes, { grammar, text }),
  };
}
