import type { ProposedCheck } from "../proposal.ts";
import { type Command, valuesOf, withoutAssignments } from "../shell-text.ts";

/** What a check is for. */
export type Kind = Exclude<ProposedCheck["name"], "setup">;

/** A command's program, with what stands before it and the arguments after it. */
export interface Program {
  /** Base name, such as `eslint`; `node --test` keeps its flag in `arguments`. */
  readonly name: string;
  readonly arguments: readonly string[];
  /** Words of the command before the program: assignments, `cross-env`, `c8`, `npx`. */
  readonly position: number;
}

/** Programs that run the program after them, with the words that belong to them. */
const WRAPPERS: readonly (readonly [RegExp, number])[] = [
  [/^(?:npx|bunx|cross-env|c8|nyc|time)$/, 1],
  [/^(?:pnpm exec|pnpm dlx|yarn exec|yarn dlx|npm exec|bun x)$/, 2],
];
const MOST_WRAPPERS = 5;

/** The program that a command comes down to; undefined when it cannot be told. */
export function programOf(command: Command): Program | undefined {
  let words: Command = withoutAssignments(command);
  for (let count = 0; count < MOST_WRAPPERS; count += 1) {
    const own = wrapperWords(valuesOf(words));
    if (own === 0) break;
    words = words.slice(own);
    words = withoutAssignments(words.slice(programAfter(words)));
  }
  const [first] = words;
  if (first === undefined) return undefined;
  const arguments_ = valuesOf(words.slice(1));
  const name = first.value.slice(first.value.lastIndexOf("/") + 1).replace(/\.m?js$/, "");
  const position = command.length - words.length;
  return programBehindNode({ name, arguments: arguments_, position });
}

/** What stands behind a wrapper and its options, of which some take a word: `nyc --reporter lcov npm test` runs npm. */
const STARTED =
  /^(?:npm|pnpm|yarn|bun|npx|bunx|node|tsx|c8|nyc|cross-env|mocha|jest|vitest|ava|tap|tape)$/;

function programAfter(words: Command): number {
  const first = words.findIndex(({ value }) => !value.startsWith("-"));
  if (first <= 0) return Math.max(0, first);
  const known = words.findIndex(({ value }) => STARTED.test(value.replace(/^.*\//, "")));
  return known === -1 ? first : known;
}

function wrapperWords(values: readonly string[]): number {
  const [first = "", second = ""] = values;
  return (
    WRAPPERS.find(([pattern, count]) =>
      pattern.test(count === 1 ? first : `${first} ${second}`),
    )?.[1] ?? 0
  );
}

/** `node_modules/.bin/jest` and `node_modules/jest/bin/jest.js` are jest, and whatever file vitest's package holds is vitest. */
function programIn(path: string): string | undefined {
  const [, package_ = "", file = ""] =
    /(?:^|\/)node_modules\/(@[^/]+\/[^/]+|[^/]+)\/(?:.*\/)?([^/]+)$/.exec(path) ?? [];
  if (file === "") return undefined;
  return TEST_RUNNERS.test(package_) ? package_ : file.replace(/\.m?js$/, "");
}

/** `node --flag node_modules/jest/bin/jest.js` is jest. */
function programBehindNode(program: Program): Program {
  if (program.name !== "node") return program;
  const script = program.arguments.findIndex((word) => !word.startsWith("-"));
  const name = programIn(program.arguments[script] ?? "");
  if (name === undefined) return program;
  return {
    name,
    arguments: program.arguments.slice(script + 1),
    position: program.position + script + 1,
  };
}

const LINTERS = /^(?:eslint|oxlint|xo|standard|semistandard|ts-standard|tslint|stylelint|lintel)$/;
const TYPE_CHECKERS = /^(?:vue-tsc|svelte-check|tsd|tsgo|flow)$/;
const TEST_RUNNERS =
  /^(?:vitest|jest|mocha|ava|tap|tape|uvu|jasmine|karma|lab|wtr|web-test-runner|poku)$/;
const BUILDERS =
  /^(?:tsup|tsdown|rollup|webpack|esbuild|unbuild|ncc|microbundle|pkgroll|swc|babel|bunchee|obuild)$/;
/** Browsers, servers and devices are not to be had in a sandbox. */
export const BEYOND_SANDBOX = /^(?:playwright|cypress|detox|nightwatch|wdio|testcafe)$/;

const BY_WORDS: readonly (readonly [RegExp, Kind])[] = [
  [/^biome (?:check|lint|ci)\b/, "lint"],
  [
    /^(?:biome format|dprint check|(?:prettier|oxfmt) (?:.* )?(?:--check|-c|--list-different|-l)\b)/,
    "format",
  ],
  [/^oxfmt\b/, "format"],
  [/^prettier\b.*(?:--write|-w)\b/, "format"],
  [/^next lint\b/, "lint"],
  [/^astro check\b/, "types"],
  // Tests of types alone: https://vitest.dev/guide/testing-types
  [/^vitest\b.* --typecheck\.only\b/, "types"],
  [/^tsc\b.*--noEmit\b/i, "types"],
  [/^tsc\b(?!.*(?:--watch|-w)\b)/, "build"],
  [/^(?:node|tsx)\b.* ?--test\b/, "test"],
  [/^bun test\b/, "test"],
  [/^(?:react-scripts|ng) test\b/, "test"],
  [
    /^(?:vite|next|ng|nuxt|nuxi|astro|parcel|react-scripts|remix|svelte-package|vue-cli-service) build\b/,
    "build",
  ],
];

/** These run tests in a browser that the machine has to have. */
const BROWSER_RUNNERS = /^(?:karma|wtr|web-test-runner)$/;

/** Whether a command runs tests where the sandbox cannot: in a browser, or on a device. */
export function needsBrowser(command: Command): boolean {
  const name = programOf(command)?.name ?? "";
  return BEYOND_SANDBOX.test(name) || BROWSER_RUNNERS.test(name);
}

/** What a command is for, told by its program; undefined for all that is not known. */
export function kindOf(command: Command): Kind | undefined {
  const program = programOf(command);
  if (program === undefined) return undefined;
  const { name } = program;
  if (LINTERS.test(name)) return "lint";
  if (TYPE_CHECKERS.test(name)) return "types";
  if (BUILDERS.test(name)) return "build";
  const words = [name, ...program.arguments].join(" ");
  const told = BY_WORDS.find(([pattern]) => pattern.test(words))?.[1];
  return told ?? (TEST_RUNNERS.test(name) ? "test" : undefined);
}

/** Flags that let a check change what it judges. */
export const WRITING_FLAG =
  /^(?:--fix(?:=.*)?|--write|--apply|--apply-unsafe|--fix-dry-run|-w|-u|--update)$/;

/** A command that rewrites files is no check. */
export function writes(command: Command): boolean {
  const program = programOf(command);
  if (program === undefined) return false;
  const { name, arguments: words } = program;
  if (name === "oxfmt") return !words.some((word) => /^--(?:check|list-different)$/.test(word));
  return words.some((word) => WRITING_FLAG.test(word));
}
