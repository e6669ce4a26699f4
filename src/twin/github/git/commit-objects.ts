import { tryGit } from "./git.ts";

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

/** Reads commits by id in one git process. An id that is no commit is left out. */
export async function readCommits(
  gitDirectory: string,
  ids: readonly string[],
): Promise<CommitObject[]> {
  if (ids.length === 0) return [];
  const { stdout } = await tryGit(gitDirectory, ["cat-file", "--batch"], {
    input: `${ids.join("\n")}\n`,
  });
  const commits: CommitObject[] = [];
  let offset = 0;
  while (offset < stdout.length) {
    const lineEnd = stdout.indexOf(0x0a, offset);
    const [sha = "", type, size] = stdout.subarray(offset, lineEnd).toString("utf8").split(" ");
    offset = lineEnd + 1;
    if (size === undefined) continue;
    const bytes = stdout.subarray(offset, offset + Number(size));
    if (type === "commit") commits.push(parseCommit(sha, bytes.toString("utf8")));
    offset += Number(size) + 1;
  }
  return commits;
}

export async function readCommit(
  gitDirectory: string,
  sha: string,
): Promise<CommitObject | undefined> {
  return (await readCommits(gitDirectory, [sha]))[0];
}

/** Ids of the commits that `to` has and `from` has not, oldest first. */
export async function commitsBetween(
  gitDirectory: string,
  from: string,
  to: string,
): Promise<string[]> {
  const { stdout } = await tryGit(gitDirectory, [
    "rev-list",
    "--reverse",
    "--topo-order",
    to,
    `^${from}`,
  ]);
  return stdout
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}
