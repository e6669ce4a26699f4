import type { Contract } from "../../domain/contract.ts";
import { withoutHidden } from "../../domain/text/hidden-text.ts";

/**
 * A contract in its form on the issue: one blank between words, nothing hidden, NFC, no empty or repeated line in a
 * list. Idempotent; changes only the spelling of an answer, never its content.
 */
export function normalizeContract(contract: Contract): Contract {
  const { context, tools, boundaries } = contract;
  return {
    goal: normalizeLine(contract.goal),
    acceptance: contract.acceptance.map((criterion) => ({
      ...criterion,
      statement: normalizeLine(criterion.statement),
    })),
    nonGoals: normalizeLines(contract.nonGoals),
    context: {
      files: normalizeLines(context.files),
      tests: normalizeLines(context.tests),
      docs: normalizeLines(context.docs),
      decisions: normalizeLines(context.decisions),
      notFound: normalizeLines(context.notFound),
    },
    tools: {
      mcp: normalizeLines(tools.mcp),
      readOnly: normalizeLines(tools.readOnly),
      mutating: normalizeLines(tools.mutating),
      denied: normalizeLines(tools.denied),
    },
    boundaries: {
      paths: normalizeLines(boundaries.paths).map((path) => path.replace(/^(?:\.\/)+/, "")),
      commands: normalizeLines(boundaries.commands),
      network: normalizeLines(boundaries.network),
      secrets: normalizeLines(boundaries.secrets),
    },
    checks: normalizeLines(contract.checks),
    stop: normalizeLines(contract.stop),
    split: normalizeLines(contract.split),
    reviewNote: normalizeLine(contract.reviewNote),
  };
}

function normalizeLine(text: string): string {
  // Hidden characters are removed first, because they separate a letter from its accent.
  return withoutHidden(text).normalize("NFC").replace(/\s+/g, " ").trim();
}

export function normalizeLines(lines: readonly string[]): string[] {
  return [...new Set(lines.map(normalizeLine))].filter((line) => line !== "");
}

/**
 * Moves context that the base tree does not have to `context.notFound`, because a worker must not look for missing
 * files. A line may have more after the path (`src/a.ts: the parser`). @param paths every file of the base tree
 */
export function settleContext(contract: Contract, paths: ReadonlySet<string>): Contract {
  const held = new Set([...paths].flatMap(withFoldersAbove));
  const exists = (line: string) => held.has(pathOf(line));
  const { files, tests, docs, decisions, notFound } = contract.context;
  const missing = [...files, ...tests, ...docs].filter((line) => !exists(line));
  return {
    ...contract,
    context: {
      files: files.filter(exists),
      tests: tests.filter(exists),
      docs: docs.filter(exists),
      decisions,
      notFound: normalizeLines([...notFound, ...missing]).slice(0, MAXIMUM_LINES),
    },
  };
}

/** The contract schema's limit for every list. */
const MAXIMUM_LINES = 30;

function pathOf(line: string): string {
  const bare = line.replace(/^`([^`]+)`/, "$1");
  return (/^[^\s:(,;]+/.exec(bare)?.[0] ?? bare).replace(/^\.\//, "").replace(/\/(?:\*\*?)?$/, "");
}

function withFoldersAbove(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
