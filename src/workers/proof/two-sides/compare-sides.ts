import type { ChangeSet } from "../../../domain/change-set.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import {
  type DroppedHunk,
  type Side,
  type SideProof,
  type SideTests,
  type TwoSides,
  UNBLOCK_LISTED,
} from "../../../domain/github/unblock.ts";
import type { Repository, TreeEntry } from "../../../ports/repository.ts";
import { droppedIn } from "./dropped.ts";
import { editedIn } from "./edited.ts";
import type { Merged } from "./merge.ts";

interface Compared {
  readonly merged: Merged;
  readonly head: ObjectId;
  /** Of the base, and its tree. */
  readonly changeSet: ChangeSet;
  readonly tree: ObjectId;
  readonly tests: Readonly<Record<Side, SideTests | null>>;
}

/** Checks both sides of a result: its conflicts, other edits, the hunks and the tests of each side. */
export async function compareSides(
  repository: Pick<Repository, "list" | "read">,
  compared: Compared,
): Promise<TwoSides> {
  const { merged, head, changeSet, tree, tests } = compared;
  const { mergeBase } = merged;
  const ends = { before: mergeBase, result: tree };
  const bound = (paths: readonly string[]) =>
    paths.slice(0, UNBLOCK_LISTED.paths).map((path) => path.slice(0, 300));
  const sideOf = async (name: Side, side: ObjectId): Promise<SideProof> => {
    const hunks = await droppedBetween(repository, { ...ends, side });
    const dropped = { total: hunks.length, hunks: hunks.slice(0, UNBLOCK_LISTED.hunks) };
    return { tests: tests[name], dropped };
  };
  return {
    head,
    mergeBase,
    conflicts: bound(merged.conflicts.map(({ path }) => path)),
    edited: bound(editedIn(changeSet, merged)),
    sides: {
      head: await sideOf("head", head),
      base: await sideOf("base", changeSet.base),
    },
  };
}

async function droppedBetween(
  repository: Pick<Repository, "list" | "read">,
  ends: { readonly before: ObjectId; readonly side: ObjectId; readonly result: ObjectId },
): Promise<DroppedHunk[]> {
  const before = byPath(await repository.list(ends.before));
  const side = byPath(await repository.list(ends.side));
  const result = byPath(await repository.list(ends.result));
  const changed = [...new Set([...before.keys(), ...side.keys()])]
    .filter((path) => before.get(path)?.id !== side.get(path)?.id)
    .filter((path) => side.get(path)?.id !== result.get(path)?.id)
    .sort();
  const found: DroppedHunk[] = [];
  for (const path of changed) {
    const [was, is, now] = await Promise.all([
      repository.read(ends.before, path),
      repository.read(ends.side, path),
      repository.read(ends.result, path),
    ]);
    found.push(...droppedIn({ path, before: was, side: is, result: now }));
  }
  return found;
}

function byPath(entries: readonly TreeEntry[]): ReadonlyMap<string, TreeEntry> {
  return new Map(entries.filter(({ type }) => type !== "tree").map((entry) => [entry.path, entry]));
}
