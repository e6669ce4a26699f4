import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ObjectId } from "../../domain/digest.ts";

/**
 * Makes a bare repository of a git-fast-import(1) stream that writes `refs/heads/main` and ends with `done`. The stream is
 * never whole in memory. Resolves with the commit of `main`; rejects when git refuses the stream.
 */
export async function layHistory(folder: string, stream: Iterable<string>): Promise<ObjectId> {
  await git(["init", "--quiet", "--bare", "--initial-branch=main", folder], []);
  await git(["--git-dir", folder, "fast-import", "--quiet", "--done"], stream);
  return ObjectId.parse((await readFile(join(folder, "refs/heads/main"), "utf8")).trim());
}

async function git(words: readonly string[], input: Iterable<string>): Promise<void> {
  const child = spawn("git", words, {
    env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
    stdio: ["pipe", "ignore", "inherit"],
  });
  const ended = once(child, "close");
  for (const piece of input) {
    if (!child.stdin.write(piece)) await once(child.stdin, "drain");
  }
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`git ${words.at(-2)} ended with ${code}`);
}
