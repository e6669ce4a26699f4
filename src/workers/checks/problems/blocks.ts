import { levelOf, type Said } from "./forms.ts";

/** What stands above a line, as far as a line below it needs that. */
export interface Above {
  /** A file under which rows follow: eslint's default form, phpstan's table. */
  file: string | undefined;
  /** What is wrong, where the place follows. */
  reason: string | undefined;
  /** The line before was pytest's: of several the first says most. */
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

/** pytest: `E       assert 1200 == 1140`, and below it why. */
const PYTEST = /^E {3,20}(?<reason>\S.*)$/;

/** Reasons that stand above their place: rustc, ruff, PHPUnit, and errors by their name. */
const REASONS: readonly RegExp[] = [
  /^(?:error|warning)(?:\[\w{1,20}\])?: (?<reason>.+)$/,
  /^(?<reason>[A-Z]{1,8}\d{1,6} .+)$/,
  /^\s*(?<reason>(?=[A-Z])\w{0,60}(?:Error|Exception)(?: \[\w{1,60}\])?: .+)$/,
  /^(?<reason>Failed asserting that .+)$/,
];

/** Reads what a line, without blanks at its end, says to those below it. */
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

/** What a line below a place says of it: Biome's `  × …`, and whatever follows a panic of Rust. */
export function readBelow(line: string): string | undefined {
  const said = line.replace(/^\s*[×!i✖ℹ⚠]\s+/u, "").trim();
  return said === "" ? undefined : said;
}
