import { statfsSync } from "node:fs";

/** Disk space that a workspace may use. */
export interface DiskLimits {
  readonly diskBytes: number;
  /** Files, folders and links. */
  readonly diskEntries: number;
}

/** Names the exceeded limit; undefined while there is none. */
export type DiskWatch = () => string | undefined;

/** No build needs more, and removing them afterwards would take longer than the work. */
const MOST: DiskLimits = { diskBytes: 50_000_000_000, diskEntries: 2_000_000 };
/** The rest stays for the runner: a full disk loses its logs and the receipt. */
const SHARE = 0.75;

/** Free space of a folder's disk. */
export function diskLimitsOf(folder: string): DiskLimits {
  const { bytes, entries } = freeOn(folder);
  return {
    diskBytes: Math.min(MOST.diskBytes, Math.floor(bytes * SHARE)),
    diskEntries: Math.min(MOST.diskEntries, Math.floor(entries * SHARE)),
  };
}

/**
 * Watches the disk's free space since this call: one system call for any number of files, and it includes deleted files
 * that are still open, which no walk would find. Others may write to the same disk meanwhile: the limits are those of
 * the disk, not of a budget.
 */
export function watchDisk(folder: string, limits: DiskLimits): DiskWatch {
  const before = freeOn(folder);
  return () => {
    const now = stillFreeOn(folder);
    if (now === undefined) return undefined;
    if (before.bytes - now.bytes > limits.diskBytes) {
      return `more than ${limits.diskBytes} bytes on the disk`;
    }
    if (before.entries - now.entries > limits.diskEntries) {
      return `more than ${limits.diskEntries} files on the disk`;
    }
    return undefined;
  };
}

/** Undefined once the folder is gone: a workspace that is removed between two checks uses nothing any more. */
function stillFreeOn(folder: string): ReturnType<typeof freeOn> | undefined {
  try {
    return freeOn(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Some file systems (btrfs) create entries on demand and count none. */
function freeOn(folder: string): { readonly bytes: number; readonly entries: number } {
  const { bavail, bsize, files, ffree } = statfsSync(folder);
  return { bytes: bavail * bsize, entries: files === 0 ? MOST.diskEntries * 2 : ffree };
}
