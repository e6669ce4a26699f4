import { join } from "node:path";
import { holdOutput } from "../held-output.ts";
import { root } from "../repository/bundles.ts";

/** What became of one run of a door. */
export interface Played {
  readonly exitCode: number;
  /** Standard output and error, as they were written. */
  readonly output: string;
  /** The names of the inputs that were read, sorted, in lower case. */
  readonly asked: readonly string[];
}

/** How a runner starts a door. */
export interface Job {
  /** The program that GitHub's runner would start; a door finds beside it what is built beside it. */
  readonly program: string;
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

let played = 0;

/**
 * Runs the sources of a door in this process: its environment, its folder, its output and its exit code are the job's
 * until it ends. A module runs once for each name that it is imported by, hence the number behind the name. Two at a time
 * would share all of that: one after the other.
 */
export async function playDoor(name: string, job: Job): Promise<Played> {
  const asked = new Set<string>();
  const end = beTheJob(job, asked);
  const held = holdOutput();
  try {
    await import(/* @vite-ignore */ `${join(root, "src/actions", `${name}.ts`)}?run=${++played}`);
    return {
      exitCode: Number(process.exitCode ?? 0),
      output: held.all(),
      asked: [...asked].sort(),
    };
  } catch (error) {
    // What Node itself does with a module that throws.
    return { exitCode: 1, output: `${held.all()}${String(error)}\n`, asked: [...asked].sort() };
  } finally {
    held.release();
    end();
  }
}

/** Makes this process the job's; the answer gives everything back. */
function beTheJob({ program, workspace, environment }: Job, asked: Set<string>): () => void {
  const own = { ...process.env };
  const { exitCode, argv } = process;
  const folder = process.cwd();
  const real = process.env;
  replace(real, environment);
  process.chdir(workspace);
  process.exitCode = undefined;
  process.argv = [process.execPath, program];
  process.env = new Proxy(real, {
    get: (target, key) => {
      const text = String(key);
      if (text.startsWith("INPUT_")) asked.add(text.slice("INPUT_".length).toLowerCase());
      return Reflect.get(target, key);
    },
  });
  return () => {
    process.env = real;
    replace(real, own);
    process.chdir(folder);
    process.exitCode = exitCode;
    process.argv = argv;
  };
}

function replace(
  environment: NodeJS.ProcessEnv,
  by: Readonly<Record<string, string | undefined>>,
): void {
  for (const name of Object.keys(environment)) delete environment[name];
  for (const [name, value] of Object.entries(by)) {
    if (value !== undefined) environment[name] = value;
  }
}
