import type { Command } from "../shell-text.ts";
import { BEYOND_SANDBOX, type Kind, kindOf, programOf } from "./programs.ts";

/** What people call the scripts of each kind, the surest name first; `-`, `_` and `.` stand for `:` too. */
export const NAMES: Readonly<Record<Kind, readonly string[]>> = {
  format: [
    ...["format:check", "check:format", "fmt:check", "check:fmt", "prettier:check"],
    ...["check:prettier", "lint:format", "lint:prettier", "format:ci", "formatcheck"],
    ...["format", "fmt", "prettier"],
  ],
  lint: ["lint:check", "lint:ci", "check:lint", "lint", "eslint", "lint:js", "lint:ts", "lint:all"],
  types: [
    ...["typecheck", "type:check", "types:check", "check:types", "check:type", "typecheck:ci"],
    ...["ts:check", "check:ts", "tsc:check", "lint:types", "test:types", "types", "type", "tsc"],
  ],
  test: [
    ...["test:ci", "test", "test:unit", "test:run", "unit", "unit:test", "tests", "test:node"],
    ...["test:coverage", "test:cov", "coverage"],
  ],
  build: ["build", "build:prod", "compile", "bundle", "build:all", "build:lib"],
};

/** Names that also mean the writing of declarations or of files: what they call has to say which. */
const AMBIGUOUS = /^(?:types|type|tsc|format|fmt|prettier)$/;

export const usualName = (name: string) => name.toLowerCase().replace(/[-_.]/g, ":");

const KINDS: readonly Kind[] = ["format", "lint", "types", "test", "build"];

/** Scripts that never end, that rewrite, that publish, or that npm runs by itself. */
const NO_CHECK =
  /(?:^|[:_-])(?:watch|dev|serve|start|fix|update|write|debug|ui|open|e2e|browser|browsers|publish|release|deploy|docs?|storybook|bench|clean)(?:$|[:_-])|^(?:prepare|prepack|prepublish|prepublishOnly|postinstall|preinstall|install|version|postversion|preversion)$/;

export const PLACEHOLDER = /no test specified/;

export const LONGEST_NAME = 100;

export function kindOfScript(script: {
  readonly name: string;
  readonly commands: readonly Command[];
  readonly known: ReadonlySet<string>;
}): Kind | undefined {
  const { name, commands, known } = script;
  if (NO_CHECK.test(name) || isLifecycle(name, known)) return undefined;
  const kinds = commands.flatMap((words) => kindOf(words) ?? []);
  const isBeyond = commands.some((words) => BEYOND_SANDBOX.test(programOf(words)?.name ?? ""));
  // Beside tests that need no browser, those that need one are left out of the check.
  if (isBeyond && !kinds.includes("test")) return undefined;
  const named = KINDS.find((kind) => NAMES[kind].includes(usualName(name)));
  const kind = named ?? (isTypesName(name) ? "types" : kinds[0]);
  if (kind === "test" && name !== "test" && commands.some(isEndToEnd)) return undefined;
  if (!AMBIGUOUS.test(name) || kind === undefined || kinds.includes(kind)) return kind;
  return kind === "format" && kinds.includes("lint") ? "format" : undefined;
}

/** `check:type:js` compiles, and is called after what it checks. */
function isTypesName(name: string): boolean {
  const usual = usualName(name);
  return NAMES.types.some((types) => types.includes("check") && usual.startsWith(`${types}:`));
}

/** Tests in a browser, or against what is deployed. */
function isEndToEnd(words: Command): boolean {
  return words.some(({ value }) => /\b(?:e2e|end-to-end)\b/i.test(value));
}

/** `pretest` runs with `test`. */
function isLifecycle(name: string, known: ReadonlySet<string>): boolean {
  const base = /^(?:pre|post)(.+)$/.exec(name)?.[1];
  return base !== undefined && known.has(base);
}
