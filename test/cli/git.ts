import { execFileSync } from "node:child_process";

/** Git as anybody's, without a configuration of this machine. Returns what it prints. */
export function git(...words: readonly string[]): string {
  return execFileSync("git", words, {
    stdio: ["ignore", "pipe", "ignore"],
    env: {
      PATH: process.env.PATH,
      HOME: "/nonexistent",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a@example.com",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a@example.com",
    },
  })
    .toString("utf8")
    .trim();
}
