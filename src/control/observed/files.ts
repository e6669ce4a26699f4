import type { ObjectId } from "../../domain/digest.ts";
import type { CommitTree } from "../../domain/github/commit-tree.ts";
import type { FileState } from "../../ports/github.ts";

/** A file of the repository at a commit. */
export interface FileAt {
  readonly commit: ObjectId;
  readonly path: string;
}

/** Files read beyond the snapshot, with their content. */
export type FilesSeen = ReadonlyMap<string, FileState>;

/** Trees that were read, by their commits. */
export type TreesSeen = ReadonlyMap<ObjectId, CommitTree>;

export const NO_FILES: FilesSeen = new Map();

/** Content of a file; undefined while it is unread. */
export function fileAt(files: FilesSeen, { commit, path }: FileAt): FileState | undefined {
  return files.get(`${commit}:${path}`);
}

/** The required files that are still unread. */
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
