import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The author of the commits that bring a repository to the twin. */
export const IDENTITY = {
  GIT_AUTHOR_NAME: "OWNER",
  GIT_AUTHOR_EMAIL: "owner@users.noreply.github.com",
  GIT_COMMITTER_NAME: "OWNER",
  GIT_COMMITTER_EMAIL: "owner@users.noreply.github.com",
};

/** The bytes are discarded with the twin, so packing them well is not worth it. */
const IN_HASTE = ["-c", "core.compression=0", "-c", "pack.window=0"];

/** Commits a folder as it is (without ignored files) and pushes it, without touching the folder. */
export async function push(options: {
  readonly source: string;
  readonly paths: readonly string[];
  readonly url: string;
  readonly token: string;
  readonly scratch: string;
}): Promise<void> {
  const gitDirectory = join(options.scratch, `push-${process.hrtime.bigint()}`);
  const environment = {
    PATH: process.env.PATH ?? "/usr/bin:/bin",
    HOME: options.scratch,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    ...IDENTITY,
  };
  const git = (...words: readonly string[]) =>
    run("git", ["--git-dir", gitDirectory, "--work-tree", options.source, ...words], {
      env: environment,
      cwd: options.source,
      maxBuffer: 2 ** 26,
    });
  try {
    await run("git", ["init", "--quiet", "--bare", "--initial-branch=main", gitDirectory], {
      env: environment,
    });
    await git(...IN_HASTE, "add", "--all", "--", ...options.paths);
    await git("commit", "--quiet", "--message", "Begin");
    const header = Buffer.from(`x-access-token:${options.token}`).toString("base64");
    await git(
      ...IN_HASTE,
      "-c",
      `http.extraheader=AUTHORIZATION: basic ${header}`,
      "push",
      "--quiet",
      options.url,
      "main:main",
    );
  } finally {
    await rm(gitDirectory, { recursive: true, force: true });
  }
}
