import { createHash } from "node:crypto";
import type { ObjectId } from "../digest.ts";
import type { Part } from "./snapshot.ts";

/** One file of a tree, as git records it. Links and submodules are files of another mode. */
export interface TreeFile {
  readonly path: string;
  /** As git writes it: `100644`, `100755`, `120000` or `160000`. */
  readonly mode: string;
  readonly blob: ObjectId;
}

/** Parents, tree and files of a commit. Unknown if GitHub does not list all files. */
export interface CommitTree {
  /** The first is the branch that was merged into. */
  readonly parents: readonly ObjectId[];
  readonly files: Part<readonly TreeFile[]>;
}

/** Whether bytes are those of a blob, whose git id is a hash of its content. An id of another length is not known. */
export function isBlob(bytes: Uint8Array, blob: ObjectId): boolean {
  const algorithm = blob.length === 64 ? "sha256" : "sha1";
  const named = createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes);
  return named.digest("hex") === blob;
}
