import { constants, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { foldPath } from "../../domain/path.ts";
import type { Materialized, TreeEntry } from "../../ports/repository.ts";
import { type BlobReader, MAXIMUM_BLOB_BYTES } from "./blob-reader.ts";

/** A new file, never through a link, never over another one. */
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** What Linux takes as one name, and as a path or the target of a link with some room for the folder above (bytes). */
const LONGEST = { name: 255, path: 3_800 } as const;

/** Files written at a time: of one file, most of the time goes into waiting for the file system, in as many threads. */
const WRITERS = 4;
/** Larger files are written while nothing else is read: some of the largest at a time would not fit into memory (bytes). */
const WRITTEN_ALONE_BYTES = 1_000_000;

type LeftOut = Materialized["leftOut"][number];

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

/** Why an entry cannot be written here, whatever it holds. */
function reasonAgainst({ path, mode, size }: TreeEntry): string | undefined {
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
function reasonAgainstTarget(path: string, target: Buffer): string | undefined {
  if (target.length > LONGEST.path) return "a link longer than a file system takes";
  if (!staysInside(path, target.toString("utf8"))) return "a link that leaves the tree";
  return undefined;
}

/**
 * Whether a file stands for content that Git LFS keeps elsewhere: `version` comes first, then keys in alphabetical order,
 * and all of it is under 1024 bytes. https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md#the-pointer
 */
function isPointer(content: Buffer): boolean {
  if (content.length >= 1_024) return false;
  return /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(ext-.*\n)*oid sha256:[0-9a-f]{64}\nsize \d+\n$/.test(
    content.toString("latin1"),
  );
}

/** Git forbids these names; a crafted tree object can hold them all the same. */
function refuseUnsafe(path: string): void {
  const unsafe = path
    .split("/")
    .some((segment) => ["", ".", "..", ".git"].includes(foldPath(segment)) || segment === "");
  if (unsafe) throw new Error(`the tree holds the path ${JSON.stringify(path)}, which git forbids`);
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

/**
 * Whether a link can only lead inside the tree: `..` may stand only in front and at most as often as the link is deep,
 * because behind another link `..` goes elsewhere than the text says.
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
