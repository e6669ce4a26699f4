import type { SelectedBy } from "../../../domain/config/only.ts";
import { type ProposedReport, REPORTS } from "../proposal.ts";
import { type Command, valuesOf, writeCommand } from "../shell-text.ts";
import { BEYOND_SANDBOX, programOf } from "./programs.ts";

/** How a runner runs some tests alone: by words behind its command, which may have to be another one for that. */
export interface Alone {
  readonly by: SelectedBy;
  readonly words: string;
  readonly command?: string;
}

/** How a test runner is brought to tell of every single test, and where it can be, of some of them alone. */
export type Reporting = { readonly alone?: Alone | undefined } & (
  | /** Arguments behind the command as it stands. */
  { readonly how: "append"; readonly arguments: string; readonly report: ProposedReport }
  /** The command has to be rewritten. */
  | { readonly how: "rewrite"; readonly command: string; readonly report: ProposedReport }
  /** The runner's exit code is all there is. */
  | { readonly how: "none"; readonly why: string }
);

const XML = `${REPORTS}/test.xml`;
const JSON_FILE = `${REPORTS}/test.json`;

interface Runner {
  /** Options that keep it running, or that would fight with ours; with the value of the next word or without. */
  readonly drop: readonly { readonly name: RegExp; readonly value: boolean }[];
  /** Options of which only one may be. */
  readonly conflict?: RegExp;
  readonly append: (arguments_: readonly string[]) => string;
  readonly report: ProposedReport;
  /** `files`: as words behind it, where it has none of its own, which would run too; else by a pattern behind this option. */
  readonly pattern?: string;
  readonly files?: true;
}

const WATCH = { name: /^(?:--watch(?:All)?(?:=true)?|-w)$/, value: false };
const JEST = { format: "jest", files: JSON_FILE } as const;

const RUNNERS: Readonly<Record<string, Runner>> = {
  vitest: {
    drop: [WATCH, { name: /^(?:watch|dev)$/, value: false }],
    conflict: /^--outputFile\b/,
    files: true,
    pattern: "-t",
    append: (words) =>
      `${words.includes("run") || words.includes("--run") ? "" : "--run "}--reporter=default --reporter=junit --outputFile.junit=${XML}`,
    report: XML,
  },
  jest: {
    drop: [WATCH],
    files: true,
    pattern: "-t",
    conflict: /^--outputFile\b/,
    append: () => `--ci --json --outputFile=${JSON_FILE}`,
    report: JEST,
  },
  "react-scripts": {
    drop: [WATCH],
    files: true,
    pattern: "-t",
    conflict: /^--outputFile\b/,
    append: () => `--watchAll=false --json --outputFile=${JSON_FILE}`,
    report: JEST,
  },
  // Paths in its configuration would run beside files on the command line.
  mocha: {
    pattern: "--grep",
    drop: [
      WATCH,
      { name: /^(?:--reporter|-R|--reporter-options?|-O)$/, value: true },
      { name: /^--reporter(?:-options?)?=/, value: false },
    ],
    // Before mocha 6 it had this name alone, since then it is an alias.
    append: () => `--reporter xunit --reporter-options output=${XML}`,
    report: XML,
  },
  ava: { files: true, drop: [WATCH], append: () => "--tap", report: { format: "tap" } },
  tap: {
    drop: [WATCH, { name: /^(?:--reporter=.*|-R.*)$/, value: false }],
    append: () => "--reporter=tap",
    report: { format: "tap" },
  },
  tape: { drop: [], append: () => "", report: { format: "tap" } },
  bun: {
    files: true,
    pattern: "-t",
    drop: [WATCH],
    conflict: /^--reporter\b/,
    append: () => `--reporter=junit --reporter-outfile=${XML}`,
    report: XML,
  },
};

/** Node reads its options before the first file only. */
const NODE_OPTIONS = `--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=${XML}`;

