import { mergeText } from "../../control/three-way/merge-text.ts";
import type { WantedFile } from "./files.ts";
import { pinnedAs, withPinsOf } from "./pin.ts";
import { blobId, type InitRecord, OWN } from "./record.ts";
import { originalOf } from "./vendor/vendor.ts";

export type UpgradeFate =
  /** Nobody changed it: it becomes the new one. */
  | "new"
  /** This version calls it and the one before did not: it is written beside the others. */
  | "added"
  /** A person's lines and the new ones stand in it. */
  | "merged"
  /** It is what it would become. */
  | "same"
  /** A person and the new version change the same lines: it stays as it is. */
  | "conflict"
  /** A person changed it, and what it was made from is neither in the record nor in git: it stays as it is. */
  | "unknown";

export interface UpgradedFile {
  readonly path: string;
  readonly fate: UpgradeFate;
  /** What is written; absent where it stays. */
  readonly text?: string;
}

export interface UpgradePlan {
  readonly files: readonly UpgradedFile[];
  /** The record as it stands afterwards. */
  readonly record: InitRecord;
}

/**
 * What an upgrade writes: of each file that init wrote and that still stands, the step from what init wrote to what it would
 * write now, made on what stands there. A person's lines are never lost.
 * @param about.original the bytes that a record names, or undefined where neither it nor git has them
 */
export function planUpgrade(
  wanted: readonly WantedFile[],
  about: {
    readonly by: string;
    readonly record: InitRecord;
    standing(path: string): Uint8Array | undefined;
    original(path: string): Uint8Array | undefined;
  },
): UpgradePlan {
  const { record, by, standing, original } = about;
  const ids = { ...record.files };
  const bases = new Map(Object.entries(record.bases ?? {}));
  const files = wanted.flatMap(({ path, text }): readonly UpgradedFile[] => {
    const [ours, id] = [standing(path), ids[path]];
    if (id === undefined && ours === undefined && originalOf(path) !== undefined) {
      ids[path] = blobId(text);
      bases.set(path, text);
      return [{ path, fate: "added", text }];
    }
    if (OWN.includes(path) || id === undefined || ours === undefined) return [];
    const upgraded = upgrade(path, { text, ours, id, base: () => original(path) });
    if (!STAYS.includes(upgraded.fate)) {
      ids[path] = blobId(text);
      bases.set(path, text);
    }
    return [upgraded];
  });
  const { bases: _old, ...rest } = record;
  const kept = bases.size === 0 ? {} : { bases: Object.fromEntries(bases) };
  return { files, record: { ...rest, by, files: ids, ...kept } };
}

const STAYS: readonly UpgradeFate[] = ["conflict", "unknown"];

function upgrade(
  path: string,
  about: {
    readonly text: string;
    readonly ours: Uint8Array;
    readonly id: string;
    base(): Uint8Array | undefined;
  },
): UpgradedFile {
  const { text, ours, id, base } = about;
  const standing = blobId(ours);
  if (standing === blobId(text) || id === blobId(text)) return { path, fate: "same" };
  if (standing === id) return { path, fate: "new", text };
  const from = base();
  if (from === undefined) return { path, fate: "unknown" };
  const merged = mergeText(pinnedAlike({ from, ours, text }));
  if (merged === undefined) return { path, fate: "conflict" };
  return { path, fate: merged === text ? "new" : "merged", text: merged };
}

/**
 * The three sides of a merge. A pin is moved and not merged: a person who named the owner, or another commit of the same
 * repository, changed the very line that an upgrade is for. One that calls another repository is a person's choice.
 */
function pinnedAlike(about: {
  readonly from: Uint8Array;
  readonly ours: Uint8Array;
  readonly text: string;
}): Parameters<typeof mergeText>[0] {
  const { from, ours, text } = about;
  const theirs = new TextEncoder().encode(text);
  // Byte by byte, so that what is no text comes out as it went in.
  const read = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
  const write = (read: string) => new Uint8Array(Buffer.from(read, "latin1"));
  const moved = withPinsOf(read(theirs), read(ours));
  if (moved === undefined) return { base: from, ours, theirs };
  return { base: write(pinnedAs(read(theirs), read(from))), ours: write(moved), theirs };
}
