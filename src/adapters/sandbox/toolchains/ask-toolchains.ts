import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute } from "node:path";
import { findProgram, isFolder } from "./find-program.ts";

/** A JVM on a busy machine needs seconds. */
const ANSWER_MS = 60_000;

const ANSWER_BYTES = 1_000_000;

/** A program of a toolchain, and how to ask for its home. */
interface Question {
  readonly program: string;
  readonly arguments: readonly string[];
  /** The home in an answer. */
  readonly home: (answer: string) => string | undefined;
}

const firstLine = (answer: string) => answer.split("\n")[0]?.trim();

/** The programs themselves are asked, because shims and links (pyenv, rustup, SDKMAN, alternatives) hide their place. */
export const QUESTIONS: readonly Question[] = [
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
  {
    program: "php",
    arguments: ["-n", "-r", 'echo PHP_BINARY, "\n", PHP_CONFIG_FILE_SCAN_DIR, "\n";'],
    home: phpHome,
  },
];

/**
 * A distribution's PHP is below /usr with its configuration in /etc: without it no extension is loaded, and Composer
 * does not start. Debian's has links from one of its folders to another. Any other PHP contains its own.
 */
function phpHome(answer: string): string | undefined {
  const [program = "", scanned = ""] = answer.split("\n");
  if (!isAbsolute(program)) return undefined;
  if (!program.startsWith("/usr/")) return dirname(dirname(program));
  if (!isAbsolute(scanned)) return "/usr";
  return /^\/etc\/php(?=\/)/.exec(scanned)?.[0] ?? scanned;
}

export type Found =
  | { readonly program: string; readonly home: string }
  | { readonly program: string; readonly fault: string }
  | undefined;

export async function ask(
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
        // Not in a repository, where `.python-version`, `rust-toolchain.toml` and similar would choose the version.
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

/** Variables that version managers need to choose, and no others of the worker. None of them may install anything now. */
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
