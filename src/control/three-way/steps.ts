import type { TreeFile } from "../../domain/github/commit-tree.ts";

/** The files of three commits: the step from the first to the second is to be made on the third. */
export interface ThreeTrees {
  readonly from: readonly TreeFile[];
  readonly to: readonly TreeFile[];
  readonly onto: readonly TreeFile[];
}

/** The commit of the three that holds a file. */
export type Side = keyof ThreeTrees;
export type Mode = "100644" | "100755";

/** What has to be done to one path. */
export type Step =
  /** What the file of this commit holds, whole. */
  | { readonly kind: "write"; readonly side: Side; readonly file: TreeFile; readonly mode: Mode }
  | { readonly kind: "delete"; readonly path: string }
  /** Both sides changed it: the three texts decide. */
  | {
      readonly kind: "merge";
      readonly files: Readonly<Record<Side, TreeFile>>;
      readonly mode: Mode;
    };

type RegularFile = TreeFile & { readonly mode: Mode };

/** Why a step cannot be made on a path. */
export type ConflictReason = "changed-since" | "no-regular-file" | "place-taken" | "not-readable";
/** The same in words. */
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
 * How the step from one commit to another is made on a third, path by path, from what git names alone: what the third has
 * beside it is left alone, and how the commits came about does not matter.
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
    // The step leaves it alone, or it was made there before.
    if (isSame(three.to, three.from) || isSame(three.to, three.onto)) continue;
    const step = stepOf(path, three);
    if ("why" in step) conflicts.push({ path, why: step.why });
    else steps.push(step);
  }
  return { steps, conflicts: [...conflicts, ...takenPlaces(steps, onto)] };
}

/** The paths whose file two trees do not share, in both orders the same. */
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
  // There are two modes: whichever side changed it from the first has the other one.
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

/** A file that comes where a folder is now, or below what is a file now. */
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
