import type { Only } from "../../domain/config/only.ts";
import type { Config } from "../../domain/config/schema.ts";
import { partsOf } from "../../domain/config/scoped-checks.ts";

/** A test that is wanted alone, by its id in the report and the file in which it stands. */
export interface WantedTest {
  readonly name: string;
  /** From the root of the repository; absent: not known. */
  readonly file?: string;
}

/** A command with the words that stand for its `"$@"`. */
export interface SelectedRun {
  readonly run: string;
  readonly words: readonly string[];
}

/** Runs of word characters of one title that a pattern holds: with many more a search that fails has no end. */
const RUNS = 8;
/** More than this is no selection: a system bounds what a command may be told, and the whole check says it all. */
const WORDS = 200;
const BYTES = 60_000;

/**
 * How the config runs these tests alone: with them perhaps others that stand beside them, never fewer. Undefined where it
 * cannot, so that the whole check has to run.
 */
export function selectTests(
  { checks: { test } }: Pick<Config, "checks">,
  wanted: readonly WantedTest[],
): SelectedRun | undefined {
  const [part, ...others] = partsOf(test);
  const only = part?.only;
  // Which package a test belongs to is for its name to say, and names are no law: all of them run.
  if (only === undefined || others.length > 0 || wanted.length === 0) return undefined;
  const values = wordsFor(only, wanted);
  if (values === undefined) return undefined;
  if (only.prefix === undefined && values.some(isOption)) return undefined;
  const prefixed = values.map((value) => `${only.prefix ?? ""}${value}`);
  const words = only.join === undefined ? prefixed : [prefixed.join(only.join)];
  return words.every(isWord) && isBounded(words) ? { run: only.run, words } : undefined;
}

function wordsFor(only: Only, wanted: readonly WantedTest[]): readonly string[] | undefined {
  const { by } = only;
  if (by === "pattern") return [patternOf(wanted)];
  const values = wanted.map((test) => wordFor(by, test));
  if (!values.every((value) => value !== undefined)) return undefined;
  // A value that holds what joins them would be two.
  if (only.join !== undefined && values.some((value) => value.includes(only.join ?? ""))) {
    return undefined;
  }
  return [...new Set(values)];
}

function wordFor(
  by: Exclude<Only["by"], "pattern">,
  { name, file }: WantedTest,
): string | undefined {
  const parts = name.split(" > ");
  switch (by) {
    case "files":
      // A folder is where Go and kin place a test: no file is known then.
      return file === undefined || file.endsWith("/") ? undefined : file;
    case "suites":
      return parts.length > 1 ? parts[0] : undefined;
    case "names":
      return parts.at(-1);
  }
}

/**
 * Of every title the word characters, with `.*` for whatever stands between: every dialect of regular expressions reads
 * that alike, and what it finds beside the wanted tests only takes its time.
 */
function patternOf(wanted: readonly WantedTest[]): string {
  const titles = wanted.map(({ name }) => (name.split(" > ").at(-1) ?? "").split(/[[(/]/)[0] ?? "");
  const patterns = titles.map((title) => (title.match(/\w+/g) ?? []).slice(0, RUNS).join(".*"));
  return `(${[...new Set(patterns)].join("|")})`;
}

/** What a runner would take for an option of its own. */
function isOption(value: string): boolean {
  return value.startsWith("-");
}

/** What a system would cut off, or cannot say, is handed to nobody. */
function isWord(word: string): boolean {
  return word !== "" && !word.includes("\0") && word.isWellFormed();
}

function isBounded(words: readonly string[]): boolean {
  return words.length <= WORDS && Buffer.byteLength(words.join("\0")) <= BYTES;
}
