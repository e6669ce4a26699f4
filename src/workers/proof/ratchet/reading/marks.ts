import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { callOf, dotted, unwrap } from "./call.ts";
import { above, childOf, isComment, nodesIn } from "./node.ts";

/** A decorator, attribute or annotation; for a call that declares a test also its modifiers and options. */
export interface Mark {
  readonly path: string;
  readonly args: readonly SyntaxNode[];
  readonly node: SyntaxNode;
}

const BEFORE = new Set([
  "attribute_item",
  "decorator",
  "attribute_list",
  "comment",
  "line_comment",
]);
const INSIDE = new Set(["modifiers", "attribute_list", "attributes", "decorator"]);
const MARKS = new Set(["marker_annotation", "annotation", "attribute", "decorator"]);

export function marksOf(node: SyntaxNode, text: string): readonly Mark[] {
  const inside = node.children.filter(({ kind }) => INSIDE.has(kind));
  const around = [...standingBefore(node), ...inside];
  return around.flatMap((place) => {
    // PHPUnit's annotation in a comment is a mark too.
    if (isComment(place)) return docMarks(place, text);
    return nodesIn(place)
      .filter((one) => MARKS.has(one.kind) && above(one, MARKS) === undefined)
      .map((found) => markOf(found, text));
  });
}

function docMarks(node: SyntaxNode, text: string): readonly Mark[] {
  const content = text.slice(node.start, node.end);
  if (!content.startsWith("/**") || !/@test\b/.test(content)) return [];
  return [{ path: "@test", args: [], node }];
}

/** In Rust and Python, marks are siblings. */
function standingBefore(node: SyntaxNode): readonly SyntaxNode[] {
  const siblings = node.parent?.children ?? [];
  const found: SyntaxNode[] = [];
  for (let index = siblings.indexOf(node) - 1; index >= 0; index -= 1) {
    const sibling = siblings[index];
    if (sibling === undefined || !BEFORE.has(sibling.kind)) break;
    found.push(sibling);
  }
  return found.reverse();
}

function markOf(node: SyntaxNode, text: string): Mark {
  const [first] = node.children;
  const call = first === undefined ? undefined : callOf(first, text);
  if (call !== undefined) return { path: call.path, args: call.args, node };
  const name = childOf(node, "name") ?? first;
  const path = name === undefined ? "?" : dotted(innermost(name), text);
  const rest = node.children.filter((child) => child !== name);
  const inner = first?.kind === "constructor_invocation" ? first.children.slice(1) : [];
  const args = [...rest, ...inner].flatMap(({ children }) => children.map(unwrap));
  return { path, args, node };
}

function innermost(node: SyntaxNode): SyntaxNode {
  const [first] = node.children;
  return node.kind === "constructor_invocation" && first !== undefined ? first : node;
}
