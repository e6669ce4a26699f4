/** The small process that starts git; `git-process.ts` says why there is one. It ends with the process it serves. */
import { spawn } from "node:child_process";
import type { GitAnswer, GitQuestion } from "./git-process.ts";

process.on("message", (question: GitQuestion) => {
  answer(question).then(
    (answered) => process.send?.(answered),
    (error: unknown) => process.send?.({ id: question.id, fault: String(error) }),
  );
});
process.on("disconnect", () => process.exit());

async function answer({ id, words, folder, environment, input }: GitQuestion): Promise<GitAnswer> {
  const child = spawn("git", words, {
    cwd: folder,
    env: environment,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  // A git that exits before it has read its input (bad arguments) is reported by its exit code, not by EPIPE.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode ?? 128));
  });
  return {
    id,
    result: {
      code,
      stdout: Buffer.concat(stdout),
      stderr: Buffer.concat(stderr).toString("utf8"),
    },
  };
}
