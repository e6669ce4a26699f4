import { constants, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Materialized, TreeEntry } from "../../ports/repository.ts";
import type { BlobReader } from "./blob-reader.ts";
import {
  isPointer,
  type LeftOut,
  reasonAgainst,
  reasonAgainstTarget,
  refuseUnsafe,
} from "./unsafe-entries.ts";

/** A new file, never through a link, never over another one. */
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Files written at a time: of one file, most of the time goes into waiting for the file system, in as many threads. */
const WRITERS = 4;

/** Larger files are written while nothing else is read: some of the largest at a time would not fit into memory (bytes). */
const WRITTEN_ALONE_BYTES = 1_000_000;

/**
 * The port's `materialize`, from a listing. Written by hand, because `git checkout` runs filters and hooks. Rejects on a
 * path that git forbids: only a crafted tree holds one.
 */
export async function materializeTree(options: {
  readonly entries: readonly TreeEntry[];
  readonly blobs: BlobReader;
  readonly directory: string;
}): Promise<Materialized> {
  const { entries, blobs, directory } = options;
  if (readdirSync(directory).length > 0) {
    throw new Error(`${directory} is not empty: a tree is only written into an empty folder`);
  }
  for (const { path } of entries) refuseUnsafe(path);
  const leftOut: LeftOut[] = [];
  const possible = entries.filter((entry) => {
    const reason = reasonAgainst(entry);
    if (reason !== undefined) leftOut.push({ path: entry.path, reason });
    return reason === undefined;
  });
  const files = possible.filter(({ mode }) => mode.startsWith("100"));
  const links = possible.filter(({ mode }) => mode === "120000");
  const folders = new Set<string>();
  const pointers: string[] = [];
  await sharing(withContent(files, blobs), async ([file, content]) => {
    if (isPointer(content)) pointers.push(file.path);
    await writeNew({ file, content, directory, folders });
  });
  for await (const [link, target] of withContent(links, blobs)) {
    const reason = reasonAgainstTarget(link.path, target);
    if (reason === undefined) writeLink({ link, target, directory, folders });
    else leftOut.push({ path: link.path, reason });
  }
  return { leftOut: leftOut.sort(byPath), pointers: pointers.sort() };
}

function byPath(left: LeftOut, right: LeftOut): number {
  return left.path < right.path ? -1 : left.path > right.path ? 1 : 0;
}

async function* withContent(
  entries: readonly TreeEntry[],
  blobs: BlobReader,
): AsyncGenerator<readonly [TreeEntry, Buffer], void> {
  let index = 0;
  for await (const content of blobs.read(entries.map(({ id }) => id))) {
    const entry = entries[index];
    index += 1;
    if (entry !== undefined) yield [entry, content];
  }
}

/** Some workers take from one source; when one fails no more is taken, and all have ended when this rejects. */
async function sharing<Item>(
  source: AsyncGenerator<Item, void>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const worker = async () => {
    for await (const item of source) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: WRITERS }, worker));
  for (const result of ended) if (result.status === "rejected") throw result.reason;
}

async function writeNew(options: {
  readonly file: TreeEntry;
  readonly content: Buffer;
  readonly directory: string;
  readonly folders: Set<string>;
}): Promise<void> {
  const { file, content, directory, folders } = options;
  const target = join(directory, file.path);
  makeFolder(dirname(target), folders);
  const opened = await open(target, NEW_FILE, file.mode === "100755" ? 0o755 : 0o644);
  try {
    if (content.length > WRITTEN_ALONE_BYTES) writeFileSync(opened.fd, content);
    else await opened.writeFile(content);
  } finally {
    await opened.close();
  }
}

function makeFolder(folder: string, folders: Set<string>): void {
  if (folders.has(folder)) return;
  mkdirSync(folder, { recursive: true });
  folders.add(folder);
}

function writeLink(options: {
  readonly link: TreeEntry;
  readonly target: Buffer;
  readonly directory: string;
  readonly folders: Set<string>;
}): void {
  const { link, target, directory, folders } = options;
  makeFolder(dirname(join(directory, link.path)), folders);
  symlinkSync(target, join(directory, link.path));
}
