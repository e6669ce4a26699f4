import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { foldPath } from "../../domain/path.ts";
import type { TreeEntry } from "../../ports/repository.ts";
import type { BlobReader } from "./blob-reader.ts";

/** A new file, never through a link, never over another one. */
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** The port's `materialize`, from a listing. Written by hand, because `git checkout` runs filters and hooks. */
export async function materializeTree(options: {
  readonly entries: readonly TreeEntry[];
  readonly blobs: BlobReader;
  readonly directory: string;
}): Promise<void> {
  const { entries, blobs, directory } = options;
  if (readdirSync(directory).length > 0) {
    throw new Error(`${directory} is not empty: a tree is only written into an empty folder`);
  }
  for (const { path } of entries) refuseUnsafe(path);
  const files = entries.filter(({ mode }) => mode.startsWith("100"));
  const links = entries.filter(({ mode }) => mode === "120000");
  const folders = new Set<string>();
  let index = 0;
  for await (const content of blobs.read(files.map(({ id }) => id))) {
    const file = files[index];
    index += 1;
    if (file !== undefined) writeFile({ file, content, directory, folders });
  }
  await writeLinks({ links, blobs, directory, folders });
}

/** Git forbids these names; a crafted tree object can hold them all the same. */
function refuseUnsafe(path: string): void {
  const unsafe = path
    .split("/")
    .some((segment) => ["", ".", "..", ".git"].includes(foldPath(segment)) || segment === "");
  if (unsafe) throw new Error(`the tree holds the path ${JSON.stringify(path)}, which git forbids`);
}

function writeFile(options: {
  readonly file: TreeEntry;
  readonly content: Buffer;
  readonly directory: string;
  readonly folders: Set<string>;
}): void {
  const { file, content, directory, folders } = options;
  const target = join(directory, file.path);
  makeFolder(dirname(target), folders);
  const descriptor = openSync(target, NEW_FILE, file.mode === "100755" ? 0o755 : 0o644);
  try {
    let written = 0;
    while (written < content.length) written += writeSync(descriptor, content, written);
  } finally {
    closeSync(descriptor);
  }
}

function makeFolder(folder: string, folders: Set<string>): void {
  if (folders.has(folder)) return;
  mkdirSync(folder, { recursive: true });
  folders.add(folder);
}

async function writeLinks(options: {
  readonly links: readonly TreeEntry[];
  readonly blobs: BlobReader;
  readonly directory: string;
  readonly folders: Set<string>;
}): Promise<void> {
  const { links, blobs, directory, folders } = options;
  const outside: string[] = [];
  let index = 0;
  for await (const content of blobs.read(links.map(({ id }) => id))) {
    const link = links[index];
    index += 1;
    if (link === undefined) continue;
    const target = content.toString("utf8");
    if (!staysInside(link.path, target)) {
      outside.push(`${link.path} -> ${target}`);
      continue;
    }
    makeFolder(dirname(join(directory, link.path)), folders);
    symlinkSync(target, join(directory, link.path));
  }
  if (outside.length > 0) {
    throw new Error(
      `the tree holds links that leave it, they were left out: ${outside.slice(0, 10).join(", ").slice(0, 1_000)}; remove them from the base`,
    );
  }
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
