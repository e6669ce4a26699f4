import { type ChildProcess, fork } from "node:child_process";
import { extname } from "node:path";

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** What the starter is asked. */
export interface GitQuestion {
  readonly id: number;
  readonly words: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly input: string | Buffer;
}

/** What the starter says of a question: what git answered, or why it could not be started. */
export type GitAnswer =
  | { readonly id: number; readonly result: GitResult }
  | { readonly id: number; readonly fault: string };

interface Waiting {
  resolve(result: GitResult): void;
  reject(error: Error): void;
}

interface Starter {
  readonly child: ChildProcess;
  readonly waiting: Map<number, Waiting>;
}

/** Where this process keeps what Node compiled, if it does: taking the types off a file is half of the starter's start. */
const { NODE_COMPILE_CACHE: KEPT } = process.env;

let starter: Starter | undefined;
let asked = 0;

/**
 * Runs git from a process that does nothing else. Starting a process copies the page tables of its parent. From a twin
 * of 300 MB a start takes 15 ms of processor time, from this one 2 ms, and a line starts git some hundred times. Throws
 * if git cannot be started at all.
 */
export async function askGit(question: Omit<GitQuestion, "id" | "folder">): Promise<GitResult> {
  starter ??= begin();
  const { child, waiting } = starter;
  asked += 1;
  const id = asked;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    child.channel?.ref();
    child.send({ ...question, folder: process.cwd(), id }, (error) => {
      if (error !== null) settle(starter, { id, fault: error.message });
    });
  });
}

function begin(): Starter {
  const child = fork(new URL(`git-starter${extname(import.meta.filename)}`, import.meta.url), [], {
    execArgv: [],
    // The folder of this process may be removed while that one lives.
    cwd: "/",
    env: KEPT === undefined ? {} : { NODE_COMPILE_CACHE: KEPT },
    // As they are: answers of git are bytes.
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const started: Starter = { child, waiting: new Map() };
  child.on("message", (answer: GitAnswer) => settle(started, answer));
  child.once("exit", (code, signal) => {
    if (starter === started) starter = undefined;
    const fault = `the process that starts git ended (${code ?? signal})`;
    for (const id of started.waiting.keys()) settle(started, { id, fault });
  });
  // Neither holds the process open while nothing is asked.
  child.unref();
  child.channel?.unref();
  return started;
}

function settle(from: Starter | undefined, answer: GitAnswer): void {
  const waiting = from?.waiting.get(answer.id);
  from?.waiting.delete(answer.id);
  if (from?.waiting.size === 0) from.child.channel?.unref();
  if ("result" in answer) waiting?.resolve(answer.result);
  else waiting?.reject(new Error(`git could not be started: ${answer.fault}`));
}
