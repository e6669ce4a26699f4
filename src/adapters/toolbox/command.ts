import { spawn } from "node:child_process";
import { z } from "zod";
import { showBytes, withoutCutCharacter } from "../../domain/text/show-bytes.ts";
import { untilQuiet } from "../process/until-quiet.ts";
import { COMMAND_TIMEOUT_MS, MAXIMUM_COMMAND_TIMEOUT_MS } from "./protocol.ts";

const CommandInput = z.strictObject({
  command: z.string().min(1),
  timeout_ms: z.int().positive().max(MAXIMUM_COMMAND_TIMEOUT_MS).default(COMMAND_TIMEOUT_MS),
});

/** Bytes kept of the beginning and of the end of an output: together below the limit of an answer. */
const KEPT = 15_000;
/** Bytes after which a flooding command is killed. */
const FLOOD = 50_000_000;

/** Runs one command line by bash, and returns exit code and output. Its leftover processes are killed with it. */
export async function runCommand(directory: string, input: unknown): Promise<string> {
  const parsed = CommandInput.safeParse(input);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new Error(`bash: ${faults.join("; ")}`);
  }
  const { command, timeout_ms: timeoutMs } = parsed.data;
  const output = new BoundedOutput();
  // Its own process group, so that one signal reaches everything that it started.
  const child = spawn("bash", ["-c", command], {
    cwd: directory,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stopped: string | undefined;
  const stop = (reason: string) => {
    stopped ??= reason;
    killGroup(child.pid);
  };
  const take = (chunk: Buffer) => {
    output.add(chunk);
    if (output.bytes > FLOOD) stop(`killed: more than ${FLOOD} bytes of output`);
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const timer = setTimeout(() => stop(`killed: not done after ${timeoutMs} ms`), timeoutMs);
  const ended = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      const how = code === null ? `ended by ${signal}` : `exit code ${code}`;
      // Kills leftover processes.
      killGroup(child.pid);
      void untilQuiet(child).then(() => resolve(how));
    });
  }).finally(() => clearTimeout(timer));
  return `${stopped ?? ended}\n${output.text()}`;
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group is gone already.
  }
}

/** The beginning and the end of a stream of bytes, whatever its length. */
class BoundedOutput {
  bytes = 0;
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);

  add(chunk: Buffer): void {
    this.bytes += chunk.byteLength;
    const room = KEPT - this.#head.byteLength;
    this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)]);
    if (chunk.byteLength <= room) return;
    const rest = chunk.subarray(Math.max(room, chunk.byteLength - KEPT));
    this.#tail = Buffer.concat([this.#tail, rest]).subarray(-KEPT);
  }

  text(): string {
    const left = this.bytes - this.#head.byteLength - this.#tail.byteLength;
    if (left <= 0) return showBytes(Buffer.concat([this.#head, this.#tail]));
    const head = showBytes(withoutCutCharacter(this.#head));
    return `${head}\n… (${left} bytes left out) …\n${showBytes(this.#tail)}`;
  }
}
