import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { childOf, nodesIn, textOf } from "./node.ts";

const BLOCKS = new Set([
  "statement_block",
  "block",
  "statement_list",
  "compound_statement",
  "body_statement",
  "block_body",
  "function_body",
  "lambda_literal",
]);
const LEAVING = new Set(["return_statement", "return", "return_expression", "jump_expression"]);

/** Whether nothing that always leaves the test stands before the node, and no branch that is never taken around it. */
export function isReached(node: SyntaxNode, within: SyntaxNode, text: string): boolean {
  for (let inner = node; inner !== within && inner.parent !== undefined; inner = inner.parent) {
    const { parent } = inner;
    if (BLOCKS.has(parent.kind) && leavesBefore(inner, parent, text)) return false;
    if (isNeverTaken(inner, parent, text) || isNeverUsed(inner, parent, { within, text }))
      return false;
  }
  return true;
}

const IFS = new Set(["if_statement", "if_expression", "if", "if_modifier"]);

/** What hangs on a plain `false`. */
function isNeverTaken(node: SyntaxNode, branch: SyntaxNode, text: string): boolean {
  if (!IFS.has(branch.kind) || node.field === "alternative") return false;
  const condition = childOf(branch, "condition");
  return condition !== node && conditionText(condition, text) === "false";
}

function conditionText(condition: SyntaxNode | undefined, text: string): string {
  return condition === undefined
    ? ""
    : textOf(condition, text)
        .replace(/^\(|\)$/g, "")
        .toLowerCase();
}

const FUNCTIONS = new Set([
  ...["lambda_expression", "lambda_literal", "arrow_function", "function_expression", "lambda"],
  ...["func_literal", "closure_expression", "anonymous_function"],
]);
const BINDINGS = new Set([
  ...["variable_declarator", "assignment", "property_declaration", "let_declaration"],
  ...["short_var_declaration", "assignment_expression", "expression_list"],
]);

/** A function that is only given a name, which nothing mentions again. */
function isNeverUsed(
  node: SyntaxNode,
  parent: SyntaxNode,
  { within, text }: { readonly within: SyntaxNode; readonly text: string },
): boolean {
  if (!FUNCTIONS.has(node.kind) || !BINDINGS.has(parent.kind)) return false;
  const binding = parent.kind === "expression_list" ? parent.parent : parent;
  const [first] = binding?.children ?? [];
  if (first === undefined || first === node) return false;
  const name = text.slice(first.start, first.end);
  if (!/^[$\w]+$/.test(name)) return false;
  const uses = nodesIn(within).filter(
    (one) => one.children.length === 0 && text.slice(one.start, one.end) === name.replace("$", ""),
  );
  return uses.length < 2;
}

function leavesBefore(node: SyntaxNode, block: SyntaxNode, text: string): boolean {
  return block.children.some((one) => one.start < node.start && one !== node && leaves(one, text));
}

function leaves(node: SyntaxNode, text: string): boolean {
  if (LEAVING.has(node.kind)) return true;
  const [only] = node.children;
  if (IFS.has(node.kind)) {
    const taken = childOf(node, "consequence", "body") ?? node.children[1];
    const always = conditionText(childOf(node, "condition"), text) === "true";
    return (
      always &&
      taken !== undefined &&
      (leaves(taken, text) || taken.children.some((one) => leaves(one, text)))
    );
  }
  return node.kind === "expression_statement" && only !== undefined && leaves(only, text);
}
