import type { SyntaxNode } from "../../../../ports/syntax.ts";

const listed = new WeakMap<SyntaxNode, readonly SyntaxNode[]>();

/** Each node of a tree, parents first. The list of a whole file is created once. */
export function nodesIn(node: SyntaxNode): readonly SyntaxNode[] {
  const known = listed.get(node);
  if (known !== undefined) return known;
  const found: SyntaxNode[] = [];
  collect(node, found);
  if (node.parent === undefined) listed.set(node, found);
  return found;
}

function collect(node: SyntaxNode, found: SyntaxNode[]): void {
  found.push(node);
  for (const child of node.children) collect(child, found);
}

export function childOf(node: SyntaxNode, ...fields: readonly string[]): SyntaxNode | undefined {
  return node.children.find(({ field }) => field !== undefined && fields.includes(field));
}

export function isComment(node: SyntaxNode): boolean {
  return COMMENTS.has(node.kind);
}

const COMMENTS = new Set(["comment", "line_comment", "block_comment", "multiline_comment"]);

export function isString(node: SyntaxNode): boolean {
  return STRINGS.has(node.kind);
}

const STRINGS = new Set([
  "string",
  "template_string",
  "string_literal",
  "raw_string_literal",
  "interpreted_string_literal",
  "character_literal",
  "encapsed_string",
  "verbatim_string_literal",
  "interpolated_string_expression",
  "heredoc_body",
  "multiline_string_literal",
  "simple_symbol",
]);

export function isNumber(node: SyntaxNode): boolean {
  return NUMBERS.has(node.kind);
}

const NUMBERS = new Set([
  "number",
  "integer",
  "float",
  "int_literal",
  "float_literal",
  "integer_literal",
  "decimal_integer_literal",
  "decimal_floating_point_literal",
  "real_literal",
  "number_literal",
]);

/** A literal value: a number, a string, true, false, nothing. */
export function isLiteral(node: SyntaxNode): boolean {
  if (isString(node)) return !node.children.some(({ kind }) => INTERPOLATIONS.has(kind));
  return isNumber(node) || CONSTANTS.has(node.kind);
}

/** Kotlin's grammar has no node type for `true`. */
export function isConstant(node: SyntaxNode, text: string): boolean {
  return isLiteral(node) || /^(true|false|null)$/.test(text.slice(node.start, node.end));
}

const INTERPOLATIONS = new Set(["interpolation", "template_substitution", "variable_name"]);
const CONSTANTS = new Set([
  "true",
  "false",
  "boolean",
  "boolean_literal",
  "null",
  "null_literal",
  "none",
  "nil",
  "undefined",
]);

/** The text without blanks, so that formatting is no change. */
export function textOf(node: SyntaxNode, text: string): string {
  return text
    .slice(node.start, node.end)
    .replace(/\s+/g, "")
    .replace(/,(?=[)\]}])/g, "");
}

/** Content of a string, without its quotes. */
export function stringOf(node: SyntaxNode, text: string): string {
  return text.slice(node.start, node.end).replace(/^[rbuf@$#]*["'`:]+|["'`]+#*$/gi, "");
}

/** Whether one of the nodes, which are in tree order, is inside another or equals it. */
export function holdsOneOf(outer: SyntaxNode, nodes: readonly SyntaxNode[]): boolean {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((nodes[middle]?.start ?? 0) < outer.start) low = middle + 1;
    else high = middle;
  }
  for (let one = nodes[low]; one !== undefined && one.start < outer.end; one = nodes[++low])
    if (one.end <= outer.end) return true;
  return false;
}

/** The nearest ancestor of one of the kinds. */
export function above(node: SyntaxNode, kinds: ReadonlySet<string>): SyntaxNode | undefined {
  let found = node.parent;
  while (found !== undefined && !kinds.has(found.kind)) found = found.parent;
  return found;
}
