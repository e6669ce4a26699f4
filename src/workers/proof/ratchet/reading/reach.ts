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

/** Whether the node can be reached: no unconditional exit before it, and no dead branch or unused function around it. */
export function isReached(node: SyntaxNode, within: SyntaxNode, text: string): boolean {
  return stepsTo(node, within).every(
    ([inner, outer]) => !(isCutOff(inner, outer, text) || isNeverUsed(inner, outer, within, text)),
  );
}

/** The same for a test in its file, whose functions other files may call. */
export function isDeclared(test: SyntaxNode, file: SyntaxNode, text: string): boolean {
  return stepsTo(test, file).every(([inner, outer]) => !isCutOff(inner, outer, text));
}

type Step = readonly [inner: SyntaxNode, outer: SyntaxNode];

/** From a node to its ancestors, up to one; a mark is outside its test. */
function stepsTo(node: SyntaxNode, within: SyntaxNode): readonly Step[] {
  const steps: Step[] = [];
  for (let inner = node; inner !== within && inner.parent !== undefined; inner = inner.parent)
    steps.push([inner, inner.parent]);
  return steps;
}

function isCutOff(node: SyntaxNode, outer: SyntaxNode, text: string): boolean {
  return (
    (BLOCKS.has(outer.kind) && leavesBefore(node, outer, text)) || isNeverTaken(node, outer, text)
  );
}

/** A branch on a plain `false`, or in Ruby on `unless true`; a `do` runs once before its condition. */
function isNeverTaken(node: SyntaxNode, branch: SyntaxNode, text: string): boolean {
  if (node.field === "alternative" || branch.kind === "do_statement") return false;
  return conditionText(branch, text) === (branch.kind.startsWith("unless") ? "true" : "false");
}

function conditionText(branch: SyntaxNode, text: string): string | undefined {
  const condition = childOf(branch, "condition");
  return (
    condition &&
    textOf(condition, text)
      .replace(/^\(|\)$/g, "")
      .toLowerCase()
  );
}

const FUNCTIONS = new Set([
  ...["lambda_expression", "lambda_literal", "arrow_function", "function_expression", "lambda"],
  ...["func_literal", "closure_expression", "anonymous_function"],
]);
const BINDINGS = new Set([
  ...["variable_declarator", "assignment", "property_declaration", "let_declaration"],
  ...["short_var_declaration", "assignment_expression", "expression_list"],
]);

/** A function that only gets a name, which nothing uses. */
function isNeverUsed(
  node: SyntaxNode,
  parent: SyntaxNode,
  within: SyntaxNode,
  text: string,
): boolean {
  if (!FUNCTIONS.has(node.kind) || !BINDINGS.has(parent.kind)) return false;
  const binding = parent.kind === "expression_list" ? parent.parent : parent;
  const name = wordOf(binding?.children[0], text);
  if (!/^\w+$/.test(name)) return false;
  const uses = nodesIn(within).filter(
    (one) => one.children.length === 0 && wordOf(one, text) === name,
  );
  return uses.length < 2;
}

/** PHP's variables are a `$` and a name. */
function wordOf(node: SyntaxNode | undefined, text: string): string {
  return text.slice(node?.start, node?.end).replace(/^\$/, "");
}

function leavesBefore(node: SyntaxNode, block: SyntaxNode, text: string): boolean {
  return block.children.some((one) => one.start < node.start && leaves(one, text));
}

function leaves(node: SyntaxNode, text: string): boolean {
  if (LEAVING.has(node.kind)) return true;
  if (node.kind === "expression_statement") return node.children.some((one) => leaves(one, text));
  return (
    conditionText(node, text) === "true" &&
    node.children
      .filter(({ field }) => field !== "alternative")
      .some((one) => leaves(one, text) || one.children.some((inner) => leaves(inner, text)))
  );
}
