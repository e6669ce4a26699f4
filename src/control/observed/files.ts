import type { ObjectId } from "../../domain/digest.ts";
import type { CommitTree } from "../../domain/github/commit-tree.ts";
import type { FileState } from "../../ports/github.ts";

/** A file of the repository at a commit. */
export interface FileAt {
  readonly commit: ObjectId;
  readonly path: string;
}

/** What was read of the repository's files beyond the snapshot, and what was found there. */
export type FilesSeen = ReadonlyMap<string, FileState>;

/** Trees that were read, by their commits. */
export type TreesSeen = ReadonlyMap<ObjectId, CommitTree>;

export const NO_FILES: FilesSeen = new Map();

/** What a file was found to hold; undefined while nobody has read it. */
export function fileAt(files: FilesSeen, { commit, path }: FileAt): FileState | undefined {
  return files.get(`${commit}:${path}`);
}

/** Of the files that are needed those that nobody has read yet. */
export function unread(files: FilesSeen, needed: readonly FileAt[]): readonly FileAt[] {
  return needed.filter((file) => fileAt(files, file) === undefined);
}

/** `read` and `states` are in the same order. */
export function withFiles(
  files: FilesSeen,
  read: readonly FileAt[],
  states: readonly FileState[],
): FilesSeen {
  const entries = read.flatMap(({ commit, path }, index): [string, FileState][] => {
    const state = states[index];
    return state === undefined ? [] : [[`${commit}:${path}`, state]];
  });
  return new Map([...files, ...entries]);
}
