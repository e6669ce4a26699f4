import { staysInside } from "../../adapters/repository/unsafe-entries.ts";
import type { Repository, TreeEntry } from "../../ports/repository.ts";
import { tryGit } from "../../twin/github/git/git.ts";
import { ASIDE, type Source } from "./resolve-base.ts";

/** The tree of the base and what of it a factory on one machine does not follow. */
export interface Survey {
  readonly entries: readonly TreeEntry[];
  /** Bytes of all files of the base together. */
  readonly bytes: number;
  /** Commits in the history of the base, as far as it is here. */
  readonly commits: number;
  /** Sentences for a person: submodules, LFS pointers, links that leave the tree, a history that is cut. */
  readonly notFollowed: readonly string[];
  /** Workflow files of the repository, which do not run here. */
  readonly workflows: readonly string[];
  /** Text of a file of the base, or undefined. */
  read(path: string): Promise<string | undefined>;
}

const POINTER = "version https://git-lfs.github.com/spec/v1";
/** A pointer file is at most this long (git-lfs specification), in bytes. */
const POINTER_BYTES = 1_024;
/** What Linux takes as the target of a link, in bytes. */
const LINK_BYTES = 4_096;
const NAMED = 5;

export async function surveySource(source: Source, repository: Repository): Promise<Survey> {
  const entries = await repository.list(source.base);
  const read = async (path: string) => {
    const bytes = await repository.read(source.base, path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  const counted = await tryGit(source.gitDirectory, ["rev-list", "--count", source.base], {
    environment: ASIDE,
  });
  return {
    entries,
    bytes: entries.reduce((sum, { size }) => sum + (size ?? 0), 0),
    commits: Number(counted.stdout.toString("utf8")) || 0,
    notFollowed: await sayNotFollowed(source, { entries, read }),
    workflows: entries
      .map(({ path }) => path)
      .filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)),
    read,
  };
}

async function sayNotFollowed(
  source: Source,
  tree: { readonly entries: readonly TreeEntry[]; readonly read: Survey["read"] },
): Promise<readonly string[]> {
  const { entries, read } = tree;
  const modules = entries.filter(({ mode }) => mode === "160000").map(({ path }) => path);
  const pointers = await findPointers(entries, read);
  const links = await findLeavingLinks(source, entries);
  return [
    ...(modules.length > 0 ? [`submodules are not followed: ${named(modules)}`] : []),
    ...(pointers.length > 0 ? [`LFS pointers stay pointers: ${named(pointers)}`] : []),
    ...(links.length > 0 ? [`links that leave the tree are left out: ${named(links)}`] : []),
    ...(source.shallow === undefined
      ? []
      : ["the clone is shallow: its history ends early, so churn is not measured"]),
  ];
}

/** Only where the attributes name the filter: reading every small file of a tree would cost more than it tells. */
async function findPointers(
  entries: readonly TreeEntry[],
  read: Survey["read"],
): Promise<readonly string[]> {
  const attributes = entries.filter(({ path }) => /(?:^|\/)\.gitattributes$/.test(path));
  const texts = await Promise.all(attributes.map(({ path }) => read(path)));
  if (!texts.some((text) => text?.includes("filter=lfs"))) return [];
  const small = entries.filter(
    ({ size, mode }) => mode.startsWith("100") && (size ?? 0) < POINTER_BYTES,
  );
  const found: string[] = [];
  for (const { path } of small) {
    if ((await read(path))?.startsWith(POINTER)) found.push(path);
  }
  return found;
}

/** Where a link leads is its content, which the port does not read. */
async function findLeavingLinks(
  source: Source,
  entries: readonly TreeEntry[],
): Promise<readonly string[]> {
  const links = entries.filter(({ mode }) => mode === "120000");
  const isShort = ({ size }: TreeEntry) => size !== null && size <= LINK_BYTES;
  const asked = links.filter(isShort);
  const targets = await readBlobs(source, asked);
  const leaving = asked.filter(({ path }, index) => !staysInside(path, targets[index] ?? ""));
  return links.filter((link) => !isShort(link) || leaving.includes(link)).map(({ path }) => path);
}

/** Texts of small blobs, in order; git answers `<id> blob <size>`, the bytes and a line break (git-cat-file, BATCH OUTPUT). */
async function readBlobs(source: Source, blobs: readonly TreeEntry[]): Promise<readonly string[]> {
  if (blobs.length === 0) return [];
  const input = `${blobs.map(({ id }) => id).join("\n")}\n`;
  const { stdout } = await tryGit(source.gitDirectory, ["cat-file", "--batch", "--buffer"], {
    environment: ASIDE,
    input,
  });
  let offset = 0;
  return blobs.map(({ size }) => {
    const begin = stdout.indexOf(10, offset) + 1;
    const end = begin + (size ?? 0);
    offset = end + 1;
    return stdout.toString("utf8", begin, end);
  });
}

function named(paths: readonly string[]): string {
  const more = paths.length - NAMED;
  return `${paths.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
