import { statfs } from "node:fs/promises";

/** Bytes that must be free where workspaces are made: copies of the tree, caches, artifacts. */
const ROOM_BYTES = 500_000_000;

const COPIES = 5;

/** @throws Error with what is free and what is wanted, both in MB */
export async function refuseFullDisk(directory: string, treeBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const [free, wanted] = [bavail * bsize, ROOM_BYTES + COPIES * treeBytes];
  if (free >= wanted) return;
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  throw new Error(
    `only ${megabytes(free)} are free at ${directory} and this rehearsal may need ${megabytes(wanted)}; make room, or set TMPDIR to a folder on another disk`,
  );
}
