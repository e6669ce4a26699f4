import { z } from "zod";
import { ObjectId } from "./digest.ts";
import { foldPath, refusePath } from "./path.ts";
import type { Refusal } from "./refusal.ts";

const WrittenFile = z.strictObject({
  path: z.string(),
  mode: z.enum(["100644", "100755"]),
  encoding: z.enum(["utf-8", "base64"]),
  content: z.string(),
});
const DeletedFile = z.strictObject({ path: z.string(), deleted: z.literal(true) });

/** One path of a change: its whole new content, or its deletion. Never a patch. */
export const ChangedFile = z.union([WrittenFile, DeletedFile]);
export type ChangedFile = z.infer<typeof ChangedFile>;

/** The proposal of an attempt, read by trusted code after every sandboxed process has ended. Files are sorted by path. */
export const ChangeSet = z.strictObject({
  base: ObjectId,
  files: z.array(ChangedFile).max(10_000),
});
export type ChangeSet = z.infer<typeof ChangeSet>;

/** Limits of a change set in files and bytes that no config can lift, because control parses it. */
export const CHANGE_SET_LIMITS = {
  files: 300,
  fileBytes: 1_000_000,
  totalBytes: 5_000_000,
} as const;

export function bytesOf(file: ChangedFile): number {
  if ("deleted" in file) return 0;
  return file.encoding === "base64"
    ? Math.floor((file.content.replace(/=+$/, "").length * 3) / 4)
    : new TextEncoder().encode(file.content).length;
}

function refuseSizes(changeSet: ChangeSet): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const limit = (subject: string, found: number, accepted: number) => {
    if (found <= accepted) return;
    refusals.push({
      code: "limit-exceeded",
      subject,
      found: `${found}`,
      accepted: `at most ${accepted}`,
    });
  };
  limit("files in the change", changeSet.files.length, CHANGE_SET_LIMITS.files);
  for (const file of changeSet.files) {
    limit(
      `bytes in ${JSON.stringify(file.path).slice(0, 250)}`,
      bytesOf(file),
      CHANGE_SET_LIMITS.fileBytes,
    );
  }
  const total = changeSet.files.reduce((sum, file) => sum + bytesOf(file), 0);
  limit("bytes in the change", total, CHANGE_SET_LIMITS.totalBytes);
  return refusals;
}

/** A deleted path collides with no new one, so that a name may change its case. The same path twice always collides. */
function refuseCollisions(changeSet: ChangeSet): readonly Refusal[] {
  const seen = new Map<string, string>();
  const paths = new Set<string>();
  const refusals: Refusal[] = [];
  for (const file of changeSet.files) {
    const { path } = file;
    const isTwice = paths.has(path);
    paths.add(path);
    if ("deleted" in file && !isTwice) continue;
    const folded = foldPath(path);
    const earlier = isTwice ? path : seen.get(folded);
    if (earlier !== undefined) {
      refusals.push({
        code: "change-set-invalid",
        subject: JSON.stringify(path).slice(0, 300),
        found: `the same file as ${JSON.stringify(earlier)} on a case-folding file system`.slice(
          0,
          2_000,
        ),
      });
    }
    seen.set(folded, path);
  }
  return refusals;
}

/**
 * All refusals of a change set by its own shape: paths, sizes, collisions. The gate has the policy on allowed paths.
 * @param isInBase whether the base holds a file of this name: then it may be repaired or deleted, whatever the name is
 */
export function refuseChangeSet(
  changeSet: ChangeSet,
  isInBase: (path: string) => boolean = () => false,
): readonly Refusal[] {
  const paths = changeSet.files.flatMap(({ path }) => refuseChangedPath(path, isInBase) ?? []);
  return [...paths, ...refuseSizes(changeSet), ...refuseCollisions(changeSet)];
}

/** Like `refusePath`, for a name that the base has. Refuses only paths that lead out of the tree or into git's own files. */
export function refuseChangedPath(
  path: string,
  isInBase: (path: string) => boolean,
): Refusal | undefined {
  const refusal = refusePath(path);
  return refusal !== undefined && isInsideTree(path) && isInBase(path) ? undefined : refusal;
}

function isInsideTree(path: string): boolean {
  if (!path.isWellFormed() || path.startsWith("/") || /[\\\0]/.test(path)) return false;
  return path.split("/").every((segment) => {
    const folded = foldPath(segment);
    return (
      !["", ".", ".."].includes(segment) && !/^(\.git([ .:]|modules|$)|git(mod)?~)/.test(folded)
    );
  });
}

/**
 * Written paths that a case-insensitive file system would take for another path of the base, or whose folder it would.
 * There one file would replace the other at checkout (threats GIT-09). @param base the paths of the base
 */
export function refuseShadows(changeSet: ChangeSet, base: Iterable<string>): readonly Refusal[] {
  const gone = new Set(changeSet.files.flatMap((file) => ("deleted" in file ? [file.path] : [])));
  const known = new Map<string, Set<string>>();
  for (const path of base) {
    if (gone.has(path)) continue;
    for (const step of stepsOf(path)) {
      const folded = foldPath(step);
      known.set(folded, (known.get(folded) ?? new Set()).add(step));
    }
  }
  return changeSet.files.flatMap((file): readonly Refusal[] => {
    if ("deleted" in file) return [];
    const shadowed = stepsOf(file.path).flatMap((step) => {
      const spelled = known.get(foldPath(step));
      return spelled === undefined || spelled.has(step) ? [] : [...spelled].slice(0, 1);
    })[0];
    if (shadowed === undefined) return [];
    const found = `the same as ${JSON.stringify(shadowed)} of the base on a case-folding file system`;
    return [
      {
        code: "change-set-invalid",
        subject: JSON.stringify(file.path).slice(0, 300),
        found: found.slice(0, 2_000),
      },
    ];
  });
}

/** A path and the folders above it. */
function stepsOf(path: string): readonly string[] {
  const segments = path.split("/");
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}
