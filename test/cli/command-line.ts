import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { keptCompiled } from "../start-cost.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A started command with a temporary folder and a working folder of its own. */
export interface Started extends Disposable {
  readonly child: ChildProcess;
  readonly temporary: string;
  readonly workingFolder: string;
  readonly ended: Promise<Ended>;
  said(): string;
}

/**
 * Starts `millwright` as a person would, without any key of the machine it runs on.
 * @param words the command line, or what makes it from a folder that goes away with the command
 */
export function start(
  words: readonly string[] | ((folder: string) => readonly string[]),
  options: {
    readonly path?: string;
    /** Added to the few variables that the command sees. */
    readonly environment?: Readonly<Record<string, string>>;
    /** What is played in place of the command's own program. */
    readonly program?: string;
    /** A program with its options that the command is run under. */
    readonly under?: readonly string[];
  } = {},
): Started {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-cli-")));
  const temporary = mkdtempSync(join(folder, "tmp-"));
  const workingFolder = mkdtempSync(join(folder, "cwd-"));
  const line = typeof words === "function" ? words(folder) : words;
  const played = [process.execPath, options.program ?? MAIN, ...line];
  const [program = "", ...rest] = [...(options.under ?? []), ...played];
  const child = spawn(program, rest, {
    cwd: workingFolder,
    env: {
      PATH: options.path ?? process.env.PATH,
      HOME: workingFolder,
      TMPDIR: temporary,
      ...keptCompiled(),
      ...options.environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return {
    child,
    temporary,
    workingFolder,
    ended,
    said: () => stdout + stderr,
    [Symbol.dispose]() {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A folder of links to everything that is on PATH but these programs; whoever asks for it removes it. */
export function pathWithout(programs: readonly string[]): string {
  const links = mkdtempSync(join(tmpdir(), "millwright-path-"));
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const link = join(links, name);
      // A link that leads nowhere is there all the same.
      const isThere = lstatSync(link, { throwIfNoEntry: false }) !== undefined;
      if (!programs.includes(name) && !isThere) symlinkSync(join(folder, name), link);
    }
  }
  return links;
}

/** Command lines of the processes that have to do with a folder: by their arguments, their place or their environment. */
export function processesOf(folder: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid)
    .flatMap((id) => {
      try {
        const words = readFileSync(`/proc/${id}/cmdline`, "utf8");
        const environment = readFileSync(`/proc/${id}/environ`, "utf8");
        const place = realpathSync(`/proc/${id}/cwd`);
        return [words, environment, place].some((text) => text.includes(folder))
          ? [words.replaceAll("\0", " ").trim()]
          : [];
      } catch {
        // It ended meanwhile, or it is another user's.
        return [];
      }
    });
}

/** Asks again and again until there is an answer; throws after the deadline with what was waited for. */
export async function until<Answer>(
  what: string,
  ask: () => Answer | undefined,
  deadlineMs = 120_000,
): Promise<Answer> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`waited ${deadlineMs} ms for ${what}`);
    await wait(50);
  }
}
