import { tryGit } from "./git.ts";
import { looseContent } from "./objects/loose-objects.ts";

interface Person {
  readonly name: string;
  readonly email: string;
  /** ISO 8601, in UTC. */
  readonly date: string;
}

export interface CommitObject {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

const PERSON = /^(?<name>.*?) ?<(?<email>[^>]*)> (?<seconds>-?\d+) [+-]\d{4}$/;

function parsePerson(line: string): Person {
  const groups = PERSON.exec(line)?.groups;
  const seconds = Number(groups?.seconds ?? 0);
  return {
    name: groups?.name ?? "",
    email: groups?.email ?? "",
    date: new Date(seconds * 1000).toISOString().replace(".000Z", "Z"),
  };
}

function parseCommit(sha: string, text: string): CommitObject {
  const end = text.indexOf("\n\n");
  const header = text.slice(0, end).split("\n");
  const values = (key: string): string[] =>
    header.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    sha,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    author: parsePerson(values("author")[0] ?? ""),
    committer: parsePerson(values("committer")[0] ?? ""),
    message: text.slice(end + 2),
  };
}

/** So many commits are remembered, over all repositories: the oldest go first. */
const MOST_KNOWN = 20_000;

/** By repository and id: what a commit says never changes. */
const known = new Map<string, CommitObject>();

function nameOf(gitDirectory: string, sha: string): string {
  return `${gitDirectory}\0${sha}`;
}

/** Remembers a commit that was read or written. */
export function learnCommit(gitDirectory: string, sha: string, text: string): void {
  known.set(nameOf(gitDirectory, sha), parseCommit(sha, text));
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
}

/** A commit that was read or written before; undefined says nothing. */
export function knownCommit(gitDirectory: string, sha: string): CommitObject | undefined {
  return known.get(nameOf(gitDirectory, sha));
}

/** The same, or one that stands in a file of its own; undefined where git has to say. */
export function knownOrLoose(gitDirectory: string, sha: string): CommitObject | undefined {
  const known = knownCommit(gitDirectory, sha);
  if (known !== undefined) return known;
  const loose = looseContent(gitDirectory, sha, "commit");
  if (loose !== undefined) learnCommit(gitDirectory, sha, loose.toString("utf8"));
  return knownCommit(gitDirectory, sha);
}

/** Reads commits by id, those that are neither known nor in a file of their own in one git process. An id that is no commit is left out. */
export async function readCommits(
  gitDirectory: string,
  ids: readonly string[],
): Promise<CommitObject[]> {
  const unknown = ids.filter((id) => knownOrLoose(gitDirectory, id) === undefined);
  if (unknown.length > 0) await learnCommits(gitDirectory, unknown);
  return ids.flatMap((id) => knownCommit(gitDirectory, id) ?? []);
}

async function learnCommits(gitDirectory: string, ids: readonly string[]): Promise<void> {
  const { stdout } = await tryGit(gitDirectory, ["cat-file", "--batch"], {
    input: `${ids.join("\n")}\n`,
  });
  let offset = 0;
  while (offset < stdout.length) {
    const lineEnd = stdout.indexOf(0x0a, offset);
    const [sha = "", type, size] = stdout.subarray(offset, lineEnd).toString("utf8").split(" ");
    offset = lineEnd + 1;
    if (size === undefined) continue;
    const bytes = stdout.subarray(offset, offset + Number(size));
    if (type === "commit") learnCommit(gitDirectory, sha, bytes.toString("utf8"));
    offset += Number(size) + 1;
  }
}

export async function readCommit(
  gitDirectory: string,
  sha: string,
): Promise<CommitObject | undefined> {
  return (await readCommits(gitDirectory, [sha]))[0];
}

/** The tree of a commit that is named by its id, any other name as it is: what hangs on the tree alone is asked about that. */
export function treeOf(gitDirectory: string, name: string): string {
  return knownOrLoose(gitDirectory, name)?.tree ?? name;
}
