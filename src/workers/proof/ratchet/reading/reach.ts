import type { SyntaxNode } from "../../../../ports/syntax.ts";

const BLOCKS = new Set([
  "statement_block",
  "block",
  "statement_list",
  "compound_statement",
  "body_statement",
  "block_body",
  "function_body",
]);
const LEAVING = new Set(["return_statement", "return", "return_expression", "jump_expression"]);

/** Whether nothing that always leaves the test stands before the node. */
export function isReached(node: SyntaxNode, within: SyntaxNode): boolean {
  for (let inner = node; inner !== within && inner.parent !== undefined; inner = inner.parent) {
    if (BLOCKS.has(inner.parent.kind) && leavesBefore(inner, inner.parent)) return false;
  }
  return true;
}

function leavesBefore(node: SyntaxNode, block: SyntaxNode): boolean {
  return block.children.some((one) => one.start < node.start && one !== node && leaves(one));
}

function leaves(node: SyntaxNode): boolean {
  if (LEAVING.has(node.kind)) return true;
  const [only] = node.children;
  return node.kind === "expression_statement" && only !== undefined && LEAVING.has(only.kind);
}
