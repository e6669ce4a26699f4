import type { ChangedFile, ChangeSet } from "../../../../domain/change-set.ts";
import type { ObjectId } from "../../../../domain/digest.ts";
import { isBlob, type TreeFile } from "../../../../domain/github/commit-tree.ts";
import { type FileAt, type FilesSeen, fileAt, unread } from "../../../observed/files.ts";
import { mergeText, textOf } from "./merge-text.ts";
import { type Conflict, planSteps, type Step, type ThreeTrees } from "./steps.ts";

/** The three commits, and what their trees hold. */
export interface Taking {
  readonly commits: {
    readonly parent: ObjectId;
    readonly merged: ObjectId;
    readonly head: ObjectId;
  };
  readonly trees: ThreeTrees;
}

export type TakenBack =
  | { readonly changeSet: ChangeSet }
  | { readonly conflicts: readonly Conflict[] }
  | { readonly wants: readonly FileAt[] };

/**
 * The change that takes a merge back on the current head: whole or not at all. It wants the files that it needs and nobody
 * has read; bytes that are not the blob which git names are no answer.
 */
export function takeBack({ commits, trees }: Taking, files: FilesSeen): TakenBack {
  const { steps, conflicts } = planSteps(trees);
  if (conflicts.length > 0) return { conflicts };
  const wants = unread(
    files,
    steps.flatMap((step) => neededFor(step, commits).map(({ file }) => file)),
  );
  if (wants.length > 0) return { wants };
  const done = steps.map((step) => carryOut(step, commits, files));
  const failed = done.flatMap((one) => ("why" in one ? [one] : []));
  if (failed.length > 0) return { conflicts: failed };
  const changed = done.flatMap((one) => ("why" in one ? [] : [one]));
  return { changeSet: { base: commits.head, files: changed } };
}

interface Needed {
  readonly file: FileAt;
  readonly tree: TreeFile;
}

function neededFor(step: Step, { parent, merged, head }: Taking["commits"]): readonly Needed[] {
  const at = (commit: ObjectId, tree: TreeFile): Needed => ({
    file: { commit, path: tree.path },
    tree,
  });
  switch (step.kind) {
    case "delete":
      return [];
    case "restore":
      return [at(parent, step.was)];
    case "merge":
      return [at(merged, step.made), at(head, step.now), at(parent, step.was)];
  }
}

function carryOut(
  step: Step,
  commits: Taking["commits"],
  files: FilesSeen,
): ChangedFile | Conflict {
  if (step.kind === "delete") return { path: step.path, deleted: true };
  const { path, mode } = step.was;
  const bytes = neededFor(step, commits).map(({ file, tree }) => {
    const state = fileAt(files, file);
    const read = state !== undefined && "known" in state ? state.known : null;
    return read !== null && isBlob(read, tree.blob) ? read : undefined;
  });
  const [first, second, third] = bytes;
  if (first === undefined) return { path, why: "not-readable" };
  if (step.kind === "restore") return written({ path, mode }, first);
  if (second === undefined || third === undefined) return { path, why: "not-readable" };
  const text = mergeText({ base: first, ours: second, theirs: third });
  if (text === undefined) return { path, why: "changed-since" };
  return { path, mode, encoding: "utf-8", content: text };
}

function written(
  { path, mode }: { readonly path: string; readonly mode: "100644" | "100755" },
  bytes: Uint8Array,
): ChangedFile {
  const text = textOf(bytes);
  return text === undefined
    ? { path, mode, encoding: "base64", content: Buffer.from(bytes).toString("base64") }
    : { path, mode, encoding: "utf-8", content: text };
}
