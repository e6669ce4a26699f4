import type { TreeFile } from "../../../../domain/github/commit-tree.ts";

/** The files of three commits: before the merge, as it left them, and now. */
export interface ThreeTrees {
  readonly parent: readonly TreeFile[];
  readonly merged: readonly TreeFile[];
  readonly head: readonly TreeFile[];
}

type Mode = "100644" | "100755";

/** What has to be done to one path to take the merge back. */
export type Step =
  /** As it was before the merge. */
  | { readonly kind: "restore"; readonly was: RegularFile }
  | { readonly kind: "delete"; readonly path: string }
  /** It was changed again since: the three texts decide. */
  | {
      readonly kind: "merge";
      readonly was: RegularFile;
      readonly made: RegularFile;
      readonly now: RegularFile;
    };

export type RegularFile = TreeFile & { readonly mode: Mode };

/** Why a path cannot be taken back by itself. */
export type ConflictReason =
  | "changed-since"
  | "no-regular-file"
  | "mode-changed-since"
  | "place-taken"
  | "not-readable";
/** The same in words. */
export const WHY: Readonly<Record<ConflictReason, string>> = {
  "changed-since": "changed since in the same place",
  "no-regular-file": "no regular file",
  "mode-changed-since": "its mode changed",
  "place-taken": "something else stands there now",
  "not-readable": "GitHub does not show it",
};

export interface Conflict {
  readonly path: string;
  readonly why: ConflictReason;
}

/**
 * The steps that take a merge back on the current head, path by path, from what git names alone: a squash, a rebase of one
 * commit and a merge commit are the same here, and what else was merged since is left alone.
 */
export function planSteps({ parent, merged, head }: ThreeTrees): {
  readonly steps: readonly Step[];
  readonly conflicts: readonly Conflict[];
} {
  const [was, made, now] = [parent, merged, head].map(byPath);
  const paths = [...new Set([...parent, ...merged].map(({ path }) => path))].sort();
  const steps: Step[] = [];
  const conflicts: Conflict[] = [];
  for (const path of paths) {
    const three = { was: was?.get(path), made: made?.get(path), now: now?.get(path) };
    // The merge left it alone, or somebody took it back before.
    if (isSame(three.was, three.made) || isSame(three.was, three.now)) continue;
    const step = stepOf(path, three);
    if ("why" in step) conflicts.push({ path, why: step.why });
    else steps.push(step);
  }
  return { steps, conflicts: [...conflicts, ...takenPlaces(steps, head)] };
}

function byPath(files: readonly TreeFile[]): ReadonlyMap<string, TreeFile> {
  return new Map(files.map((file) => [file.path, file]));
}

function isSame(left: TreeFile | undefined, right: TreeFile | undefined): boolean {
  return left?.mode === right?.mode && left?.blob === right?.blob;
}

interface Three {
  readonly was: TreeFile | undefined;
  readonly made: TreeFile | undefined;
  readonly now: TreeFile | undefined;
}

function stepOf(path: string, { was, made, now }: Three): Step | { readonly why: ConflictReason } {
  if ([was, made, now].some((file) => file !== undefined && !isRegular(file))) {
    return { why: "no-regular-file" };
  }
  if (isSame(now, made)) {
    return was !== undefined && isRegular(was)
      ? { kind: "restore", was }
      : { kind: "delete", path };
  }
  if (!isRegular(was) || !isRegular(made) || !isRegular(now)) return { why: "changed-since" };
  if (was.mode !== made.mode || made.mode !== now.mode) return { why: "mode-changed-since" };
  return { kind: "merge", was, made, now };
}

function isRegular(file: TreeFile | undefined): file is RegularFile {
  return file?.mode === "100644" || file?.mode === "100755";
}

/** A file that comes back where a folder is now, or below what is a file now. */
function takenPlaces(steps: readonly Step[], head: readonly TreeFile[]): readonly Conflict[] {
  const gone = new Set(steps.flatMap((step) => (step.kind === "delete" ? [step.path] : [])));
  const standing = head.map(({ path }) => path).filter((path) => !gone.has(path));
  const files = new Set(standing);
  const folders = new Set(standing.flatMap(foldersOf));
  return steps.flatMap((step) => {
    if (step.kind !== "restore") return [];
    const { path } = step.was;
    const isTaken = folders.has(path) || foldersOf(path).some((folder) => files.has(folder));
    return isTaken ? [{ path, why: "place-taken" as const }] : [];
  });
}

function foldersOf(path: string): readonly string[] {
  const segments = path.split("/").slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}
