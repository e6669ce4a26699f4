import type { Problem } from "../../../domain/evidence/problem.ts";

/** The place in one line, as the tool wrote it. */
export interface Said {
  readonly path: string;
  readonly line: string;
  readonly column?: string | undefined;
  readonly level?: Problem["level"] | undefined;
  /** Absent: the message is above or below it. */
  readonly message?: string | undefined;
}

/** Characters of a path in a tool's output: without blanks, because its beginning could not be found. */
const PATH = String.raw`(?<path>[^\s:()[\]"'\x60<>|*?]{1,300})`;
const LINE = String.raw`(?<line>\d{1,8})`;
const COLUMN = String.raw`(?<column>\d{1,8})`;

/**
 * Every form begins at the start of its line and has parts of disjoint characters, so that a line is read once. Their
 * order matters only if one says more than another.
 */
const FORMS: readonly RegExp[] = [
  // tsc, dotnet: `src/a.ts(1,2): error TS2304: Cannot find name 'x'.`
  `^\\s*${PATH}\\(${LINE},${COLUMN}\\): (?<level>error|warning|info) (?<message>.+)$`,
  // tsc --pretty: `src/a.ts:1:2 - error TS2304: Cannot find name 'x'.`
  `^${PATH}:${LINE}:${COLUMN} - (?<level>error|warning) (?<message>.+)$`,
  // Maven: `[ERROR] /ws/src/A.java:[1,2] cannot find symbol`
  `^\\[(?<level>ERROR|WARNING)\\] ${PATH}:\\[${LINE},${COLUMN}\\] (?<message>.+)$`,
  // kotlinc: `e: file:///ws/src/a.kt:1:2 Unresolved reference: x`
  `^(?<level>[ew]): (?:file://)?${PATH}:${LINE}:${COLUMN} (?<message>.+)$`,
  // Biome: `src/a.ts:1:2 lint/style/useConst ━━━━━━`; the message is below
  `^${PATH}:${LINE}:${COLUMN} [\\w/]+(?: +FIXABLE)? +━+$`,
  // RSpec: `rspec ./spec/quote_spec.rb:12 # Quote prices Norway`
  `^rspec ${PATH}:${LINE} # (?<message>.+)$`,
  // gcc, clang, javac, mypy, swift: `src/a.c:1:2: error: …`
  `^(?:\\[(?:ERROR|WARNING)\\] )?${PATH}:${LINE}:(?:${COLUMN}:)? (?<level>fatal error|error|warning|note|info): (?<message>.+)$`,
  // go build, go vet, go test, ruff, flake8, eslint unix, rubocop: `src/a.go:1:2: …`
  `^\\s*(?:vet: )?${PATH}:${LINE}:(?:${COLUMN}:)? (?<message>\\S.*)$`,
  // phpstan raw: `/ws/src/A.php:12:Undefined variable: $x`
  `^${PATH}:${LINE}:(?<message>[A-Z].*)$`,
  // rustc and ruff name the place of the message above: ` --> src/main.rs:1:2`
  `^\\s*--> ${PATH}:${LINE}:${COLUMN}$`,
  // vitest: ` ❯ test/quote.test.ts:5:3`
  `^\\s*❯ (?:\\S{1,200} )?${PATH}:${LINE}:${COLUMN}$`,
  // a stack of Node, jest, mocha: `    at Object.<anonymous> (test/quote.test.js:5:3)`
  `^\\s+at (?:[^()]{1,300} \\()?(?:file://)?${PATH}:${LINE}:${COLUMN}\\)?$`,
  // Rust: `thread 'prices' panicked at src/lib.rs:5:9:`; the message is below
  `^thread '[^']{1,300}'(?: \\(\\d+\\))? panicked at ${PATH}:${LINE}:${COLUMN}:$`,
  // PHPUnit: `/ws/tests/QuoteTest.php:12`
  `^${PATH}:${LINE}$`,
].map((form) => new RegExp(form, "u"));

const LEVELS: Readonly<Record<string, Problem["level"]>> = {
  error: "failure",
  "fatal error": "failure",
  e: "failure",
  warning: "warning",
  w: "warning",
  info: "notice",
  note: "notice",
};

/** The place in a line of a known form. */
export function readForm(line: string): Said | undefined {
  for (const form of FORMS) {
    const said = form.exec(line)?.groups;
    if (said?.path === undefined || said.line === undefined) continue;
    const { path, column, message } = said;
    return { path, line: said.line, column, message, level: levelOf(said.level) };
  }
  return undefined;
}

export function levelOf(word: string | undefined): Problem["level"] | undefined {
  return word === undefined ? undefined : LEVELS[word.toLowerCase()];
}
