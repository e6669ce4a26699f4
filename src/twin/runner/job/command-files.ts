import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StepFailure } from "../workflow/failures.ts";

/** The five files by which a step sends commands to the runner. */
const COMMAND_FILES = {
  GITHUB_ENV: "set_env",
  GITHUB_PATH: "add_path",
  GITHUB_OUTPUT: "set_output",
  GITHUB_STATE: "save_state",
  GITHUB_STEP_SUMMARY: "step_summary",
} as const;

type CommandFile = keyof typeof COMMAND_FILES;
export type CommandFilePaths = Readonly<Record<CommandFile, string>>;

/** Largest summary of one step, in bytes; beyond it GitHub refuses the upload but not the step. */
export const LARGEST_SUMMARY = 1024 * 1024;

export async function createCommandFiles(folder: string, id: string): Promise<CommandFilePaths> {
  await mkdir(folder, { recursive: true });
  const entries = Object.entries(COMMAND_FILES).map(
    ([name, prefix]) => [name, join(folder, `${prefix}_${id}`)] as const,
  );
  await Promise.all(entries.map(([, path]) => writeFile(path, "")));
  return Object.fromEntries(entries) as Record<CommandFile, string>;
}

/** Text of a command file, "" if the step removed it; the file is deleted afterwards. */
export async function takeCommandFile(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch(() => "");
  await rm(path, { force: true, recursive: true });
  return text.replace(/^\uFEFF/, "");
}

/**
 * Reads `name=value` and `name<<DELIMITER` blocks as actions/runner does (FileCommandManager).
 * @throws {StepFailure} in the runner's words for a line that is neither, or a delimiter that never comes.
 */
export function parseKeyValues(text: string, file: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const lines = text.split(/\r\n|\n|\r/);
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? "";
    index += 1;
    if (line === "") {
      continue;
    }
    const equals = line.indexOf("=");
    const heredoc = line.indexOf("<<");
    if (equals > 0 && (heredoc < 0 || equals < heredoc)) {
      values.set(line.slice(0, equals), line.slice(equals + 1));
    } else if (heredoc > 0) {
      const block = readBlock(lines, index, { delimiter: line.slice(heredoc + 2), file });
      values.set(line.slice(0, heredoc), block.value);
      index = block.afterwards;
    } else {
      throw new StepFailure(
        `Unable to process file command '${file}' successfully. Invalid format '${line}'`,
      );
    }
  }
  return values;
}

function readBlock(
  lines: readonly string[],
  start: number,
  block: { readonly delimiter: string; readonly file: string },
): { readonly value: string; readonly afterwards: number } {
  const end = block.delimiter === "" ? -1 : lines.indexOf(block.delimiter, start);
  if (end < 0) {
    throw new StepFailure(
      `Unable to process file command '${block.file}' successfully. Invalid value. Matching delimiter not found '${block.delimiter}'`,
    );
  }
  return { value: lines.slice(start, end).join("\n"), afterwards: end + 1 };
}

/** Variables that a step may not pass to later ones. Source: actions/runner FileCommandManager, _setEnvBlockList */
const BLOCKED_VARIABLES = ["NODE_OPTIONS"];

/** @throws {StepFailure} for a variable that would change how later programs run. */
export function assertVariableAllowed(name: string): void {
  if (BLOCKED_VARIABLES.includes(name.toUpperCase())) {
    throw new StepFailure(`Can't store ${name} output parameter using '$GITHUB_ENV' command.`);
  }
}
