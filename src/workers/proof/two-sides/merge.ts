import { CHANGE_SET_LIMITS, type ChangedFile, type ChangeSet } from "../../../domain/change-set.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Repository, TreeEntry } from "../../../ports/repository.ts";
import { writtenFile } from "../../shared/written-file.ts";
import { type MarkNames, mergeTexts } from "./merge-text.ts";

/** A path that no merge resolves by itself. */
export interface Conflict {
  readonly path: string;
  /** `text`: both changed the same place. Otherwise one side removed the file that the other one changed. */
  readonly kind: "text" | "gone-on-head" | "gone-on-base";
}

/** Both sides together, as far as an automatic merge goes. */
export interface Merged {
  /** The merge base. */
  readonly mergeBase: ObjectId;
  /** The change of the base; text in conflict has both sides between marks. */
  readonly changeSet: ChangeSet;
  readonly conflicts: readonly Conflict[];
  readonly names: MarkNames;
}

export type MergeSources = Pick<Repository, "list" | "mergeBase" | "read">;

interface Sides {
  readonly base: ObjectId;
  readonly head: ObjectId;
}

/**
 * Merges a head with its base, from git objects alone, file by file, without following renames. A path that is no
 * regular file, no text, or too large for a change set is refused if both sides changed it: a person merges that.
 */
export async function mergeSides(
  repository: MergeSources,
  { base, head }: Sides,
): Promise<Merged | { readonly refusal: Refusal }> {
  const mergeBase = await repository.mergeBase(base, head);
  const filesOf = async (commit: ObjectId) => byPath(await repository.list(commit));
  const [parted, ours, theirs] = await Promise.all([
    filesOf(mergeBase),
    filesOf(base),
    filesOf(head),
  ]);
  const names = namesOf({ base, head, mergeBase });
  const paths = [...new Set([...parted.keys(), ...theirs.keys()])]
    .filter((path) => !isSame(parted.get(path), theirs.get(path)))
    .filter((path) => !isSame(ours.get(path), theirs.get(path)))
    .sort();
  const refusal = refuseSize(paths, theirs);
  if (refusal !== undefined) return { refusal };
  const files: ChangedFile[] = [];
  const conflicts: Conflict[] = [];
  for (const path of paths) {
    const step = { path, parted: parted.get(path), base: ours.get(path), head: theirs.get(path) };
    const given = { commits: { base, head, mergeBase }, names };
    const merged = await mergePath(repository, step, given);
    if ("refusal" in merged) return merged;
    if (merged.file !== undefined) files.push(merged.file);
    if (merged.conflict !== undefined) conflicts.push({ path, kind: merged.conflict });
  }
  const clash = refuseClash(files, ours);
  if (clash !== undefined) return { refusal: clash };
  return { mergeBase, changeSet: { base, files }, conflicts, names };
}

function namesOf(commits: Sides & { readonly mergeBase: ObjectId }): MarkNames {
  const short = (commit: ObjectId) => commit.slice(0, 12);
  return {
    base: `base ${short(commits.base)}`,
    parted: `where both parted ${short(commits.mergeBase)}`,
    head: `pull request ${short(commits.head)}`,
  };
}

function byPath(entries: readonly TreeEntry[]): ReadonlyMap<string, TreeEntry> {
  const files = entries.filter(({ type }) => type !== "tree");
  return new Map(files.map((entry) => [entry.path, entry]));
}

function isSame(left: TreeEntry | undefined, right: TreeEntry | undefined): boolean {
  return left?.id === right?.id && left?.mode === right?.mode;
}

interface Step {
  readonly path: string;
  readonly parted: TreeEntry | undefined;
  readonly base: TreeEntry | undefined;
  readonly head: TreeEntry | undefined;
}

type Put =
  | { readonly file?: ChangedFile; readonly conflict?: Conflict["kind"] }
  | { readonly refusal: Refusal };

interface Given {
  readonly commits: Sides & { readonly mergeBase: ObjectId };
  readonly names: MarkNames;
}

