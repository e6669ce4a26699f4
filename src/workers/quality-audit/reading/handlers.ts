import type { SyntaxNode } from "../../../ports/syntax.ts";
import { childOf } from "../../proof/ratchet/reading/node.ts";

const HANDLERS = new Set(["catch_clause", "catch_block", "except_clause", "rescue"]);
/** Nodes with the statements of a handler, which may be empty. */
const BODIES = new Set([
  ...["statement_block", "block", "compound_statement", "statements", "then", "body_statement"],
]);
/** Statements that do nothing. */
const NOTHING = new Set(["pass_statement", "empty_statement"]);
const CALLBACKS = new Set(["arrow_function", "function_expression"]);

export interface HandlerFacts {
  readonly line: number;
  /** Whether it has no statement, and no comment with a reason. */
  readonly isEmpty: boolean;
}

/** Error handlers in a file: clauses of the language, and functions passed to a promise's `catch`. */
export function handlersIn(nodes: readonly SyntaxNode[], text: string): readonly HandlerFacts[] {
  return nodes.flatMap((node) => {
    if (HANDLERS.has(node.kind)) return [{ line: node.line, isEmpty: isEmptyHandler(node) }];
    const callback = promiseHandler(node, text);
    if (callback === undefined) return [];
    const body = childOf(callback, "body");
    return [{ line: node.line, isEmpty: body !== undefined && isEmptyBody(body) }];
  });
}

function isEmptyHandler(handler: SyntaxNode): boolean {
  const bodies = handler.children.filter(({ kind }) => BODIES.has(kind));
  // Some grammars put a comment beside the body.
  if (handler.children.some(({ kind }) => /comment$/.test(kind))) return false;
  return bodies.every(isEmptyBody);
}

function isEmptyBody({ kind, children }: SyntaxNode): boolean {
  return BODIES.has(kind) && children.every((child) => NOTHING.has(child.kind));
}

/** `promise.catch(() => {})` */
function promiseHandler(node: SyntaxNode, text: string): SyntaxNode | undefined {
  if (node.kind !== "call_expression") return undefined;
  const called = childOf(node, "function");
  const property = called === undefined ? undefined : childOf(called, "property");
  if (property === undefined || text.slice(property.start, property.end) !== "catch")
    return undefined;
  const [only, ...others] = childOf(node, "arguments")?.children ?? [];
  return only !== undefined && others.length === 0 && CALLBACKS.has(only.kind) ? only : undefined;
}
