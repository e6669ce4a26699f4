import type { Language, Tree, TreeCursor } from "web-tree-sitter";
import type { SyntaxNode, SyntaxProblem, SyntaxTree } from "../../ports/syntax.ts";

/** A test file of 2,000 lines has 30,000; larger trees are generated. */
const NODES = 150_000;

/** Rules walk trees recursively; a person's text does not nest deeper. */
const DEPTH = 400;

/** Undefined for an omitted node. */
type Grow = (parent: SyntaxNode) => Growing | undefined;
type Growing = Omit<SyntaxNode, "children"> & { readonly children: SyntaxNode[] };

/**
 * A copy of a tree in plain objects, so that rules need no parser and nothing has to be freed. Omits unnamed tokens,
 * except operators, which have a field, and those of a Rust macro, of which the grammar knows only tokens.
 */
export function plainTree(
  tree: Tree,
  text: string,
): SyntaxTree | { readonly problem: SyntaxProblem } {
  const cursor = tree.walk();
  try {
    const lineAt = countLines(text);
    const place = { cursor, lineAt };
    const words = wordsOf(tree.language);
    const root = growing(place, { kind: cursor.nodeType, field: undefined }, undefined);
    const grow: Grow = (parent) => {
      const id = cursor.nodeTypeId;
      const kind = words.types[id] ?? "ERROR";
      const field = words.fields[cursor.currentFieldId] ?? undefined;
      const isKept =
        parent.kind === "token_tree" || words.isNamed(id) || (field !== undefined && kind !== ".");
      return isKept ? growing(place, { kind, field }, parent) : undefined;
    };
    const unreadAt = tree.rootNode.hasError ? findError(cursor) : undefined;
    const problem = fill(cursor, root, grow);
    if (problem !== undefined) return { problem };
    return { text, root, unreadAt };
  } finally {
    cursor.delete();
  }
}

/** Copies everything below the root. Each question to the cursor costs a call. */
function fill(cursor: TreeCursor, root: Growing, grow: Grow): SyntaxProblem | undefined {
  const path: Growing[] = [root];
  let more = cursor.gotoFirstChild();
  for (let count = 0; more; count += 1) {
    const parent = path.at(-1) ?? root;
    const node = grow(parent);
    if (node !== undefined) parent.children.push(node);
    const problem = exceeds(path.length, count);
    if (problem !== undefined) return problem;
    // An unnamed node has no children.
    if (node !== undefined && cursor.gotoFirstChild()) path.push(node);
    else more = gotoNext(cursor, path);
  }
  return undefined;
}

/** Line of the first place that the grammar could not read. */
function findError(cursor: TreeCursor): number {
  let node = cursor.currentNode;
  for (let found: typeof node | undefined = node; found !== undefined; ) {
    node = found;
    const stops = node.isMissing || (node.isError && node.parent !== null);
    found = stops
      ? undefined
      : (node.children.find((one) => one.hasError || one.isMissing) ?? undefined);
  }
  return node.startPosition.row + 1;
}

function exceeds(depth: number, count: number): SyntaxProblem | undefined {
  if (depth > DEPTH) return "too-deep";
  return count > NODES ? "too-large" : undefined;
}

/** To the next node that is not below this one. */
function gotoNext(cursor: TreeCursor, path: Growing[]): boolean {
  while (!cursor.gotoNextSibling()) {
    if (!cursor.gotoParent()) return false;
    path.pop();
  }
  return true;
}

interface Words {
  readonly types: readonly string[];
  readonly fields: readonly (string | null)[];
  readonly isNamed: (id: number) => boolean;
}

const asked = new WeakMap<Language, Map<number, boolean>>();

/** Whether a kind of node is named is asked once per kind, not per node. */
function wordsOf(language: Language): Words {
  const known = asked.get(language) ?? new Map<number, boolean>();
  asked.set(language, known);
  const isNamed = (id: number) => {
    const found = known.get(id) ?? language.nodeTypeIsNamed(id);
    known.set(id, found);
    return found;
  };
  return { types: language.types, fields: language.fields, isNamed };
}

interface Place {
  readonly cursor: TreeCursor;
  readonly lineAt: (start: number) => number;
}

function growing(
  { cursor, lineAt }: Place,
  { kind, field }: Pick<SyntaxNode, "kind" | "field">,
  parent: SyntaxNode | undefined,
): Growing {
  const start = cursor.startIndex;
  return { kind, field, start, end: cursor.endIndex, line: lineAt(start), parent, children: [] };
}

/** Nodes come in the order of their starts, so counting continues from the last one. */
function countLines(text: string): (start: number) => number {
  let line = 1;
  let next = text.indexOf("\n");
  return (start) => {
    while (next !== -1 && next < start) {
      line += 1;
      next = text.indexOf("\n", next + 1);
    }
    return line;
  };
}
