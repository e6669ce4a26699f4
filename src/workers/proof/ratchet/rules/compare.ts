import type { RatchetFinding, RatchetRule } from "../../../../domain/evidence/ratchet.ts";
import type { SyntaxNode } from "../../../../ports/syntax.ts";
import type { TestFile } from "../reading/test-file.ts";
import type { Pairing } from "./pair-tests.ts";

/** Both versions of a file; absent if it does not exist or could not be read. */
export interface FilePair {
  readonly path: string;
  readonly before: TestFile | undefined;
  readonly after: TestFile | undefined;
}

/** Input of all rules. */
export interface Comparison {
  readonly files: readonly FilePair[];
  readonly pairing: Pairing;
}

const QUOTED = 200;

export function quote(node: SyntaxNode | undefined, file: TestFile | undefined): string {
  if (node === undefined || file === undefined) return "";
  const found = file.text.slice(node.start, node.end).replace(/\s+/g, " ");
  return found.length > QUOTED ? `${found.slice(0, QUOTED - 1)}…` : found;
}

/** A finding about a place in the change. */
export function findAdded(
  rule: RatchetRule,
  file: TestFile,
  node: SyntaxNode,
  before = "",
): RatchetFinding {
  return { path: file.path, line: node.line, rule, before, after: quote(node, file) };
}

/** Items that the right has more often than the left. */
export function surplus<Item>(
  left: readonly Item[],
  right: readonly Item[],
  key: (item: Item) => string,
): readonly Item[] {
  const counts = new Map<string, number>();
  for (const item of left) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return right.filter((item) => {
    const count = counts.get(key(item)) ?? 0;
    counts.set(key(item), count - 1);
    return count <= 0;
  });
}
