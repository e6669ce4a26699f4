import { createHash } from "node:crypto";
import type { ObjectId } from "../digest.ts";
import type { Part } from "./snapshot.ts";

/** One file of a tree, by what git keeps of it. Links and submodules are files of another mode. */
export interface TreeFile {
  readonly path: string;
  /** As git writes it: `100644`, `100755`, `120000` or `160000`. */
  readonly mode: string;
  readonly blob: ObjectId;
}

/** What a commit is made of. Unknown where GitHub does not list all of its files. */
export interface CommitTree {
  /** The first is the branch that was merged into. */
  readonly parents: readonly ObjectId[];
  readonly files: Part<readonly TreeFile[]>;
}

/** Whether bytes are those of a blob: git names a blob by what it holds. A name of another length is nobody's we know. */
export function isBlob(bytes: Uint8Array, blob: ObjectId): boolean {
  const algorithm = blob.length === 64 ? "sha256" : "sha1";
  const named = createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes);
  return named.digest("hex") === blob;
}
