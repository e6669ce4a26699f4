import type { GitCommit, GitFacts } from "../../measures/history/from-git.ts";
import type { ChangedLines } from "../../measures/history/history.ts";
import { UsageError } from "../command/usage-error.ts";
import type { AskGit } from "./ask-git.ts";

/** Between fields, between trailers, and before each commit: bytes that git takes out of no message but nobody types. */
const [FIELD, ITEM, RECORD] = ["\x1f", "\x1d", "\x1e"];
const FORMAT = `--format=${["%x1e%H", "%P", "%aI", "%cI", "%ae", "%ce", "%(trailers:key=Co-authored-by,valueonly,separator=%x1d)", "%B"].join("%x1f")}`;

/**
 * Commits that lead to the head of the default branch, and what each change since then put in.
 * @throws UsageError where the history is cut off: what came before is part of what a change brought
 */
export async function readGit(
  git: AskGit,
  asked: { readonly since: string; readonly agents: readonly string[] },
): Promise<{ readonly facts: GitFacts; readonly notes: readonly string[] }> {
  if ((await git("rev-parse", "--is-shallow-repository")).trim() !== "false") {
    throw new UsageError("--git: the clone is shallow; git fetch --unshallow brings the rest");
  }
  const head = (await git("rev-parse", "--verify", "HEAD^{commit}")).trim();
  const log = await git("log", FORMAT, "--date-order", head);
  const commits = log.split(RECORD).slice(1).map(commitOf);
  const { agents, since } = asked;
  try {
    const lines = await linesSince(git, head, since);
    return { facts: { commits, head, agents, lines }, notes: [] };
  } catch (error) {
    // A partial clone has commits without their files: what each of them put in is then not known.
    const why = error instanceof Error ? error.message : String(error);
    return { facts: { commits, head, agents, lines: new Map() }, notes: [why] };
  }
}

function commitOf(record: string): GitCommit {
  const [
    id = "",
    parents = "",
    authored = "",
    committed = "",
    author = "",
    committer = "",
    ...rest
  ] = record.split(FIELD);
  const [trailers = "", ...message] = rest;
  return {
    ...{ id, author, committer },
    parents: parents.split(" ").filter((one) => one !== ""),
    authoredAt: inUtc(authored),
    committedAt: inUtc(committed),
    coAuthors: trailers.split(ITEM).flatMap((one) => /<([^<>]+)>\s*$/.exec(one)?.[1] ?? []),
    message: message.join(FIELD),
  };
}

/** One way to write a time, so that times compare as texts. */
function inUtc(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** What each commit of the default branch put in against its first parent; a binary file has no lines. */
async function linesSince(git: AskGit, head: string, since: string): Promise<GitFacts["lines"]> {
  const log = await git(
    ...["log", "--first-parent", "-m", "--numstat", "-z", "--no-renames", "--no-ext-diff"],
    ...["--no-textconv", "--format=%x1e%H", `--since=${since}`, head],
  );
  const records = log.split(RECORD).slice(1);
  return new Map(
    records.map((record) => [
      record.slice(0, record.search(/[\0\n]/) < 0 ? undefined : record.search(/[\0\n]/)),
      record.split("\0").flatMap(readLine),
    ]),
  );
}

function readLine(line: string): readonly ChangedLines[] {
  const found = /^\n?([0-9]+)\t[0-9]+\t([\s\S]+)$/.exec(line);
  return found === null ? [] : [{ path: found[2] ?? "", added: Number(found[1]) }];
}
