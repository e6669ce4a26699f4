import { titleOf } from "./test-places.ts";

/** A test file that the change touches, before and after. */
export interface TouchedFile {
  readonly before: string;
  readonly after: string;
}

/**
 * Whether the change rewrites the lines of an existing test. If its file does not build without the change, this alone
 * distinguishes a test that needs the change from its neighbors. Undefined if its lines are not found exactly once.
 */
export function isWrittenAnew(test: string, files: readonly TouchedFile[]): boolean | undefined {
  const title = titleOf(test);
  if (title === "") return undefined;
  const before = files.flatMap((file) => blocksOf(title, file.before));
  const after = files.flatMap((file) => blocksOf(title, file.after));
  const [was, is] = [before[0], after[0]];
  if (was === undefined || is === undefined || before.length + after.length !== 2) return undefined;
  return was !== is;
}

/** Definitions of a test with this title, each with everything indented below it. */
function blocksOf(title: string, text: string): readonly string[] {
  // Stryker disable next-line ConditionalExpression: it spares reading the lines
  if (!text.includes(title)) return [];
  const name = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const begins = new RegExp(
    `^\\s*[^\\n]{0,200}(?:\\b(?:func|fn|def|fun|void)\\s+\`?${name}\`?\\s*\\(|\\b(?:test|it)[\\w.]*\\(\\s*(["'\`])${name}\\1)`,
  );
  const lines = text.split("\n");
  return lines.flatMap((line, index) =>
    line.includes(title) && begins.test(line) ? [blockAt(index, lines)] : [],
  );
}

function blockAt(start: number, lines: readonly string[]): string {
  const [first = "", ...below] = lines.slice(start);
  const depth = indentOf(first);
  const next = below.findIndex((line) => line.trim() !== "" && indentOf(line) <= depth);
  const end = next === -1 ? below.length : next + (/^\s*[)}\]]/.test(below[next] ?? "") ? 1 : 0);
  return [first, ...below.slice(0, end)]
    .map((line) => line.trim())
    .filter(Boolean)
    .join("\n");
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
