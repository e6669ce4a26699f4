import type { Syntax } from "../../../../ports/syntax.ts";
import { nodesIn } from "../../ratchet/reading/node.ts";
import type { FileVersions, Hunk, Version } from "../hunks.ts";
import { linesOfNode, readGrain, statementsIn } from "./read-grain.ts";

type Side = "before" | "after";

/**
 * Hunks of one file, in order, that share one statement, so that each alone would leave half of it. A statement that
 * contains others, like a loop, is not shared by changes in two of those.
 */
export async function cutTogether(
  file: FileVersions,
  hunks: readonly Hunk[],
  syntax: Syntax,
): Promise<readonly (readonly Hunk[])[]> {
  const inOrder = hunks.toSorted(
    (one, other) => one.difference.after[0] - other.difference.after[0],
  );
  const ties = await Promise.all(
    (["before", "after"] as const).map(async (side) => {
      const spans = await statementSpans(file.path, file[side], syntax);
      return (one: Hunk, other: Hunk) =>
        spans.some((span) => meets(span, one, side) && meets(span, other, side));
    }),
  );
  const groups: Hunk[][] = [];
  for (const hunk of inOrder) {
    const last = groups.at(-1);
    const neighbour = last?.at(-1);
    const isTied = neighbour !== undefined && ties.some((tie) => tie(neighbour, hunk));
    if (isTied) last?.push(hunk);
    else groups.push([hunk]);
  }
  return groups.filter(({ length }) => length > 1);
}

/** Lines, from 0, of the statements that contain no other. */
async function statementSpans(
  path: string,
  version: Version | undefined,
  syntax: Syntax,
): Promise<readonly (readonly [number, number])[]> {
  const read = version === undefined ? undefined : await readGrain(path, version, syntax);
  if (read === undefined) return [];
  return statementsIn(read)
    .filter((node) => !nodesIn(node).some(({ kind }) => read.lists.has(kind)))
    .map((node) => linesOfNode(node, read.tree.text))
    .map(([from, to]) => [from - 1, to]);
}

function meets([start, end]: readonly [number, number], { difference }: Hunk, side: Side): boolean {
  const [from, to] = difference[side];
  return from < end && to > start && to > from;
}
