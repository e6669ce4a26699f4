/**
 * Runs commands one after the other in one workspace, as whoever starts it, and prints what each one answered.
 * A program of its own because a process cannot give up its user or get descriptors afterwards.
 */
import { readFileSync } from "node:fs";
import { createSandbox } from "../../../../src/adapters/sandbox/sandbox.ts";
import type { OpenWorkspace } from "../../../../src/adapters/sandbox/workspace/workspace.ts";

/** What the probes are told and asked. */
export interface Task {
  readonly scratch: string;
  readonly commands: readonly string[];
}

export interface Answers {
  /** Names of the variables that a command is given. */
  readonly given: readonly string[];
  readonly outputs: readonly string[];
}

const task = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Task;
const sandbox = await createSandbox({
  isolation: "bubblewrap",
  scratch: task.scratch,
  networkEnvironment: {},
  limits: { memoryBytes: 400_000_000, fileBytes: 5_000_000, temporaryBytes: 8_000_000 },
});
if ("refusal" in sandbox) throw new Error(JSON.stringify(sandbox.refusal));
const workspace = await sandbox.workspace(async () => {});
const outputs: string[] = [];
for (const command of task.commands) {
  outputs.push((await workspace.run({ command, timeoutMs: 30_000 })).output);
}
// The adapter's own workspace knows more than the port's.
const given = (workspace as OpenWorkspace).environment;
await workspace.close();
const answers: Answers = { given: Object.keys(given), outputs };
process.stdout.write(JSON.stringify(answers));
