import { execFileSync } from "node:child_process";

/** Git as anybody's, without a configuration of this machine. Returns what it prints. */
export function git(...words: readonly string[]): string {
  return run(words, {});
}

/** The same for a commit of an hour ago: one of this second may be looked at before its second is over. */
export function gitEarlier(...words: readonly string[]): string {
  return run(words, { GIT_COMMITTER_DATE: new Date(Date.now() - 3_600_000).toISOString() });
}

function run(words: readonly string[], more: Readonly<Record<string, string>>): string {
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
      ...more,
    },
  })
    .toString("utf8")
    .trim();
}
