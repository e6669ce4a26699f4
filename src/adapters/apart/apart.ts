import { spawn } from "node:child_process";
import type { ReadApart } from "../../ports/sandbox.ts";

/** The first argument of a process that was started only to read. */
const MARK = "read-apart";
/** The longest answer, in bytes: far more than a proposal may hold. */
const ANSWER_BYTES = 64_000_000;

export interface ApartOptions {
  /** The program to start: this one by default, from the very bundle that runs. */
  readonly program?: string;
  /** The most memory of the other process for objects and text, in MB. */
  readonly memoryMb?: number;
  readonly timeoutMs?: number;
}

/**
 * In a process that was started to read: takes the task from its standard input, answers, and ends. In any other: starts
 * such processes. They get no environment, and if one runs out of memory or time, that is an answer.
 */
export async function openApart(
  work: (task: Uint8Array) => Uint8Array,
  options: ApartOptions = {},
): Promise<ReadApart> {
  if (process.argv[2] !== MARK) return (task) => startReader(task, options);
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const answer = work(Buffer.concat(chunks));
  await new Promise((resolve) => process.stdout.write(answer, resolve));
  process.exit(0);
}

function startReader(task: Uint8Array, options: ApartOptions): ReturnType<ReadApart> {
  const { program = process.argv[1] ?? "", memoryMb = 1_000, timeoutMs = 120_000 } = options;
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${memoryMb}`, program, MARK],
    // The last words of a dying engine are not ours.
    { env: {}, stdio: ["pipe", "pipe", "ignore"], timeout: timeoutMs, killSignal: "SIGKILL" },
  );
  const chunks: Buffer[] = [];
  let bytes = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) child.kill("SIGKILL");
    else chunks.push(chunk);
  });
  // A dead reader does not take the rest of its input; its exit tells why it died.
  child.stdin.on("error", () => undefined);
  child.stdin.end(task);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ died: error.message }));
    child.on("close", (code, signal) => {
      if (code === 0) resolve({ answer: Buffer.concat(chunks) });
      else resolve({ died: sayEnd({ code, signal, timeoutMs, memoryMb }) });
    });
  });
}

function sayEnd(end: {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timeoutMs: number;
  readonly memoryMb: number;
}): string {
  const bounds = `it may take ${end.memoryMb} MB and ${end.timeoutMs / 1_000} s`;
  return `${end.signal ?? `exit code ${end.code}`}; ${bounds}`;
}
