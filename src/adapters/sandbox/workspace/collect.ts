import { isUtf8 } from "node:buffer";
import { readdirSync, type Stats } from "node:fs";
import { join } from "node:path";
import {
  bytesOf,
  CHANGE_SET_LIMITS,
  type ChangedFile,
  type ChangeSet,
  refuseChangeSet,
  refuseShadows,
} from "../../../domain/change-set.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Baseline, LeftOut } from "../../../ports/sandbox.ts";
import { gitMode, hasContent, hasTarget, type Tracked } from "./as-base.ts";
import { listLeftOut } from "./left-out.ts";
import { readAll, withRegularFile } from "./regular-file.ts";
import { NOTHING_REMEMBERED, type Remembered } from "./remember.ts";
import { rulesInForce } from "./rules-in-force.ts";
import { type Entry, type Found, walkWorkspace } from "./walk.ts";
import { reasonOf, refused, tooMuch } from "./walk-refusals.ts";

/** The largest file that is compared with the base: GitHub accepts no larger one (bytes). */
const COMPARED_BYTES = 100_000_000;
const MAXIMUM_REFUSALS = 20;

export type Collected =
  | { readonly changeSet: ChangeSet; readonly leftOut?: readonly LeftOut[] }
  | { readonly refusals: readonly Refusal[] };

/**
 * Changes of a workspace against its base, read from the files alone: regular files with content, everything else by
 * name in a refusal. An entry that is still as remembered is no change. Only called while nothing sandboxed is running.
 */
export function collectChanges(
  root: string,
  base: Baseline,
  remembered: Remembered = NOTHING_REMEMBERED,
): Collected {
  const hidden = listLeftOut(root, base, remembered);
  const rules = { ...base, ignore: rulesInForce(root, base) };
  const walked = walkWorkspace(root, rules, hidden.hear);
  const { seen, files, refusals, complete } = judgeAll(walked, { root, base, remembered });
  if (complete) addDeletions({ base, remembered, seen, files, refusals });
  files.sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  const changeSet = { base: base.commit, files };
  const isInBase = (path: string) => base.files.has(path);
  const shape = [
    ...refuseChangeSet(changeSet, isInBase),
    ...refuseShadows(changeSet, base.files.keys()),
  ];
  const all = refusals.length > 0 ? refusals : shape;
  if (all.length > 0) return { refusals: all.slice(0, MAXIMUM_REFUSALS) };
  const leftOut = hidden.found();
  return leftOut.length === 0 ? { changeSet } : { changeSet, leftOut };
}

function judgeAll(
  walked: Iterable<Found>,
  known: { readonly root: string; readonly base: Baseline; readonly remembered: Remembered },
) {
  const { root, base, remembered } = known;
  const seen = new Set<string>();
  const files: ChangedFile[] = [];
  const refusals: Refusal[] = [];
  let bytes = 0;
  for (const found of walked) {
    if ("state" in found) seen.add(found.path);
    const judged = remembered.isSame(found) ? undefined : judge(root, base, found);
    if (judged === undefined) continue;
    if ("code" in judged) refusals.push(judged);
    else {
      files.push(judged);
      bytes += bytesOf(judged);
    }
    if (refusals.length >= MAXIMUM_REFUSALS || !isWithinLimits(files.length, bytes)) {
      return { seen, files, refusals, complete: false };
    }
  }
  return { seen, files, refusals, complete: true };
}

/** Beyond the limits nothing more is read, because the refusal is certain. */
function isWithinLimits(files: number, bytes: number): boolean {
  return files <= CHANGE_SET_LIMITS.files && bytes <= CHANGE_SET_LIMITS.totalBytes;
}

function addDeletions(options: {
  readonly base: Baseline;
  readonly remembered: Remembered;
  readonly seen: ReadonlySet<string>;
  readonly files: ChangedFile[];
  readonly refusals: Refusal[];
}): void {
  for (const [path, { mode }] of options.base.files) {
    if (options.seen.has(path) || mode === "160000" || options.remembered.isGone(path)) continue;
    if (mode === "120000") options.refusals.push(refused(path, "a link of the base that is gone"));
    else options.files.push({ path, deleted: true });
  }
}

/** A change, a refusal, or undefined for an entry that equals the base's. */
function judge(root: string, base: Baseline, found: Found): ChangedFile | Refusal | undefined {
  return "refusal" in found ? found.refusal : judgeEntry(root, base, found);
}

function judgeEntry(root: string, base: Baseline, entry: Entry): ChangedFile | Refusal | undefined {
  const { path, state } = entry;
  const tracked = base.files.get(path);
  if (tracked?.mode === "160000") return judgeSubmodule(root, entry);
  if (state.isSymbolicLink()) return judgeLink(root, path, tracked);
  if (!state.isFile()) return refused(path, kindOf(state));
  if ((state.mode & 0o7000) !== 0)
    return refused(path, "a set-user-id, set-group-id or sticky bit");
  if (tracked?.mode === "120000") return refused(path, "a file in the place of a link");
  if (state.size > COMPARED_BYTES) {
    return tooMuch(`bytes in ${JSON.stringify(path)}`, state.size, COMPARED_BYTES);
  }
  try {
    return judgeFile(root, entry, tracked);
  } catch (error) {
    return refused(path, `a file that cannot be read (${reasonOf(error)})`);
  }
}

function judgeFile(
  root: string,
  entry: Entry,
  tracked: Tracked,
): ChangedFile | Refusal | undefined {
  const { path, state } = entry;
  const mode = gitMode(state.mode);
  return withRegularFile(join(root, path), state, (file) => {
    if (tracked?.mode === mode && hasContent(file, tracked.id)) return undefined;
    // If a link can be made across the border of the sandbox, the second name may be a file of the host.
    if (state.nlink > 1) return refused(path, "a file with a second name (hard link)");
    if (state.size > CHANGE_SET_LIMITS.fileBytes) {
      return tooMuch(`bytes in ${JSON.stringify(path)}`, state.size, CHANGE_SET_LIMITS.fileBytes);
    }
    const bytes = readAll(file);
    return isUtf8(bytes)
      ? { path, mode, encoding: "utf-8", content: bytes.toString("utf8") }
      : { path, mode, encoding: "base64", content: bytes.toString("base64") };
  });
}

function judgeSubmodule(root: string, { path, state }: Entry): Refusal | undefined {
  const isEmpty = state.isDirectory() && readdirSync(join(root, path)).length === 0;
  return isEmpty ? undefined : refused(path, "content in the place of a submodule");
}

/** The target is never shown: it may be text that only the host knows. */
function judgeLink(root: string, path: string, tracked: Tracked): Refusal | undefined {
  if (tracked === undefined) return refused(path, "a new link");
  const same = tracked.mode === "120000" && hasTarget(join(root, path), tracked.id);
  return same ? undefined : refused(path, "a link that the base has not");
}

function kindOf(state: Stats): string {
  if (state.isFIFO()) return "a named pipe";
  if (state.isSocket()) return "a socket";
  return "a device or another special file";
}
