import { type ProposedReport, REPORTS } from "../proposal.ts";
import { type Command, valuesOf, writeCommand } from "../shell-text.ts";
import { BEYOND_SANDBOX, programOf } from "./programs.ts";

/** How a test runner is brought to tell of every single test. */
export type Reporting =
  /** Arguments behind the command as it stands. */
  | { readonly how: "append"; readonly arguments: string; readonly report: ProposedReport }
  /** The command has to be written anew. */
  | { readonly how: "rewrite"; readonly command: string; readonly report: ProposedReport }
  /** The runner's exit code is all there is. */
  | { readonly how: "none"; readonly why: string };

const XML = `${REPORTS}/test.xml`;
const JSON_FILE = `${REPORTS}/test.json`;

interface Runner {
  /** Options that keep it running, or that would fight with ours; with the value of the next word or without. */
  readonly drop: readonly { readonly name: RegExp; readonly value: boolean }[];
  /** Options of which only one may be. */
  readonly conflict?: RegExp;
  readonly append: (arguments_: readonly string[]) => string;
  readonly report: ProposedReport;
}

const WATCH = { name: /^(?:--watch(?:All)?(?:=true)?|-w)$/, value: false };
const JEST = { format: "jest", files: JSON_FILE } as const;

const RUNNERS: Readonly<Record<string, Runner>> = {
  vitest: {
    drop: [WATCH, { name: /^(?:watch|dev)$/, value: false }],
    conflict: /^--outputFile\b/,
    append: (words) =>
      `${words.includes("run") || words.includes("--run") ? "" : "--run "}--reporter=default --reporter=junit --outputFile.junit=${XML}`,
    report: XML,
  },
  jest: {
    drop: [WATCH],
    conflict: /^--outputFile\b/,
    append: () => `--ci --json --outputFile=${JSON_FILE}`,
    report: JEST,
  },
  "react-scripts": {
    drop: [WATCH],
    conflict: /^--outputFile\b/,
    append: () => `--watchAll=false --json --outputFile=${JSON_FILE}`,
    report: JEST,
  },
  mocha: {
    drop: [
      WATCH,
      { name: /^(?:--reporter|-R|--reporter-options?|-O)$/, value: true },
      { name: /^--reporter(?:-options?)?=/, value: false },
    ],
    append: () => `--reporter xunit --reporter-option output=${XML}`,
    report: XML,
  },
  ava: { drop: [WATCH], append: () => "--tap", report: { format: "tap" } },
  tap: {
    drop: [WATCH, { name: /^(?:--reporter=.*|-R.*)$/, value: false }],
    append: () => "--reporter=tap",
    report: { format: "tap" },
  },
  tape: { drop: [], append: () => "", report: { format: "tap" } },
  bun: {
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
  if (kept.length === command.length)
    return { how: "append", arguments: arguments_, report: runner.report };
  return { how: "rewrite", command: `${writeCommand(kept)} ${arguments_}`, report: runner.report };
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
  return {
    how: "rewrite",
    command: [writeCommand(head), NODE_OPTIONS, writeCommand(tail)]
      .filter((part) => part !== "")
      .join(" "),
    report: XML,
  };
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
