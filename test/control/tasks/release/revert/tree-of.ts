import { createHash } from "node:crypto";
import { type FilesSeen, NO_FILES, withFiles } from "../../../../../src/control/observed/files.ts";
import type { Taking } from "../../../../../src/control/tasks/release/revert/take-back.ts";
import type { ChangeSet } from "../../../../../src/domain/change-set.ts";
import type { TreeFile } from "../../../../../src/domain/github/commit-tree.ts";

/** A tree by path: what a file holds, or its mode and what it holds. */
export type Files = Readonly<
  Record<string, string | Uint8Array | readonly [mode: string, text: string]>
>;

export const PARENT = "a".repeat(40);
export const MERGED = "b".repeat(40);
export const HEAD = "c".repeat(40);

function bytesOf(file: Files[string]): Uint8Array {
  if (file instanceof Uint8Array) return file;
  return new TextEncoder().encode(typeof file === "string" ? file : file[1]);
}

export function treeFiles(files: Files): readonly TreeFile[] {
  return Object.entries(files).map(([path, file]) => {
    const bytes = bytesOf(file);
    const blob = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
    return { path, mode: Array.isArray(file) ? `${file[0]}` : "100644", blob };
  });
}

/** Three commits, with every file of theirs read. */
export function historyOf(three: {
  readonly parent: Files;
  readonly merged: Files;
  readonly head: Files;
}): { readonly taking: Taking; readonly files: FilesSeen } {
  const commits = { parent: PARENT, merged: MERGED, head: HEAD };
  const { parent, merged, head } = three;
  const trees = {
    parent: treeFiles(parent),
    merged: treeFiles(merged),
    head: treeFiles(head),
  };
  let files = NO_FILES;
  for (const [commit, tree] of [
    [PARENT, parent],
    [MERGED, merged],
    [HEAD, head],
  ] as const) {
    const paths = Object.keys(tree);
    const states = Object.values(tree).map((file) => ({ known: bytesOf(file) }));
    files = withFiles(
      files,
      paths.map((path) => ({ commit, path })),
      states,
    );
  }
  return { taking: { commits, trees }, files };
}

/** What a tree of text files is after a change. */
export function applied(head: Files, changeSet: ChangeSet): Record<string, string> {
  const left = new Map(
    Object.entries(head).map(([path, file]) => [path, new TextDecoder().decode(bytesOf(file))]),
  );
  for (const file of changeSet.files) {
    if ("deleted" in file) left.delete(file.path);
    else left.set(file.path, Buffer.from(file.content, file.encoding).toString("utf8"));
  }
  return Object.fromEntries(left);
}
