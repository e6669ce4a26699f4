import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
} from "node:fs";
import { join } from "node:path";

/** Never through a link, never waiting for the other end of a pipe (threats RT-10). */
const SAFELY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const FOLDER = SAFELY | constants.O_DIRECTORY;
const CHUNK_BYTES = 1_048_576;

/** An open regular file, and its state when it was opened. */
export interface OpenFile {
  readonly descriptor: number;
  readonly state: Stats;
}

/**
 * Opens exactly the file that `lstat` saw. Throws if it is no regular file, or another one by now. `use` gets the open
 * file, which is closed afterwards.
 */
export function withRegularFile<Result>(
  path: string | Buffer,
  seen: Stats,
  use: (file: OpenFile) => Result,
): Result {
  const descriptor = openSync(path, SAFELY);
  try {
    const state = fstatSync(descriptor);
    if (!state.isFile() || state.ino !== seen.ino || state.dev !== seen.dev) {
      throw new Error("changed while it was read");
    }
    return use({ descriptor, state });
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a file from its start, piece by piece; throws if its content does not match its state. */
export function eachChunk(file: OpenFile, take: (chunk: Buffer) => void): void {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, file.state.size + 1));
  let total = 0;
  for (;;) {
    const count = readSync(file.descriptor, buffer, 0, buffer.length, total);
    if (count === 0) break;
    total += count;
    if (total > file.state.size) throw new Error("grew while it was read");
    take(buffer.subarray(0, count));
  }
  if (total !== file.state.size) throw new Error("shrank while it was read");
}

export function readAll(file: OpenFile): Buffer {
  const parts: Buffer[] = [];
  eachChunk(file, (chunk) => parts.push(Buffer.from(chunk)));
  return Buffer.concat(parts);
}

/**
 * Reads a file below a folder that may be hostile and changing: every step is opened relative to the one before and
 * never through a link, so that no concurrent swap can lead out. Undefined if there is no such regular file. Throws if
 * it is larger than `maximumBytes`.
 */
export function readBelow(root: string, path: string, maximumBytes: number): Buffer | undefined {
  const segments = path.split("/").filter((segment) => segment !== ".");
  if (segments.some((segment) => ["", ".."].includes(segment)) || path.includes("\0")) {
    return undefined;
  }
  const name = segments.at(-1);
  if (name === undefined) return undefined;
  const open: number[] = [];
  try {
    let folder = root;
    for (const segment of ["", ...segments.slice(0, -1)]) {
      const descriptor = openSync(join(folder, segment), FOLDER);
      open.push(descriptor);
      // Only Linux has a name for an open folder; elsewhere there is no sandbox to race against.
      folder = process.platform === "linux" ? `/proc/self/fd/${descriptor}` : join(folder, segment);
    }
    return readBounded(`${folder}/${name}`, path, maximumBytes);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  } finally {
    for (const descriptor of open) closeSync(descriptor);
  }
}

/** A whole regular file; `path` is its name in the error if it exceeds `maximumBytes`. */
export function readBounded(place: string, path: string, maximumBytes: number): Buffer | undefined {
  const seen = lstatSync(place);
  if (!seen.isFile()) return undefined;
  if (seen.size > maximumBytes) {
    throw new RangeError(`${path} has ${seen.size} bytes, at most ${maximumBytes} are read`);
  }
  return withRegularFile(place, seen, readAll);
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return ["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"].includes(`${code}`);
}
