import { askGit, type GitResult } from "./git-process.ts";
import { asksOfObjects, createLastingAnswers } from "./lasting-answers.ts";

export interface GitOptions {
  readonly input?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Git must behave the same on every machine: no configuration of the user or the system, no prompt, no locale. */
export function gitEnvironment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    HOME: "/nonexistent",
    LANG: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
  };
}

/** Bytes of output beyond which git is asked again instead of its answer being kept. */
const MOST_KEPT_BYTES = 65_536;

const lastingAnswers = createLastingAnswers<GitResult>({
  most: 4_000,
  lasts: ({ code, stdout }) =>
    code === 0 && stdout.length <= MOST_KEPT_BYTES && !stdout.includes(" missing\n"),
});

/** Runs git on a repository, or where git itself looks for one, and reports the exit code instead of throwing. */
export async function tryGit(
  gitDirectory: string | undefined,
  command: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const { environment, input = "" } = options;
  const start = () => startGit(gitDirectory, command, options);
  if (gitDirectory === undefined || environment !== undefined || typeof input !== "string") {
    return start();
  }
  return asksOfObjects(command, input)
    ? lastingAnswers.get([gitDirectory, ...command, input].join("\0"), start)
    : start();
}

async function startGit(
  gitDirectory: string | undefined,
  command: readonly string[],
  { environment, input = "" }: GitOptions,
): Promise<GitResult> {
  const place = gitDirectory === undefined ? [] : [`--git-dir=${gitDirectory}`];
  return askGit({
    words: [...place, ...command],
    environment: { ...gitEnvironment(), ...environment },
    input,
  });
}

/** Runs git and returns its output without the trailing newline. Throws with git's own words when it fails. */
export async function git(
  gitDirectory: string,
  command: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  const result = await tryGit(gitDirectory, command, options);
  if (result.code !== 0) {
    throw new Error(`git ${command[0]} failed (exit ${result.code}): ${result.stderr.trim()}`);
  }
  return result.stdout.toString("utf8").replace(/\n$/, "");
}
