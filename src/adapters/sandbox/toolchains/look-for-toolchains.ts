import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { foldersInEtc } from "./etc-folders.ts";
import { secretPlaces } from "./secret-places.ts";
import { isBelow, refuseFolder } from "./toolchains.ts";

/** A JVM on a busy machine needs seconds. */
const ANSWER_MS = 15_000;
const ANSWER_BYTES = 1_000_000;

/** What a machine offers as `sandbox.read`, found by looking. */
export interface FoundToolchains {
  /** Absolute folders, none below /usr except by a link into /etc; each would pass as one of the config. */
  readonly folders: readonly string[];
  /** One sentence each: what was taken from where, what could not be told, what was not taken and why. */
  readonly notes: readonly string[];
}

/** A program of a toolchain, and how it is asked where its home is. */
interface Question {
  readonly program: string;
  readonly arguments: readonly string[];
  /** The home that an answer names. */
  readonly home: (answer: string) => string | undefined;
}

const firstLine = (answer: string) => answer.split("\n")[0]?.trim();

/** Asked themselves, because shims and links (pyenv, rustup, SDKMAN, alternatives) hide where a program lives. */
const QUESTIONS: readonly Question[] = [
  {
    program: "python3",
    arguments: ["-I", "-c", "import sys; print(sys.base_prefix)"],
    home: firstLine,
  },
  { program: "rustc", arguments: ["--print", "sysroot"], home: firstLine },
  { program: "go", arguments: ["env", "GOROOT"], home: firstLine },
  {
    program: "java",
    arguments: ["-XshowSettings:properties", "-version"],
    home: (answer) => /^\s*java\.home = (.+)$/m.exec(answer)?.[1],
  },
  {
    program: "ruby",
    arguments: ["--disable-all", "-rrbconfig", "-e", 'puts RbConfig::CONFIG["prefix"]'],
    home: firstLine,
  },
];

interface Placed {
  readonly program: string;
  /** How many folders above the file, once every link is followed, its home is. */
  readonly up: number;
  /** Whether it looks like that home, and holds nothing else. */
  readonly isHome: (folder: string) => boolean;
}

const PLACED: readonly Placed[] = [
  { program: "mvn", up: 2, isHome: (folder) => existsSync(join(folder, "boot")) },
  { program: "gradle", up: 2, isHome: (folder) => existsSync(join(folder, "lib/plugins")) },
  { program: "dotnet", up: 1, isHome: (folder) => existsSync(join(folder, "sdk")) },
  { program: "bun", up: 1, isHome: (folder) => folder.endsWith("/.bun/bin") },
  { program: "deno", up: 1, isHome: (folder) => folder.endsWith("/.deno/bin") },
];

/**
 * Good defaults for `sandbox.read`: where the toolchains on a PATH live. The programs run outside of every repository,
 * with a small environment and a bound on time and output, without a shell. What holds more than a toolchain, like a
 * home, is told and never returned.
 */
export async function lookForToolchains(options: {
  /** The host's PATH. */
  readonly path: string;
}): Promise<FoundToolchains> {
  const asked = QUESTIONS.map((question) => ask(question, options.path));
  const placed = PLACED.map((one) => place(one, options.path));
  const folders = new Set<string>();
  const notes: string[] = [];
  for (const found of [...(await Promise.all(asked)), ...placed]) {
    if (found === undefined) continue;
    const { program } = found;
    if ("fault" in found) {
      notes.push(`${program} ${found.fault}; if it is needed, add its folder to sandbox.read`);
      continue;
    }
    const told = judge(found.home);
    for (const folder of told.folders) folders.add(folder);
    if (told.note !== undefined) notes.push(`${program} lives in ${found.home}${told.note}`);
  }
  return { folders: [...folders], notes };
}

type Found =
  | { readonly program: string; readonly home: string }
  | { readonly program: string; readonly fault: string }
  | undefined;

async function ask(
  { program, arguments: arguments_, home }: Question,
  path: string,
): Promise<Found> {
  const file = findProgram(program, path);
  if (file === undefined) return undefined;
  const answer = await answerOf(file, arguments_, path);
  if (typeof answer !== "string") return { program, fault: answer.fault };
  const folder = home(answer);
  if (folder === undefined || !isFolder(folder)) {
    return { program, fault: "did not say where it lives" };
  }
  return { program, home: folder };
}

function answerOf(
  file: string,
  arguments_: readonly string[],
  path: string,
): Promise<string | { readonly fault: string }> {
  return new Promise((resolve) => {
    execFile(
      file,
      [...arguments_],
      {
        // Not in a repository: `.python-version`, `rust-toolchain.toml` and kin would choose what runs here.
        cwd: "/",
        env: environmentFor(path),
        timeout: ANSWER_MS,
        killSignal: "SIGKILL",
        maxBuffer: ANSWER_BYTES,
      },
      (error, output, words) => {
        if (error === null) resolve(`${output}${words}`);
        else if (error.killed) resolve({ fault: `did not answer within ${ANSWER_MS / 1_000} s` });
        else resolve({ fault: `could not say where it lives (${error.code ?? "killed"})` });
      },
    );
  });
}

/** What version managers need to choose, and nothing else of the worker's. None of them may install anything now. */
function environmentFor(path: string): Record<string, string> {
  const names = ["PYENV_ROOT", "RUSTUP_HOME", "CARGO_HOME", "RBENV_ROOT", "ASDF_DATA_DIR"];
  const kept = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    PATH: path.split(delimiter).filter(isAbsolute).join(delimiter),
    HOME: homedir(),
    LC_ALL: "C",
    GOTOOLCHAIN: "local",
    RUSTUP_AUTO_INSTALL: "0",
    ...Object.fromEntries(kept),
  };
}

function place({ program, up, isHome }: Placed, path: string): Found {
  const file = findProgram(program, path);
  if (file === undefined) return undefined;
  let home = realpathSync(file);
  for (let step = 0; step < up; step += 1) home = dirname(home);
  // Below /usr it is in the sandbox anyway, whatever stands beside it.
  if (isHome(home) || isBelow(home, ["/usr"])) return { program, home };
  return { program, fault: `lies in ${dirname(file)}, which does not look like its home alone` };
}

/** The folders to read for a home, under its given and its real name, and what to say about them. */
function judge(home: string): { readonly folders: readonly string[]; readonly note?: string } {
  const etc = foldersInEtc(home);
  const also = etc.length === 0 ? {} : { note: `, with ${etc.join(" and ")}` };
  const names = [...new Set([home, realpathSync(home)].map(wholeStore))];
  const outside = names.filter((folder) => !isBelow(folder, ["/usr"]));
  if (outside.length === 0) return { folders: etc, ...also };
  try {
    for (const folder of outside) refuseFolder(folder, secretPlaces());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { folders: [], note: `, which is not shown in the sandbox: ${reason}` };
  }
  return { folders: [...outside, ...etc], note: also.note ?? "" };
}

/** A package of Nix needs others of its store, which hold no secret by design: everybody of a machine may read it. */
function wholeStore(folder: string): string {
  return isBelow(folder, ["/nix/store"]) ? "/nix/store" : folder;
}

function findProgram(program: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, program))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function isFolder(path: string): boolean {
  return isAbsolute(path) && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
