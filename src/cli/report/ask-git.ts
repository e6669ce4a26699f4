import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { findGit } from "../../adapters/repository/git.ts";

/** Asks git something about a clone and gives back its answer; nothing is written, no config of the clone is obeyed. */
export type AskGit = (...words: readonly string[]) => Promise<string>;

/** Keys by which a clone's config would run a program or open a connection. */
const HARDENING = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "diff.external=",
  "log.showSignature=false",
  "protocol.allow=never",
];

/** @throws with git's own words where it refuses */
export function askGitIn(folder: string): AskGit {
  const program = findGit();
  return async (...words) => {
    const hardened = HARDENING.flatMap((key) => ["-c", key]);
    const child = spawn(program, [...hardened, "-C", folder, ...words], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH ?? "",
        LC_ALL: "C",
        GIT_CONFIG_NOSYSTEM: "1",
        HOME: "/nowhere",
      },
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    const [answer, complaint, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      ended,
    ]);
    if (code === 0) return answer;
    throw new Error(`git ${words[0]} in ${folder}: ${complaint.trim() || `exit code ${code}`}`);
  };
}
