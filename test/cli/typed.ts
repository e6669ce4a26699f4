import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Parts } from "../../src/cli/command/context.ts";
import { runCommandLine } from "../../src/cli/command-line.ts";
import { holdOutput } from "../held-output.ts";

export interface Typed extends Disposable {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What it left in the temporary folder that it had for itself. */
  readonly temporary: readonly string[];
  /** What it left where it was typed; the folder goes away when this is disposed of. */
  readonly workingFolder: readonly string[];
}

/**
 * Types a command line in this process: output, working folder, temporary folder, home, the model's key and the folder of a job
 * are changed for as long as it takes, so that only one is typed at a time. A process of its own costs a second before it says a word.
 */
export async function typed(
  words: readonly string[],
  parts: Parts = {},
  { path = process.env.PATH }: { readonly path?: string | undefined } = {},
): Promise<Typed> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-typed-")));
  const [temporary, workingFolder, home] = ["tmp-", "cwd-", "home-"].map((name) =>
    mkdtempSync(join(folder, name)),
  ) as [string, string, string];
  const before = { folder: process.cwd(), environment: variablesOf(process.env) };
  process.chdir(workingFolder);
  setVariables({
    ...{ TMPDIR: temporary, HOME: home, PATH: path },
    ...{ ANTHROPIC_API_KEY: undefined, RUNNER_TEMP: undefined },
  });
  const held = holdOutput();
  try {
    const code = await runCommandLine(words, parts);
    return {
      code,
      stdout: held.stdout(),
      stderr: held.stderr(),
      temporary: readdirSync(temporary),
      workingFolder: readdirSync(workingFolder),
      [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    held.release();
    process.chdir(before.folder);
    setVariables(before.environment);
  }
}

type Variables = Readonly<
  Record<"TMPDIR" | "HOME" | "ANTHROPIC_API_KEY" | "PATH" | "RUNNER_TEMP", string | undefined>
>;

function variablesOf(all: NodeJS.ProcessEnv): Variables {
  const { TMPDIR, HOME, ANTHROPIC_API_KEY, PATH, RUNNER_TEMP } = all;
  return { TMPDIR, HOME, ANTHROPIC_API_KEY, PATH, RUNNER_TEMP };
}

function setVariables(variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
