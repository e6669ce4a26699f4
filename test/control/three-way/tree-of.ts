import { createHash } from "node:crypto";
import { type FilesSeen, NO_FILES, withFiles } from "../../../src/control/observed/files.ts";
import type { StepOnto } from "../../../src/control/three-way/make-step.ts";
import type { Side } from "../../../src/control/three-way/steps.ts";
import type { ChangeSet } from "../../../src/domain/change-set.ts";
import type { TreeFile } from "../../../src/domain/github/commit-tree.ts";

/** A tree by path: what a file holds, or its mode and what it holds. */
export type Files = Readonly<
  Record<string, string | Uint8Array | readonly [mode: string, held: string | Uint8Array]>
>;

export const TO = "a".repeat(40);
const FROM = "b".repeat(40);
export const ONTO = "c".repeat(40);

function bytesOf(file: Files[string]): Uint8Array {
  if (file instanceof Uint8Array) return file;
  const held = typeof file === "string" ? file : file[1];
  return typeof held === "string" ? new TextEncoder().encode(held) : held;
}

export function treeFiles(files: Files): readonly TreeFile[] {
  return Object.entries(files).map(([path, file]) => {
    const bytes = bytesOf(file);
    const blob = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
    return { path, mode: Array.isArray(file) ? `${file[0]}` : "100644", blob };
  });
}

/** Three commits, with every file of theirs read. */
export function historyOf({ from, to, onto }: Readonly<Record<Side, Files>>): {
  readonly step: StepOnto;
  readonly files: FilesSeen;
} {
  const commits = { from: FROM, to: TO, onto: ONTO };
  const trees = { from: treeFiles(from), to: treeFiles(to), onto: treeFiles(onto) };
  let files = NO_FILES;
  for (const [commit, tree] of [
    [FROM, from],
    [TO, to],
    [ONTO, onto],
  ] as const) {
    const paths = Object.keys(tree);
    const states = Object.values(tree).map((file) => ({ known: bytesOf(file) }));
    files = withFiles(
      files,
      paths.map((path) => ({ commit, path })),
      states,
    );
  }
  return { step: { commits, trees }, files };
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
