import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real repository in a temporary folder. */
export interface GitFixture {
  readonly directory: string;
  git(args: readonly string[], input?: string | Buffer): string;
  /** Commits exactly these entries, links and crafted modes included; answers the commit id. */
  commit(
    files: Readonly<Record<string, { readonly mode: string; readonly content: string | Buffer }>>,
    date?: string,
  ): string;
  remove(): void;
}

export function createGitFixture(): GitFixture {
  const directory = mkdtempSync(join(tmpdir(), "repository-"));
  const git = (
    args: readonly string[],
    input: string | Buffer = "",
    date = "2026-11-20T12:00:00Z",
  ) =>
    execFileSync("git", [...args], {
      cwd: directory,
      input,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_GLOBAL: "/dev/null",
        // A commit would start another git to see whether there is anything to tidy up.
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "maintenance.auto",
        GIT_CONFIG_VALUE_0: "false",
        GIT_AUTHOR_NAME: "a",
        GIT_AUTHOR_EMAIL: "a@example.com",
        GIT_COMMITTER_NAME: "a",
        GIT_COMMITTER_EMAIL: "a@example.com",
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      },
    }).trim();
  git(["init", "-q", "-b", "main"]);
  return {
    directory,
    git,
    commit: (files, date) => {
      const lines = Object.entries(files).map(([path, { mode, content }]) => {
        const id =
          mode === "160000" ? String(content) : git(["hash-object", "-w", "--stdin"], content);
        return `${mode} ${id}\t${path}\0`;
      });
      git(["read-tree", "--empty"]);
      git(["update-index", "-z", "--index-info"], lines.join(""));
      git(["commit", "-q", "-m", "files", "--allow-empty"], "", date);
      return git(["rev-parse", "HEAD"]);
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
