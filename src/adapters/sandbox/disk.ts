import { statfsSync } from "node:fs";

/** What may be taken from the disk that holds a workspace. */
export interface DiskLimits {
  readonly diskBytes: number;
  /** Files, folders and links. */
  readonly diskEntries: number;
}

/** Says what was taken too much of; undefined while all is well. */
export type DiskWatch = () => string | undefined;

/** Beyond these no build goes, and removing it afterwards would take longer than the work. */
const MOST: DiskLimits = { diskBytes: 50_000_000_000, diskEntries: 2_000_000 };
/** The rest stays for the runner itself: a full disk loses its logs and the receipt of what happened. */
const SHARE = 0.75;

/** What the disk of a folder can spare. */
export function diskLimitsOf(folder: string): DiskLimits {
  const { bytes, entries } = freeOn(folder);
  return {
    diskBytes: Math.min(MOST.diskBytes, Math.floor(bytes * SHARE)),
    diskEntries: Math.min(MOST.diskEntries, Math.floor(entries * SHARE)),
  };
}

/**
 * Watches what the disk has lost since this call: one system call however many files there are, and deleted files that
 * are still open count too, which no walk through a folder would find. Others may write to the same disk meanwhile: the
 * limits are those of the disk, not of a budget.
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

/** Undefined once the folder is gone: a workspace that is taken away between two looks takes nothing any more. */
function stillFreeOn(folder: string): ReturnType<typeof freeOn> | undefined {
  try {
    return freeOn(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Some file systems (btrfs) make room for entries as they need it and count none. */
function freeOn(folder: string): { readonly bytes: number; readonly entries: number } {
  const { bavail, bsize, files, ffree } = statfsSync(folder);
  return { bytes: bavail * bsize, entries: files === 0 ? MOST.diskEntries * 2 : ffree };
}
