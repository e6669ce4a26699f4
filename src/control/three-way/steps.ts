import type { TreeFile } from "../../domain/github/commit-tree.ts";

/** Files of three commits. The step from the first to the second is to be made on the third. */
export interface ThreeTrees {
  readonly from: readonly TreeFile[];
  readonly to: readonly TreeFile[];
  readonly onto: readonly TreeFile[];
}

/** The one of the three commits that holds a file. */
export type Side = keyof ThreeTrees;
export type Mode = "100644" | "100755";

/** The action for one path. */
export type Step =
  /** The whole file of this commit. */
  | { readonly kind: "write"; readonly side: Side; readonly file: TreeFile; readonly mode: Mode }
  | { readonly kind: "delete"; readonly path: string }
  /** Both sides changed it, so the three texts decide. */
  | {
      readonly kind: "merge";
      readonly files: Readonly<Record<Side, TreeFile>>;
      readonly mode: Mode;
    };

type RegularFile = TreeFile & { readonly mode: Mode };

/** Why a step cannot be made on a path. */
export type ConflictReason = "changed-since" | "no-regular-file" | "place-taken" | "not-readable";
/** The reasons in words. */
export const WHY: Readonly<Record<ConflictReason, string>> = {
  "changed-since": "changed since in the same place",
  "no-regular-file": "no regular file",
  "place-taken": "something else stands there now",
  "not-readable": "GitHub does not show it",
};

export interface Conflict {
  readonly path: string;
  readonly why: ConflictReason;
}

/**
 * Plans the step from one commit to another on a third, path by path, using only git's object ids. Other content of the
 * third stays, and the history of the commits does not matter.
 */
export function planSteps({ from, to, onto }: ThreeTrees): {
  readonly steps: readonly Step[];
  readonly conflicts: readonly Conflict[];
} {
  const [before, after, now] = [from, to, onto].map(byPath);
  const paths = [...new Set([...to, ...from].map(({ path }) => path))].sort();
  const steps: Step[] = [];
  const conflicts: Conflict[] = [];
  for (const path of paths) {
    const three = { from: before?.get(path), to: after?.get(path), onto: now?.get(path) };
    // The step does not touch it, or was made there before.
    if (isSame(three.to, three.from) || isSame(three.to, three.onto)) continue;
    const step = stepOf(path, three);
    if ("why" in step) conflicts.push({ path, why: step.why });
    else steps.push(step);
  }
  return { steps, conflicts: [...conflicts, ...takenPlaces(steps, onto)] };
}

/** Paths whose file differs between two trees, in either order. */
export function changedPaths(
  before: readonly TreeFile[],
  after: readonly TreeFile[],
): readonly string[] {
  const [was, is] = [byPath(before), byPath(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter(
    (path) => !isSame(was.get(path), is.get(path)),
  );
}

function byPath(files: readonly TreeFile[]): ReadonlyMap<string, TreeFile> {
  return new Map(files.map((file) => [file.path, file]));
}

function isSame(left: TreeFile | undefined, right: TreeFile | undefined): boolean {
  return left?.mode === right?.mode && left?.blob === right?.blob;
}

type Three = Readonly<Record<Side, TreeFile | undefined>>;

function stepOf(path: string, { from, to, onto }: Three): Step | { readonly why: ConflictReason } {
  if ([from, to, onto].some((file) => file !== undefined && !isRegular(file))) {
    return { why: "no-regular-file" };
  }
  if (isSame(onto, from)) {
    return to !== undefined && isRegular(to)
      ? { kind: "write", side: "to", file: to, mode: to.mode }
      : { kind: "delete", path };
  }
  if (!isRegular(from) || !isRegular(to) || !isRegular(onto)) return { why: "changed-since" };
  // There are only two modes, so the side that changed it has the other one.
  const mode = to.mode === from.mode ? onto.mode : to.mode;
  if (to.blob === from.blob) return { kind: "write", side: "onto", file: onto, mode };
  const isAlone = onto.blob === from.blob || onto.blob === to.blob;
  return isAlone
    ? { kind: "write", side: "to", file: to, mode }
    : { kind: "merge", files: { from, to, onto }, mode };
}

function isRegular(file: TreeFile | undefined): file is RegularFile {
  return file?.mode === "100644" || file?.mode === "100755";
}

/** A file that would replace a folder, or lie below a file. */
function takenPlaces(steps: readonly Step[], onto: readonly TreeFile[]): readonly Conflict[] {
  const gone = new Set(steps.flatMap((step) => (step.kind === "delete" ? [step.path] : [])));
  const standing = onto.map(({ path }) => path).filter((path) => !gone.has(path));
  const files = new Set(standing);
  const folders = new Set(standing.flatMap(foldersOf));
  return steps.flatMap((step) => {
    if (step.kind !== "write") return [];
    const { path } = step.file;
    const isTaken = folders.has(path) || foldersOf(path).some((folder) => files.has(folder));
    return isTaken ? [{ path, why: "place-taken" as const }] : [];
  });
}

function foldersOf(path: string): readonly string[] {
  const segments = path.split("/").slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}
