import type { RatchetFinding } from "../../../../domain/evidence/ratchet.ts";
import type { SyntaxNode } from "../../../../ports/syntax.ts";
import { callOf, dotted } from "../reading/call.ts";
import { isString, nodesIn, textOf } from "../reading/node.ts";
import type { TestFile } from "../reading/test-file.ts";
import { type Comparison, type FilePair, findAdded } from "./compare.ts";
import type { Pairing } from "./pair-tests.ts";

/** At least this many recordings, and more than half of the old ones, changed at once. */
const WHOLESALE = 3;

/** Recordings that were replaced as a whole, in a snapshot file or inside the tests. */
export function findRewritten({ files, pairing }: Comparison): readonly RatchetFinding[] {
  return files.flatMap((pair) => {
    const { before, after } = pair;
    if (before === undefined || after === undefined) return [];
    const [was, is] = [recorded(before), recorded(after)];
    const known = [...was].filter(([name]) => is.has(name));
    const changed = known.filter(([name, { text }]) => is.get(name)?.text !== text);
    const inline = inlineChanges(pair, pairing);
    return [
      ...wholesale(
        changed.map(([name]) => is.get(name)?.node),
        known.length,
        after,
      ),
      ...wholesale(inline.changed, inline.known, after),
    ];
  });
}

function wholesale(
  changed: readonly (SyntaxNode | undefined)[],
  known: number,
  file: TestFile,
): readonly RatchetFinding[] {
  const [first] = changed;
  if (first === undefined || changed.length < WHOLESALE || changed.length * 2 <= known) return [];
  return [findAdded("snapshots-rewritten", file, first, `${changed.length}/${known}`)];
}

interface Recording {
  readonly text: string;
  readonly node: SyntaxNode;
}

/** jest's and vitest's files: exports["name"] = `…`. */
function recorded(file: TestFile): ReadonlyMap<string, Recording> {
  const found = new Map<string, Recording>();
  if (!file.path.endsWith(".snap")) return found;
  for (const node of nodesIn(file.root)) {
    const [left, right] = node.children;
    if (node.kind !== "assignment_expression" || left === undefined || right === undefined)
      continue;
    if (dotted(left, file.text).startsWith("exports"))
      found.set(textOf(left, file.text), { text: textOf(right, file.text), node });
  }
  return found;
}

function inlineChanges({ before, after }: FilePair, { pairs }: Pairing) {
  let known = 0;
  const changed: SyntaxNode[] = [];
  for (const pair of pairs) {
    if (pair.before.file !== before || pair.after.file !== after) continue;
    const [was, is] = [inline(pair.before), inline(pair.after)];
    known += Math.min(was.length, is.length);
    changed.push(
      ...is
        .filter((one, index) => was[index] !== undefined && was[index]?.text !== one.text)
        .map(({ node }) => node),
    );
  }
  return { known, changed };
}

function inline({ assertions, file }: Pairing["fresh"][number]): readonly Recording[] {
  return assertions.flatMap(({ node, strength }) => {
    const call = callOf(node, file.text);
    const value = call?.args.find(isString) ?? call?.args.at(-1);
    return strength !== "recorded" || value === undefined
      ? []
      : [{ node, text: textOf(value, file.text) }];
  });
}
