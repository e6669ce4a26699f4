import type { SyntaxNode } from "../../../ports/syntax.ts";
import { childOf, isComment, isString } from "../../proof/ratchet/reading/node.ts";

export interface DeclarationFacts {
  readonly line: number;
  readonly isDocumented: boolean;
}

/** Whether a node declares something visible to others; undefined if the language does not say. */
type IsPublic = (node: SyntaxNode, text: string) => boolean;

const PYTHON = new Set(["function_definition", "class_definition"]);
const GO = new Set(["function_declaration", "method_declaration", "type_declaration"]);
const RUST = /_item$/;
const MEMBERS = /^(class|interface|enum|record|struct|method|constructor|object)_declaration$/;

const words = (node: SyntaxNode, text: string, ...kinds: readonly string[]) =>
  node.children
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ start, end }) => text.slice(start, end))
    .join(" ");
const hasPublic: IsPublic = (node, text) =>
  MEMBERS.test(node.kind) &&
  /\bpublic\b/.test(words(node, text, "modifiers", "modifier", "visibility_modifier"));

const exported: IsPublic = (node) =>
  node.kind === "export_statement" && childOf(node, "declaration") !== undefined;

/** By grammar, with its own terms. A language without such a term (Ruby) is missing. */
const PUBLIC: Readonly<Record<string, IsPublic>> = {
  javascript: exported,
  typescript: exported,
  tsx: exported,
  python: (node, text) =>
    PYTHON.has(node.kind) && !nameOf(node, text).startsWith("_") && !isNested(node, PYTHON),
  go: (node, text) => GO.has(node.kind) && /^\p{Lu}/u.test(nameOf(node, text)),
  rust: (node, text) => RUST.test(node.kind) && words(node, text, "visibility_modifier") === "pub",
  java: hasPublic,
  "c-sharp": hasPublic,
  php: (node, text) =>
    node.kind === "class_declaration" ||
    node.kind === "interface_declaration" ||
    hasPublic(node, text),
};

/** The public declarations of a file; undefined if the grammar's language has no term for them. */
export function declarationsIn(
  nodes: readonly SyntaxNode[],
  { grammar, text }: { readonly grammar: string; readonly text: string },
): readonly DeclarationFacts[] {
  const isPublic = PUBLIC[grammar];
  if (isPublic === undefined) return [];
  return nodes
    .filter((node) => isPublic(node, text))
    .map((node) => ({
      line: node.line,
      isDocumented: grammar === "python" ? hasDocstring(node) : followsComment(node, text),
    }));
}

function nameOf(node: SyntaxNode, text: string): string {
  const named =
    childOf(node, "name") ?? node.children[0]?.children.find(({ field }) => field === "name");
  return named === undefined ? "" : text.slice(named.start, named.end);
}

/** In a function. Members of a class are visible from outside. */
function isNested(node: SyntaxNode, kinds: ReadonlySet<string>): boolean {
  let around = node.parent;
  while (around !== undefined && !kinds.has(around.kind)) around = around.parent;
  return around?.kind === "function_definition";
}

function hasDocstring(node: SyntaxNode): boolean {
  const first = childOf(node, "body")?.children[0];
  if (first === undefined) return false;
  return (
    isString(first) ||
    (first.kind === "expression_statement" &&
      first.children[0] !== undefined &&
      isString(first.children[0]))
  );
}

/** A comment that ends on the line before, ignoring attributes and decorators between them. */
function followsComment(node: SyntaxNode, text: string): boolean {
  const siblings = node.parent?.children ?? [];
  let at = siblings.indexOf(node) - 1;
  let begin = node.start;
  while (/^(attribute_item|decorator|annotation)$/.test(siblings[at]?.kind ?? "")) {
    begin = siblings[at]?.start ?? begin;
    at -= 1;
  }
  const before = siblings[at];
  // Rust's line comments include their line end.
  return (
    before !== undefined && isComment(before) && !/\n[ \t]*\n/.test(text.slice(before.end, begin))
  );
}
