import type { ChangedFile, ChangeSet } from "../../domain/change-set.ts";
import type { ObjectId } from "../../domain/digest.ts";
import { isBlob, type TreeFile } from "../../domain/github/commit-tree.ts";
import { textOf } from "../../domain/text/three-way.ts";
import { type FileAt, type FilesSeen, fileAt, unread } from "../observed/files.ts";
import { mergeText } from "./merge-text.ts";
import {
  type Conflict,
  type Mode,
  planSteps,
  type Side,
  type Step,
  type ThreeTrees,
} from "./steps.ts";

/** A step between two commits to be made on a third, and their trees. */
export interface StepOnto {
  readonly commits: Readonly<Record<Side, ObjectId>>;
  readonly trees: ThreeTrees;
}

export type StepMade =
  | { readonly changeSet: ChangeSet }
  | { readonly conflicts: readonly Conflict[] }
  | { readonly wants: readonly FileAt[] };

/**
 * The change that makes the step from one commit to another on a third: whole or not at all. From a change's base to its
 * head, on a moved base, it repeats the change. From a merge to its parent, on the head, it reverts the merge. It asks
 * for unread files that it needs. Bytes that do not match the blob that git names are rejected.
 */
export function makeStep({ commits, trees }: StepOnto, files: FilesSeen): StepMade {
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
  return { changeSet: { base: commits.onto, files: changed } };
}

interface Needed {
  readonly file: FileAt;
  readonly tree: TreeFile;
}

const SIDES: readonly Side[] = ["from", "onto", "to"];

function neededFor(step: Step, commits: StepOnto["commits"]): readonly Needed[] {
  const at = (side: Side, tree: TreeFile): Needed => ({
    file: { commit: commits[side], path: tree.path },
    tree,
  });
  switch (step.kind) {
    case "delete":
      return [];
    case "write":
      return [at(step.side, step.file)];
    case "merge":
      return SIDES.map((side) => at(side, step.files[side]));
  }
}

function carryOut(
  step: Step,
  commits: StepOnto["commits"],
  files: FilesSeen,
): ChangedFile | Conflict {
  if (step.kind === "delete") return { path: step.path, deleted: true };
  const { path } = step.kind === "write" ? step.file : step.files.to;
  const bytes = neededFor(step, commits).map(({ file, tree }) => {
    const state = fileAt(files, file);
    const read = state !== undefined && "known" in state ? state.known : null;
    return read !== null && isBlob(read, tree.blob) ? read : undefined;
  });
  const { mode } = step;
  const [first, onto, to] = bytes;
  if (first === undefined) return { path, why: "not-readable" };
  if (step.kind === "write") return written({ path, mode }, first);
  if (onto === undefined || to === undefined) return { path, why: "not-readable" };
  const text = mergeText({ base: first, ours: onto, theirs: to });
  if (text === undefined) return { path, why: "changed-since" };
  return { path, mode, encoding: "utf-8", content: text };
}

function written(
  { path, mode }: { readonly path: string; readonly mode: Mode },
  bytes: Uint8Array,
): ChangedFile {
  const text = textOf(bytes);
  return text === undefined
    ? { path, mode, encoding: "base64", content: Buffer.from(bytes).toString("base64") }
    : { path, mode, encoding: "utf-8", content: text };
}
