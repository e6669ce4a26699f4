import { existsSync } from "node:fs";
import { tryGit } from "../../github/git/git.ts";
import { resolveRevision } from "../../github/git/read-refs.ts";
import type { TwinEvent } from "../../github/twin-github.ts";
import { field } from "../workflow/events.ts";

const NO_COMMIT = /^0{40}$/;
const WORKFLOW_FOLDER = ".github/workflows";

/** Reads of one bare repository, all by commit id: nothing here follows a branch after it was resolved. */
export interface RepositoryFiles {
  readonly gitDirectory: string;
  /** Full commit id of a branch, tag or id; undefined when there is none. */
  resolve(ref: string): Promise<string | undefined>;
  /** Full ref of the default branch, e.g. "refs/heads/main". */
  defaultBranch(): Promise<string>;
  /** Paths of the workflow files at a commit, sorted. */
  workflowPaths(commit: string): Promise<readonly string[]>;
  /** Text of a file at a commit; undefined when there is none. */
  read(commit: string, path: string): Promise<string | undefined>;
  /** Paths that a push or a pull request changed. */
  changed(event: TwinEvent): Promise<readonly string[]>;
}

/** Undefined if the folder is no repository. */
export function openRepository(gitDirectory: string): RepositoryFiles | undefined {
  return existsSync(gitDirectory) ? repositoryAt(gitDirectory) : undefined;
}

function repositoryAt(gitDirectory: string): RepositoryFiles {
  const git = (...args: string[]) => runGit(gitDirectory, args);
  const attempt = (...args: string[]) => git(...args).catch(() => undefined);

  const resolve = (ref: string) => resolveName(gitDirectory, ref);

  async function changedSince(base: string, head: string, dots: ".." | "..."): Promise<string[]> {
    const known = NO_COMMIT.test(base) ? undefined : await resolve(base);
    const output =
      known === undefined
        ? await git("ls-tree", "-r", "-z", "--name-only", head)
        : await git("diff", "--name-only", "--no-renames", "-z", `${known}${dots}${head}`);
    return listOf(output);
  }

  return {
    gitDirectory,
    resolve,
    async defaultBranch() {
      return (await git("symbolic-ref", "HEAD")).trim();
    },
    async workflowPaths(commit) {
      const output = await git("ls-tree", "-z", "--name-only", commit, "--", `${WORKFLOW_FOLDER}/`);
      return listOf(output).filter((path) => /\.ya?ml$/.test(path));
    },
    read: (commit, path) => attempt("cat-file", "blob", `${commit}:${path}`),
    async changed(event) {
      const pullRequest = event.payload.pull_request;
      if (pullRequest !== undefined) {
        const [base, head] = ["base", "head"].map((side) =>
          String(field(field(pullRequest, side), "sha")),
        );
        return changedSince(base ?? "", head ?? "", "...");
      }
      const before = String(event.payload.before ?? "");
      if (!NO_COMMIT.test(before)) {
        return changedSince(before, event.sha, "..");
      }
      // A new branch: its commits beyond the default branch.
      return changedSince((await git("symbolic-ref", "HEAD")).trim(), event.sha, "...");
    },
  };
}

/** The commit that a revision, a branch or a tag names. */
async function resolveName(gitDirectory: string, ref: string): Promise<string | undefined> {
  for (const candidate of [ref, `refs/heads/${ref}`, `refs/tags/${ref}`]) {
    const id = await resolveRevision(gitDirectory, candidate);
    if (id !== undefined) {
      return id;
    }
  }
  return undefined;
}

/** Runs git on a bare repository. @throws with git's words if it fails. */
async function runGit(gitDirectory: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await tryGit(gitDirectory, args);
  if (code !== 0) {
    throw new Error(`git ${args[0]} failed (exit ${code}): ${stderr.trim()}`);
  }
  return stdout.toString("utf8");
}

export function gitEnvironment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    LANG: "C.UTF-8",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
  };
}

function listOf(output: string): string[] {
  return output.split("\0").filter((path) => path !== "");
}
