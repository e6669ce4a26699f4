import { createHash, type Hash } from "node:crypto";
import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Baseline } from "../../../ports/sandbox.ts";
import { eachChunk, type OpenFile, withRegularFile } from "./regular-file.ts";
import type { Found } from "./walk.ts";

/** The base's tracked entry at a path. */
export type Tracked = ReturnType<Baseline["files"]["get"]>;

/** Whether an entry equals the base's. An unreadable one does not. */
export function isAsBase(root: string, found: Found, base: Baseline): boolean {
  const tracked = "state" in found ? base.files.get(found.path) : undefined;
  if (!("state" in found) || tracked === undefined) return false;
  const { state } = found;
  const place = join(root, found.path);
  try {
    if (tracked.mode === "160000") return state.isDirectory() && readdirSync(place).length === 0;
    if (tracked.mode === "120000") return state.isSymbolicLink() && hasTarget(place, tracked.id);
    if (!state.isFile() || (state.mode & 0o7000) !== 0 || gitMode(state.mode) !== tracked.mode) {
      return false;
    }
    return withRegularFile(place, state, (file) => hasContent(file, tracked.id));
  } catch {
    return false;
  }
}

/** The two git modes of a regular file. */
export function gitMode(mode: number): "100644" | "100755" {
  return (mode & 0o100) === 0 ? "100644" : "100755";
}

export function hasContent(file: OpenFile, id: string): boolean {
  const hash = gitHash(id, file.state.size);
  eachChunk(file, (chunk) => hash.update(chunk));
  return hash.digest("hex") === id;
}

export function hasTarget(place: string, id: string): boolean {
  const target = readlinkSync(place, { encoding: "buffer" });
  return gitHash(id, target.length).update(target).digest("hex") === id;
}

/** Git's own id of a blob, SHA-1 or SHA-256 by the length of the compared id. */
function gitHash(like: string, size: number): Hash {
  return createHash(like.length === 64 ? "sha256" : "sha1").update(`blob ${size}\0`);
}
