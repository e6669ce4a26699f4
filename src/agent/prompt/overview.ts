import type { Order } from "../../domain/order.ts";
import { showBytes } from "../../domain/text/show-bytes.ts";
import type { Repository, TreeEntry } from "../../ports/repository.ts";
import { makeNameVisible, makeVisible } from "./envelope.ts";

/** The overview of a repository in a prompt: bounded, from git objects at the order's base commit. */
export interface Overview {
  /** Paths, one per line; overfull folders are cut with a count. */
  readonly tree: string;
  readonly files: number;
  /** Harness files of the config and existing manifests, each cut at its limit; a link shows its target. */
  readonly documents: readonly { readonly path: string; readonly text: string }[];
}

const MANIFESTS = [
  "package.json",
  "pyproject.toml",
  "go.mod",
  "Cargo.toml",
  "pom.xml",
  "build.gradle",
  "Makefile",
];
/** Characters. */
const TREE_LIMIT = 8_000;
const DOCUMENT_LIMIT = 6_000;
const DOCUMENTS_LIMIT = 24_000;
const ENTRIES_PER_FOLDER = 60;

/** In place of a text, because a listed file that is not shown would look empty. */
const NOWHERE = "(not read: it is a link that leads to no file of this tree, or a submodule)";

export async function overviewOf(order: Order, repository: Repository): Promise<Overview> {
  const entries = (await repository.list(order.base)).filter(({ type }) => type !== "tree");
  const paths = new Set(entries.map(({ path }) => path));
  const wanted = [...order.harness, ...MANIFESTS].filter((path) => paths.has(path));
  const documents: { path: string; text: string }[] = [];
  const shown = new Set<string>();
  let left = DOCUMENTS_LIMIT;
  for (const path of new Set(wanted)) {
    if (left <= 0) break;
    const file = await repository.resolve(order.base, path);
    if (file !== undefined && shown.has(file)) continue;
    shown.add(file ?? path);
    const whole = await textOf(repository, order, file);
    const text = beginningOf(whole, Math.min(DOCUMENT_LIMIT, left));
    left -= text.length;
    documents.push({ path: [undefined, path].includes(file) ? path : `${path} (${file})`, text });
  }
  return { tree: treeOf(entries), files: entries.length, documents };
}

async function textOf(
  repository: Repository,
  { base }: Order,
  file: string | undefined,
): Promise<string> {
  const bytes = file === undefined ? undefined : await repository.read(base, file);
  return bytes === undefined ? NOWHERE : makeVisible(showBytes(withoutMark(bytes)));
}

/** A byte order mark says nothing to a reader. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function treeOf(entries: readonly TreeEntry[]): string {
  const folders = new Map<string, number>();
  const lines: string[] = [];
  for (const { path } of entries) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const count = (folders.get(folder) ?? 0) + 1;
    folders.set(folder, count);
    if (count <= ENTRIES_PER_FOLDER) lines.push(makeNameVisible(path));
  }
  for (const [folder, count] of folders) {
    const more = count - ENTRIES_PER_FOLDER;
    if (more > 0) lines.push(`${makeNameVisible(folder)}… (${more} more files here)`);
  }
  return beginningOf(lines.join("\n"), TREE_LIMIT);
}

/** The beginning of a text, with the size of the rest. */
function beginningOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit)}\n… (${text.length - limit} more characters)`;
}
