import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { getExecOutput } from "@actions/exec";

/** What every git process of this adapter shares. */
export interface GitHome {
  /** Absolute path of the git program. */
  readonly program: string;
  /** The `.git` folder that is read. Nothing is ever written there. */
  readonly gitDirectory: string;
  /** Where git may write: an empty work tree, an index, objects. Outside of every checkout. */
  readonly scratch: string;
}

/**
 * Switches off every key by which a repository's config runs a program or opens a connection (threats GIT-10, GIT-12).
 * The protect keys make git itself refuse names that other file systems would fold into `.git` (GIT-09).
 */
const HARDENING = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.excludesFile=/dev/null",
  "core.quotePath=false",
  "core.protectHFS=true",
  "core.protectNTFS=true",
  "core.commitGraph=false",
  "protocol.allow=never",
  "safe.bareRepository=explicit",
  "submodule.recurse=false",
  "diff.external=",
  "diff.orderFile=/dev/null",
  "log.showSignature=false",
  "gc.auto=0",
];

/** The first git on PATH, by its absolute name. Throws with what to install when there is none. */
export function findGit(path: string | undefined = process.env.PATH): string {
  for (const folder of (path ?? "").split(delimiter).filter(isAbsolute)) {
    const candidate = join(folder, "git");
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder: the next one is asked.
    }
  }
  throw new Error(
    "git was not found on PATH; install it, for example: sudo apt-get install -y git",
  );
}

/**
 * The whole environment of a git process. The index and the work tree are in the scratch folder and empty, so no
 * `.gitattributes` of a repository ever applies, whatever the git version. New objects go to the scratch folder, too.
 */
function environmentOf(home: GitHome): Record<string, string> {
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: home.scratch,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_GRAFT_FILE: "/dev/null",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_OBJECT_DIRECTORY: join(home.scratch, "objects"),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(join(home.gitDirectory, "objects")),
    GIT_INDEX_FILE: join(home.scratch, "index"),
  };
}

function argumentsOf(home: GitHome, arguments_: readonly string[]): string[] {
  return [
    `--git-dir=${home.gitDirectory}`,
    `--work-tree=${join(home.scratch, "empty")}`,
    "--no-replace-objects",
    "--no-pager",
    "--literal-pathspecs",
    "-c",
    `core.attributesFile=${join(home.scratch, "attributes")}`,
    ...HARDENING.flatMap((setting) => ["-c", setting]),
    ...arguments_,
  ];
}

/** Runs git to its end and answers its standard output. Rejects with git's own words when it fails. */
export async function runGit(home: GitHome, arguments_: readonly string[]): Promise<string> {
  const result = await getExecOutput(`"${home.program}"`, argumentsOf(home, arguments_), {
    cwd: join(home.scratch, "empty"),
    env: environmentOf(home),
    silent: true,
    ignoreReturnCode: true,
  });
  if (result.exitCode !== 0) throw gitError(arguments_, result.exitCode, result.stderr);
  return result.stdout;
}

/**
 * As `runGit`, for a git that is told something on its standard input. A path that git leaves out is a failure as well: it
 * says so on standard error and ends with 0.
 */
export async function feedGit(
  home: GitHome,
  arguments_: readonly string[],
  input: string,
): Promise<string> {
  const child = startGit(home, arguments_);
  const ended = once(child, "close");
  const output: Buffer[] = [];
  const words: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => words.push(chunk));
  child.stdin.end(input);
  const [exitCode] = (await ended) as [number | null];
  const said = Buffer.concat(words).toString("utf8");
  if (exitCode !== 0 || /^Ignoring path /mu.test(said)) throw gitError(arguments_, exitCode, said);
  return Buffer.concat(output).toString("utf8");
}

/**
 * Starts git with pipes. Not through `@actions/exec`, because that package decodes and splits every chunk as text, and
 * can neither write to a running process nor stop one. It also throws past every catch if git ends before its input
 * (EPIPE). Here blobs are bytes, reads come one by one, diffs are cut, and git may refuse a name while more are written.
 */
export function startGit(
  home: GitHome,
  arguments_: readonly string[],
): ChildProcessWithoutNullStreams {
  const child = spawn(home.program, argumentsOf(home, arguments_), {
    cwd: join(home.scratch, "empty"),
    env: environmentOf(home),
    stdio: ["pipe", "pipe", "pipe"],
  });
  // An early end shows in the exit code, where it is told with git's own words.
  child.stdin.on("error", () => {});
  return child;
}

export function gitError(
  arguments_: readonly string[],
  exitCode: number | null,
  stderr: string,
): Error {
  const words = stderr.trim().slice(0, 1_000);
  return new Error(`git ${arguments_[0] ?? ""} ended with ${exitCode ?? "a signal"}: ${words}`);
}
