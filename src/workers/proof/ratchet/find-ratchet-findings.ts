import type { RatchetFinding } from "../../../domain/evidence/ratchet.ts";
import type { Syntax } from "../../../ports/syntax.ts";
import { isTestFile } from "../../checks/test-files.ts";
import { findLoweredChecks, isCheckConfig } from "./config/lowered.ts";
import type { FileChange } from "./finding.ts";
import { javascript } from "./languages/javascript.ts";
import type { Language } from "./languages/language.ts";
import { languageOf } from "./languages/languages.ts";
import { readTestFile, type TestFile } from "./reading/test-file.ts";
import type { Comparison, FilePair } from "./rules/compare.ts";
import { findDeleted } from "./rules/deleted.ts";
import { findDetected } from "./rules/detected.ts";
import { findEnvironment } from "./rules/environment.ts";
import { findFacts } from "./rules/facts.ts";
import { findMocked } from "./rules/mocked.ts";
import { casesOf, pairTests } from "./rules/pair-tests.ts";
import { findLostRows } from "./rules/rows.ts";
import { findSkipped } from "./rules/skipped.ts";
import { findRewritten } from "./rules/snapshots.ts";
import { findVacuous } from "./rules/vacuous.ts";
import { findWeakened } from "./rules/weakened.ts";

/**
 * Findings about changes to tests, or to their checks, that make them prove less. All files of a change together, so
 * that a moved test does not count as removed. An unreadable file is a finding of its own.
 */
export async function findRatchetFindings(
  changes: readonly FileChange[],
  syntax: Syntax,
): Promise<readonly RatchetFinding[]> {
  const unread: RatchetFinding[] = [];
  const files: FilePair[] = [];
  for (const change of changes) {
    const language = languageFor(change.path);
    if (language === undefined || change.before === change.after) continue;
    const read = await readPair(change, language, syntax);
    files.push(read.pair);
    if (read.unread !== undefined) unread.push(read.unread);
  }
  const lowered: RatchetFinding[] = [];
  for (const change of changes) {
    if (isCheckConfig(change.path)) lowered.push(...(await findLoweredChecks(change, syntax)));
  }
  return inOrder([...unread, ...compare(files), ...lowered]);
}

/** Snapshots of jest and vitest are modules. */
function languageFor(path: string): Language | undefined {
  return path.endsWith(".snap") ? javascript : languageOf(path);
}

async function readPair(change: FileChange, language: Language, syntax: Syntax) {
  const { path } = change;
  const before = await read(path, change.before, { language, syntax });
  const after = await read(path, change.after, { language, syntax });
  // Both or none: half of a comparison would call every test new, or gone.
  const whole = before.file !== undefined || change.before === undefined;
  const both = whole && (after.file !== undefined || change.after === undefined);
  const pair: FilePair = both
    ? { path, before: before.file, after: after.file }
    : { path, before: undefined, after: undefined };
  const line = after.unreadAt ?? before.unreadAt;
  if (line === undefined) return { pair, unread: undefined };
  const unread: RatchetFinding = {
    path,
    line,
    rule: "unreadable",
    before: before.why,
    after: after.why,
  };
  return { pair, unread };
}

interface Read {
  readonly file: TestFile | undefined;
  readonly unreadAt: number | undefined;
  readonly why: string;
}

async function read(
  path: string,
  text: string | undefined,
  { language, syntax }: { readonly language: Language; readonly syntax: Syntax },
): Promise<Read> {
  if (text === undefined) return { file: undefined, unreadAt: undefined, why: "" };
  const tree = await syntax.parse(language.grammar(path), text);
  if ("problem" in tree) return { file: undefined, unreadAt: 1, why: tree.problem };
  const { unreadAt } = tree;
  const why = unreadAt === undefined ? "" : "syntax";
  // A tree that is entirely an error says nothing about its parts.
  if (tree.root.kind === "ERROR") return { file: undefined, unreadAt: unreadAt ?? 1, why };
  return { file: readTestFile(path, tree, language), unreadAt, why };
}

function compare(files: readonly FilePair[]): readonly RatchetFinding[] {
  const before = files.flatMap((pair) => (pair.before === undefined ? [] : casesOf(pair.before)));
  const after = files.flatMap((pair) => (pair.after === undefined ? [] : casesOf(pair.after)));
  const pairing = pairTests(before, after);
  const comparison: Comparison = { files, pairing };
  const tests: Comparison = { files: files.filter(holdsTests), pairing };
  return [
    ...findDeleted(comparison),
    ...findLostRows(comparison),
    ...findSkipped(tests),
    ...findEnvironment(tests),
    ...findWeakened(comparison),
    ...findVacuous(comparison),
    ...findRewritten(tests),
    ...findFacts(comparison, isTestFile),
    ...findMocked(tests),
    ...findDetected(
      files.filter((pair) => !holdsTests(pair)),
      files.filter(holdsTests).map(({ path }) => path),
    ),
  ];
}

function holdsTests({ path, before, after }: FilePair): boolean {
  return isTestFile(path) || [before, after].some((file) => (file?.tests.length ?? 0) > 0);
}

/** By place, each once: a skipped group is one finding, not one for each of its tests. */
function inOrder(findings: readonly RatchetFinding[]): readonly RatchetFinding[] {
  const seen = new Set<string>();
  const empty = new Set(
    findings
      .filter(({ rule }) => rule === "assertion-vacuous")
      .map(({ path, line }) => `${path}:${line}`),
  );
  return (
    findings
      // A vacuous assertion is also weaker than what it replaced; reported once.
      .filter(
        ({ path, line, rule }) => rule !== "assertion-weakened" || !empty.has(`${path}:${line}`),
      )
      .filter(({ path, line, rule, before }) => {
        const key = JSON.stringify([path, line, rule, rule === "test-deleted" ? before : ""]);
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
      })
      .toSorted((left, right) =>
        left.path === right.path ? left.line - right.line : left.path < right.path ? -1 : 1,
      )
  );
}
