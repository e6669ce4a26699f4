import { levelOf, type Said } from "./forms.ts";

/** Facts from earlier lines that a later line needs. */
export interface Above {
  /** A file with rows below it: eslint's default form, phpstan's table. */
  file: string | undefined;
  /** The message, if the place follows. */
  reason: string | undefined;
  /** The line before was pytest's. Of several, the first says most. */
  isAsserted: boolean;
}

/** eslint: `  12:3  error  'x' is never used  no-unused-vars` */
const ESLINT_ROW =
  /^\s+(?<line>\d{1,8}):(?<column>\d{1,8})\s+(?<level>error|warning)\s+(?<message>\S.*)$/;
/** phpstan: `  12     Undefined variable: $x` */
const PHPSTAN_ROW = /^ {2}(?<line>\d{1,8}) +(?<message>\S.*)$/;
const PHPSTAN_FILE = /^ {2}Line +(?<path>[^\s:()]{1,300})(?: \(in context.*\))?$/;
const FILE = /^(?<path>[^\s:()]{1,300}\.\w{1,8})$/;

/** A row below the name of its file. */
export function readRow(line: string, { file }: Above): Said | undefined {
  if (file === undefined) return undefined;
  const row = (ESLINT_ROW.exec(line) ?? PHPSTAN_ROW.exec(line))?.groups;
  if (row?.line === undefined) return undefined;
  return {
    path: file,
    line: row.line,
    column: row.column,
    level: levelOf(row.level),
    message: row.message,
  };
}

/** pytest: `E       assert 1200 == 1140`, followed by the reason. */
const PYTEST = /^E {3,20}(?<reason>\S.*)$/;

/** Messages above their place: rustc, ruff, PHPUnit, and errors by their name. */
const REASONS: readonly RegExp[] = [
  /^(?:error|warning)(?:\[\w{1,20}\])?: (?<reason>.+)$/,
  /^(?<reason>[A-Z]{1,8}\d{1,6} .+)$/,
  /^\s*(?<reason>(?=[A-Z])\w{0,60}(?:Error|Exception)(?: \[\w{1,60}\])?: .+)$/,
  /^(?<reason>Failed asserting that .+)$/,
];

/** Reads the facts of a line, without trailing blanks, for later lines. */
export function look(line: string, above: Above): void {
  const file = (PHPSTAN_FILE.exec(line) ?? FILE.exec(line))?.groups?.path;
  if (file !== undefined) above.file = file;
  else if (line === "") above.file = undefined;
  const asserted = PYTEST.exec(line)?.groups?.reason;
  if (asserted !== undefined && !above.isAsserted) above.reason = asserted;
  above.isAsserted = asserted !== undefined;
  for (const form of REASONS) {
    const reason = form.exec(line)?.groups?.reason;
    if (reason === undefined) continue;
    above.reason = reason;
    return;
  }
}

/** Reads a message below a place: Biome's `  × …`, or the line after a panic of Rust. */
export function readBelow(line: string): string | undefined {
  const said = line.replace(/^\s*[×!i✖ℹ⚠]\s+/u, "").trim();
  return said === "" ? undefined : said;
}