/** Undefined when the command is no test runner that we know. */
export function reportingOf(command: Command): Reporting | undefined {
  const program = programOf(command);
  if (program === undefined) return undefined;
  const { name, arguments: words } = program;
  if (BEYOND_SANDBOX.test(name))
    return { how: "none", why: `${name} needs more than the sandbox has` };
  if (/^(?:node|tsx)$/.test(name)) return reportingOfNode(command);
  if (/^(?:bun|react-scripts)$/.test(name) && words[0] !== "test") return undefined;
  if (name === "vitest" && /^(?:bench|typecheck|related|list|init)$/.test(words[0] ?? "")) {
    return undefined;
  }
  const runner = Object.hasOwn(RUNNERS, name) ? RUNNERS[name] : undefined;
  if (runner === undefined) return reportingOfOthers(name, words);
  const clash = words.find((word) => runner.conflict?.test(word) ?? false);
  if (clash !== undefined) return { how: "none", why: `it has ${clash} of its own` };
  const kept = dropOptions(command, program.position, runner);
  const arguments_ = runner.append(words);
  const { report } = runner;
  const alone = aloneBy(runner, words);
  if (kept.length === command.length)
    return { how: "append", arguments: arguments_, report, alone };
  return { how: "rewrite", command: `${writeCommand(kept)} ${arguments_}`, report, alone };
}

/** Subcommands of runners; every other word without a dash may be a file, or the value of an option. */
const VERBS = /^(?:run|test|watch|dev)$/;

function aloneBy({ files, pattern }: Runner, words: readonly string[]): Alone | undefined {
  const own = words.filter((word, index) => !(index === 0 && VERBS.test(word)));
  const isBare = own.every((word) => word.startsWith("-"));
  if (files === true && isBare) return { by: "files", words: '"$@"' };
  return pattern === undefined ? undefined : { by: "pattern", words: `${pattern} "$1"` };
}

function reportingOfOthers(name: string, words: readonly string[]): Reporting | undefined {
  const isKnown = /^(?:uvu|jasmine|karma|lab|wtr|web-test-runner|poku)$/.test(name);
  if (!isKnown && !(name === "ng" && words[0] === "test")) return undefined;
  return { how: "none", why: `${name} writes no report that is read here` };
}

function reportingOfNode(command: Command): Reporting | undefined {
  const at = command.findIndex(({ value }) => value === "--test");
  if (at === -1) return undefined;
  const values = valuesOf(command);
  if (values.some((word) => word.startsWith("--test-reporter"))) {
    return { how: "none", why: "it has --test-reporter of its own" };
  }
  const words = command.filter(({ value }) => value !== "--watch");
  const flag = words.findIndex(({ value }) => value === "--test");
  const [head, tail] = [words.slice(0, flag + 1), words.slice(flag + 1)];
  const written = (behind: Command) =>
    [writeCommand(head), NODE_OPTIONS, writeCommand(behind)]
      .filter((part) => part !== "")
      .join(" ");
  const options = tail.slice(0, firstFile(tail));
  return {
    how: "rewrite",
    command: written(tail),
    report: XML,
    alone: { by: "files", words: '"$@"', command: written(options) },
  };
}

/** Node's options that take the next word: https://nodejs.org/api/cli.html */
const NODE_VALUE =
  /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--test-name-pattern|--test-skip-pattern|--test-concurrency|--test-timeout|--test-shard)$/;

/** Where the files begin: Node reads no option behind the first. */
function firstFile(words: Command): number {
  const first = words.findIndex(
    ({ value }, index) => !value.startsWith("-") && !NODE_VALUE.test(words[index - 1]?.value ?? ""),
  );
  return first === -1 ? words.length : first;
}

function dropOptions(command: Command, position: number, runner: Runner): Command {
  let skip = false;
  return command.filter(({ value }, index) => {
    if (index <= position) return true;
    if (skip) {
      skip = false;
      return false;
    }
    const dropped = runner.drop.find(({ name }) => name.test(value));
    skip = dropped?.value ?? false;
    return dropped === undefined;
  });
}
