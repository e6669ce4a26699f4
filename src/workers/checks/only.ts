import type { Only } from "../../domain/config/only.ts";
import type { Config } from "../../domain/config/schema.ts";
import { partsOf } from "../../domain/config/scoped-checks.ts";

/** A test to run alone, by its id in the report and its file. */
export interface WantedTest {
  readonly name: string;
  /** From the root of the repository; absent: not known. */
  readonly file?: string;
}

/** A command with the words for its `"$@"`. */
export interface SelectedRun {
  readonly run: string;
  readonly words: readonly string[];
}

/** The most runs of word characters of one title in a pattern. With many more a failing search would not end. */
const RUNS = 8;
/** The longest selection. Systems limit a command's arguments, and the whole check covers everything. */
const WORDS = 200;
const BYTES = 60_000;

/**
 * How the config runs these tests alone, perhaps with neighbors, never fewer. Undefined if it cannot, so that the whole
 * check has to run.
 */
export function selectTests(
  { checks: { test } }: Pick<Config, "checks">,
  wanted: readonly WantedTest[],
): SelectedRun | undefined {
  const [part, ...others] = partsOf(test);
  const only = part?.only;
  // Only a test's name could tell its package, and names are no law, so all packages run.
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
  // A value that contains the separator would become two.
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
      // Go and similar tools place a test by folder, so no file is known.
      return file === undefined || file.endsWith("/") ? undefined : file;
    case "suites":
      return parts.length > 1 ? parts[0] : undefined;
    case "names":
      return parts.at(-1);
  }
}

/**
 * The word characters of every title, with `.*` between them, which every dialect of regular expressions reads alike.
 * Other matching tests only cost time.
 */
function patternOf(wanted: readonly WantedTest[]): string {
  const titles = wanted.map(({ name }) => (name.split(" > ").at(-1) ?? "").split(/[[(/]/)[0] ?? "");
  const patterns = titles.map((title) => (title.match(/\w+/g) ?? []).slice(0, RUNS).join(".*"));
  return `(${[...new Set(patterns)].join("|")})`;
}

/** Whether a runner would read it as an option. */
function isOption(value: string): boolean {
  return value.startsWith("-");
}

/** Whether a system can pass the argument whole. */
function isWord(word: string): boolean {
  return word !== "" && !word.includes("\0") && word.isWellFormed();
}

function isBounded(words: readonly string[]): boolean {
  return words.length <= WORDS && Buffer.byteLength(words.join("\0")) <= BYTES;
}