async function mergePath(
  repository: Pick<Repository, "read">,
  step: Step,
  given: Given,
): Promise<Put> {
  const { path, parted, base, head } = step;
  const entries = [base, head, parted].filter((entry) => entry !== undefined);
  if (entries.some(({ mode }) => !mode.startsWith("100"))) return { refusal: refuseKind(path) };
  const isBaseAsBefore = isSame(parted, base);
  if (head === undefined) {
    return isBaseAsBefore ? { file: { path, deleted: true } } : { conflict: "gone-on-head" };
  }
  const theirs = (await repository.read(given.commits.head, path)) ?? EMPTY;
  if (isBaseAsBefore) return { file: writtenFile(path, head.mode, theirs) };
  if (base === undefined) {
    return { file: writtenFile(path, head.mode, theirs), conflict: "gone-on-base" };
  }
  return await mergeBoth(repository, { ...step, base, head, theirs }, given);
}

/** A file that both sides changed and have. */
async function mergeBoth(
  repository: Pick<Repository, "read">,
  step: Step & {
    readonly base: TreeEntry;
    readonly head: TreeEntry;
    readonly theirs: Uint8Array;
  },
  { commits, names }: Given,
): Promise<Put> {
  const { path, parted, base, head, theirs } = step;
  const mode = head.mode === parted?.mode ? base.mode : head.mode;
  // Only the mode differs, or only one side changed the bytes, so there is nothing to merge.
  if (head.id === base.id || base.id === parted?.id)
    return { file: writtenFile(path, mode, theirs) };
  const ours = (await repository.read(commits.base, path)) ?? EMPTY;
  if (head.id === parted?.id) return { file: writtenFile(path, mode, ours) };
  const before = (await repository.read(commits.mergeBase, path)) ?? EMPTY;
  const merged = mergeTexts({ parted: before, base: ours, head: theirs }, names);
  if (merged === undefined) return { refusal: refuseBytes(path) };
  const file = writtenFile(path, mode, new TextEncoder().encode(merged.text));
  return merged.conflicts === 0 ? { file } : { file, conflict: "text" };
}

/** A side without such a file. */
const EMPTY = new Uint8Array();

function refuseSize(
  paths: readonly string[],
  after: ReadonlyMap<string, TreeEntry>,
): Refusal | undefined {
  const bytes = paths.reduce((sum, path) => sum + (after.get(path)?.size ?? 0), 0);
  const limits = [
    { subject: "files in the pull request", found: paths.length, most: CHANGE_SET_LIMITS.files },
    { subject: "bytes in the pull request", found: bytes, most: CHANGE_SET_LIMITS.totalBytes },
  ];
  const over = limits.find(({ found, most }) => found > most);
  if (over === undefined) return undefined;
  const { subject, found, most } = over;
  return { code: "limit-exceeded", subject, found: `${found}`, accepted: `at most ${most}` };
}

/** A file of one side where the other has a folder of that name: no tree can have both. */
function refuseClash(
  files: readonly ChangedFile[],
  ours: ReadonlyMap<string, TreeEntry>,
): Refusal | undefined {
  const gone = new Set(files.flatMap((file) => ("deleted" in file ? [file.path] : [])));
  const put = files.flatMap((file) => ("deleted" in file ? [] : [file.path]));
  const all = new Set([...[...ours.keys()].filter((path) => !gone.has(path)), ...put]);
  const folders = new Set([...all].flatMap(foldersOf));
  const clash = [...all].find((path) => folders.has(path));
  return clash === undefined ? undefined : refuseKind(clash);
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

function refuseKind(path: string): Refusal {
  return {
    code: "change-set-invalid",
    subject: JSON.stringify(path).slice(0, 300),
    found: "a link, a submodule, or a file where the other side has a folder",
    accepted: "regular files",
  };
}

function refuseBytes(path: string): Refusal {
  return {
    code: "change-set-invalid",
    subject: JSON.stringify(path).slice(0, 300),
    found: "both sides changed it, and it is no text of at most 5,000 lines",
    accepted: "text",
  };
}
