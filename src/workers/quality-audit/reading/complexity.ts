import type { SyntaxNode } from "../../../ports/syntax.ts";
import { childOf } from "../../proof/ratchet/reading/node.ts";

/** McCabe's bound of 1976, which linters adopted: more paths than this through one function are too many. */
export const COMPLEX = 10;

/** Nodes with paths of their own, in all grammars. A nested function counts for itself. */
const FUNCTIONS = new Set([
  ...["function_declaration", "function_expression", "function_definition", "function_item"],
  ...["generator_function", "generator_function_declaration", "arrow_function", "func_literal"],
  ...["method_definition", "method_declaration", "method", "singleton_method"],
  ...["constructor_declaration", "compact_constructor_declaration", "local_function_statement"],
  ...["lambda_expression", "lambda_literal", "lambda", "closure_expression"],
  ...["anonymous_function", "anonymous_function_creation_expression", "secondary_constructor"],
]);

/** Each adds one path: a condition, a round of a loop, a case, a handler. A default is the existing path. */
const WAYS = new Set([
  ...["if_statement", "if_expression", "if", "elsif", "elif_clause", "if_clause", "else_if_clause"],
  ...["unless", "if_modifier", "unless_modifier", "if_guard", "unless_guard"],
  ...["ternary_expression", "conditional_expression", "conditional"],
  ...["for_statement", "for_in_statement", "for_expression", "for", "for_in_clause"],
  ...["enhanced_for_statement", "foreach_statement"],
  ...[
    "while_statement",
    "while_expression",
    "while",
    "until",
    "do_statement",
    "do_while_statement",
  ],
  ...["while_modifier", "until_modifier"],
  ...["switch_case", "case_clause", "case_statement", "expression_case", "type_case"],
  ...["communication_case", "match_arm", "match_conditional_expression", "when_entry", "when"],
  ...["switch_section", "switch_expression_arm", "in_clause"],
  ...["catch_clause", "catch_block", "except_clause", "rescue", "rescue_modifier"],
  ...["boolean_operator", "conjunction_expression", "disjunction_expression", "elvis_expression"],
]);
/** Groups of Java with `case` labels; those with only a default add no path. */
const JAVA_CASES = new Set(["switch_block_statement_group", "switch_rule"]);
const SHORT_CIRCUITS = new Set(["&&", "||", "??", "and", "or", "?:"]);

export interface FunctionFacts {
  readonly line: number;
  readonly complexity: number;
  /** Number of its lines; none for a nested function, whose lines belong to the outer one. */
  readonly lines: number;
}

/** The functions of a file with the number of paths through each. */
export function functionsIn(nodes: readonly SyntaxNode[], text: string): readonly FunctionFacts[] {
  const ways = new Map<SyntaxNode, number>();
  for (const node of nodes) {
    if (FUNCTIONS.has(node.kind)) ways.set(node, ways.get(node) ?? 1);
    else if (isWay(node)) {
      const around = functionAround(node);
      if (around !== undefined) ways.set(around, (ways.get(around) ?? 1) + 1);
    }
  }
  return [...ways].map(([node, complexity]) => {
    const ends = text.slice(node.start, node.end).split("\n").length;
    return { line: node.line, complexity, lines: functionAround(node) === undefined ? ends : 0 };
  });
}

function isWay(node: SyntaxNode): boolean {
  // A default that is written as a case has no value.
  if (node.kind === "switch_section" || JAVA_CASES.has(node.kind)) return holdsValue(node);
  if (WAYS.has(node.kind)) return true;
  const operator = childOf(node, "operator")?.kind;
  return operator !== undefined && SHORT_CIRCUITS.has(operator);
}

function holdsValue(group: SyntaxNode): boolean {
  return group.children.some(
    ({ kind, children }) =>
      (kind === "switch_label" && children.length > 0) || /pattern|literal/.test(kind),
  );
}

function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  let around = node.parent;
  while (around !== undefined && !FUNCTIONS.has(around.kind)) around = around.parent;
  return around;
}
