import { tryGit } from "../../twin/github/git/git.ts";
import { askGit } from "../../twin/github/git/git-process.ts";
import { counted } from "../../wording/figures.ts";
import { UsageError } from "../command/usage-error.ts";

/** A repository on disk as the rehearsal takes it: from its objects alone, nothing in it is ever written. */
export interface Source {
  /** What the caller named, resolved: the work tree, or the bare repository. */
  readonly directory: string;
  readonly gitDirectory: string;
  /** Differs from `gitDirectory` in a linked worktree: refs, config and objects lie here. */
  readonly commonDirectory: string;
  readonly objects: string;
  /** Text of the `shallow` file of a shallow clone. */
  readonly shallow: string | undefined;
  /** The commit that the factory works on. */
  readonly base: string;
  readonly defaultBranch: string;
}

/** Reads that neither take a lock, nor fetch, nor ask: the caller's repository stays as it is. */
export const ASIDE = {
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "",
} as const;

export async function resolveBase(
  gitDirectory: string,
  named: {
    readonly path: string;
    readonly base: string | undefined;
    readonly shallow: boolean;
    /** The option that named it. */
    readonly option?: "--base" | "--head";
  },
): Promise<string> {
  const { path, base, shallow, option = "--base" } = named;
  const revision = `${base ?? "HEAD"}^{commit}`;
  const words = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision];
  const commit = await ask(gitDirectory, words);
  if (commit !== undefined) return commit;
  if (base !== undefined) {
    const hint = shallow
      ? `; the clone is shallow, so older commits are not here; get them with \`git -C ${path} fetch --unshallow\``
      : `; list commits with \`git -C ${path} log --oneline\``;
    throw new UsageError(`${option}: ${path} has no commit ${JSON.stringify(base)}${hint}`);
  }
  const lost = await ask(gitDirectory, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (lost !== undefined) {
    throw new UsageError(
      `--repo: the commit ${lost} is checked out in ${path} and cannot be read; check with \`git -C ${path} fsck\`, or name another commit with --base`,
    );
  }
  const branch = await ask(gitDirectory, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
  const empty = (await ask(gitDirectory, ["for-each-ref", "--count=1"])) === "";
  throw new UsageError(
    empty
      ? `--repo: ${path} is an empty repository; commit something first, with \`git -C ${path} add -A && git -C ${path} commit\``
      : `--repo: ${path} is on the branch ${branch ?? "HEAD"}, which has no commit yet; name one with --base`,
  );
}

/**
 * The commit, all of whose objects are here.
 * @throws UsageError that says what is wrong with the revision, or that objects are missing
 */
export async function resolveWhole(
  gitDirectory: string,
  named: Parameters<typeof resolveBase>[1],
): Promise<string> {
  const whole = named.base === undefined ? await wholeHead(gitDirectory) : undefined;
  if (whole !== undefined) return whole;
  const commit = await resolveBase(gitDirectory, named);
  await refuseMissing(gitDirectory, { path: named.path, commit });
  return commit;
}

/** Both in one question, where nothing is wrong. The commit stands before its objects. */
async function wholeHead(gitDirectory: string): Promise<string | undefined> {
  const { code, stdout } = await listObjects(gitDirectory, "HEAD^{commit}");
  const listed = stdout.toString("latin1");
  return code === 0 && !MISSING.test(listed) ? listed.slice(0, listed.indexOf("\n")) : undefined;
}

const MISSING = /^\?/m;

function listObjects(gitDirectory: string, of: string) {
  const words = ["rev-list", "--objects", "--no-walk", "--missing=print", of, "--"];
  return tryGit(gitDirectory, words, { environment: ASIDE });
}

/** A partial clone lacks what nobody has looked at yet, and nothing is fetched here. A damaged one lacks objects, too. */
export async function refuseMissing(
  gitDirectory: string,
  about: { readonly path: string; readonly commit: string },
): Promise<void> {
  const { path, commit } = about;
  const listed = await listObjects(gitDirectory, commit);
  if (listed.code !== 0) {
    throw new UsageError(
      `--repo: objects of ${path} cannot be read: ${firstLine(listed.stderr)}; check with \`git -C ${path} fsck\``,
    );
  }
  const missing = listed.stdout.toString("latin1").match(/^\?/gm)?.length ?? 0;
  if (missing === 0) return;
  // Only where a remote has promised the rest (git-config, remote.<name>.promisor) is it no damage.
  const promised = ["config", "--get-regexp", "^remote\\..*\\.promisor$"];
  if ((await ask(gitDirectory, promised)) === undefined) {
    throw new UsageError(
      `--repo: ${path} lacks ${counted(missing, "object")} of the commit ${commit}; check with \`git -C ${path} fsck\``,
    );
  }
  throw new UsageError(
    `--repo: ${path} is a partial clone that lacks ${counted(missing, "object")} of the base; get them with \`git -C ${path} fetch --refetch --filter=tree:2147483647\`, or clone it whole`,
  );
}

/** Where the work begins: the branch that is checked out, else the remote's. */
export async function findDefaultBranch(gitDirectory: string): Promise<string> {
  return (await branchAt(gitDirectory, "HEAD")) ?? (await branchOfRemote(gitDirectory)) ?? "main";
}

/** What pull requests go to: the default branch of the remote, as the clone noted it, else the branch that is checked out. */
export async function findTarget(gitDirectory: string): Promise<string> {
  return (await branchOfRemote(gitDirectory)) ?? (await branchAt(gitDirectory, "HEAD")) ?? "main";
}

async function branchOfRemote(gitDirectory: string): Promise<string | undefined> {
  const remote = await branchAt(gitDirectory, "refs/remotes/origin/HEAD");
  return remote?.replace(/^origin\//, "");
}

function branchAt(gitDirectory: string, ref: string): Promise<string | undefined> {
  return ask(gitDirectory, ["symbolic-ref", "--quiet", "--short", ref]);
}

/** Git's answer without the last line break; undefined when it fails. */
export async function ask(
  gitDirectory: string,
  words: readonly string[],
): Promise<string | undefined> {
  const { code, stdout } = await tryGit(gitDirectory, words, { environment: ASIDE });
  return code === 0 ? stdout.toString("utf8").trim() : undefined;
}

/** Git looks for the repository itself here, so it also asks who owns it: any owner's may be read. */
export function gitIn(directory: string, words: readonly string[]) {
  return tryGit(undefined, ["-C", directory, "-c", "safe.directory=*", ...words], {
    environment: ASIDE,
  });
}

/** Git as the person who typed the command has it: with the files that they ignore everywhere, and with their line ends. */
export function gitAsPerson(directory: string, words: readonly string[], input = "") {
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("GIT_"),
  );
  return askGit({
    words: ["-C", directory, "-c", "safe.directory=*", ...words],
    environment: { ...Object.fromEntries(own), ...ASIDE, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" },
    input,
  });
}

export function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").replace(/^fatal: /, "").slice(0, 300);
}
