import { foldPath } from "../../domain/path.ts";
import type { Materialized, TreeEntry } from "../../ports/repository.ts";
import { MAXIMUM_BLOB_BYTES } from "./blob-reader.ts";

/** What Linux takes as one name, and as a path or the target of a link with some room for the folder above (bytes). */
const LONGEST = { name: 255, path: 3_800 } as const;

export type LeftOut = Materialized["leftOut"][number];

/** Why an entry cannot be written here, whatever it holds. */
export function reasonAgainst({ path, mode, size }: TreeEntry): string | undefined {
  if (mode === "160000") return "a submodule: its files are in another repository";
  // The listing is read as UTF-8, in which every other byte becomes this character.
  if (path.includes("\uFFFD")) return "a name that is not UTF-8";
  const tooLong =
    Buffer.byteLength(path) > LONGEST.path ||
    path.split("/").some((segment) => Buffer.byteLength(segment) > LONGEST.name);
  if (tooLong) return "a name longer than a file system takes";
  if ((size ?? 0) > MAXIMUM_BLOB_BYTES) return `larger than ${MAXIMUM_BLOB_BYTES} bytes`;
  return undefined;
}

/** The target itself is never told: it may name a place of somebody's machine. */
export function reasonAgainstTarget(path: string, target: Buffer): string | undefined {
  if (target.length > LONGEST.path) return "a link longer than a file system takes";
  if (!staysInside(path, target.toString("utf8"))) return "a link that leaves the tree";
  return undefined;
}

/**
 * Whether a file stands for content that Git LFS keeps elsewhere: `version` comes first, then keys in alphabetical order,
 * and all of it is under 1024 bytes. https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md#the-pointer
 */
export function isPointer(content: Buffer): boolean {
  if (content.length >= 1_024) return false;
  return /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(ext-.*\n)*oid sha256:[0-9a-f]{64}\nsize \d+\n$/.test(
    content.toString("latin1"),
  );
}

/** Git forbids these names; a crafted tree object can hold them all the same. */
export function refuseUnsafe(path: string): void {
  const unsafe = path
    .split("/")
    .some((segment) => ["", ".", "..", ".git"].includes(foldPath(segment)) || segment === "");
  if (unsafe) throw new Error(`the tree holds the path ${JSON.stringify(path)}, which git forbids`);
}

/**
 * Whether a link can only lead inside the tree. `..` may occur only at the beginning, and at most as often as the link
 * is deep, because after another link `..` leads elsewhere than the text says.
 */
export function staysInside(path: string, target: string): boolean {
  if (target === "" || target.startsWith("/") || target.includes("\0")) return false;
  const segments = target.split("/").filter((segment) => segment !== "" && segment !== ".");
  const up = segments.findIndex((segment) => segment !== "..");
  const climbs = up < 0 ? segments.length : up;
  const below = segments.slice(climbs);
  if (below.includes("..") || below.some((segment) => foldPath(segment) === ".git")) return false;
  return climbs <= path.split("/").length - 1;
}
