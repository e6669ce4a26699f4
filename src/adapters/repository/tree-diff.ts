import { once } from "node:events";
import type { ObjectId } from "../../domain/digest.ts";
import { showBytes, withoutCutCharacter } from "../../domain/text/show-bytes.ts";
import type { Repository } from "../../ports/repository.ts";
import { type GitHome, gitError, runGit, startGit } from "./git.ts";

/**
 * Plumbing, because it ignores a repository's diff settings. `--text` and the two `--no-` switches, because an attribute
 * must not hide bytes from the reader of the diff (threats GIT-13). No renames, because they hide the target (GIT-06).
 */
const SWITCHES = ["-r", "--no-ext-diff", "--no-textconv", "--text", "--no-renames", "--no-color"];

/** The port's `diff`. Counts every changed line, also of what was cut. */
export async function diffTrees(options: {
  readonly home: GitHome;
  readonly from: ObjectId;
  readonly to: ObjectId;
  readonly maximumBytes: number;
}): ReturnType<Repository["diff"]> {
  const { home, from, to, maximumBytes } = options;
  const numbers = await runGit(home, ["diff-tree", ...SWITCHES, "--numstat", "-z", from, to]);
  const patch = [
    "diff-tree",
    ...SWITCHES,
    "--patch",
    "--full-index",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    from,
    to,
  ];
  return { ...(await readPatch(home, patch, maximumBytes)), changedLines: countLines(numbers) };
}

function countLines(numstat: string): number {
  return numstat
    .split("\0")
    .map((line) => /^(\d+)\t(\d+)\t/.exec(line))
    .reduce((sum, match) => sum + Number(match?.[1] ?? 0) + Number(match?.[2] ?? 0), 0);
}

async function readPatch(
  home: GitHome,
  arguments_: readonly string[],
  maximumBytes: number,
): Promise<{ readonly text: string; readonly truncated: boolean }> {
  const child = startGit(home, arguments_);
  const ended = once(child, "close");
  const parts: Buffer[] = [];
  let length = 0;
  let words = "";
  child.stdin.end();
  child.stderr.on("data", (chunk: Buffer) => {
    words = `${words}${chunk.toString("utf8")}`.slice(0, 1_000);
  });
  child.stdout.on("data", (chunk: Buffer) => {
    if (length <= maximumBytes) parts.push(chunk);
    length += chunk.length;
    if (length > maximumBytes) child.kill("SIGKILL");
  });
  const [exitCode] = (await ended) as [number | null];
  const truncated = length > maximumBytes;
  if (!truncated && exitCode !== 0) throw gitError(arguments_, exitCode, words);
  const bytes = Buffer.concat(parts).subarray(0, maximumBytes);
  // Bytes that are no UTF-8 are shown as such: two lines that differ in them alone must not look alike.
  return { text: showBytes(truncated ? withoutCutCharacter(bytes) : bytes), truncated };
}
