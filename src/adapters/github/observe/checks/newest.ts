import type { SeenRun } from "./runs.ts";

/** Conclusions that say nothing about the commit, so that another run of the same workflow counts instead. */
const SAYS_NOTHING: readonly (string | null)[] = ["cancelled", "stale", "skipped"];

/**
 * The newest run of each workflow and event: a commit whose pull request was closed and reopened has two, and the first
 * is outdated. A cancelled or skipped run counts only without another: workflows that start for a push and its pull
 * request often cancel one of the two.
 */
export function newestOnHead(runs: readonly SeenRun[]): readonly SeenRun[] {
  return newestBy(telling(runs), ({ file, event }) => `${event} ${file}`);
}

/** The newest finished run of each workflow; a running one says nothing yet. */
export function newestOnBase(runs: readonly SeenRun[]): readonly SeenRun[] {
  const ended = runs.filter(({ status }) => status === "completed");
  const known = new Set(ended.map(({ file }) => file));
  return newestBy(
    telling([...ended, ...runs.filter(({ file }) => !known.has(file))]),
    ({ file }) => file,
  );
}

function telling(runs: readonly SeenRun[]): readonly SeenRun[] {
  const saying = runs.filter(({ conclusion }) => !SAYS_NOTHING.includes(conclusion));
  const known = new Set(saying.map(({ file }) => file));
  return runs.filter((run) => saying.includes(run) || !known.has(run.file));
}

function newestBy(runs: readonly SeenRun[], keyOf: (run: SeenRun) => string): readonly SeenRun[] {
  const inOrder = runs.toSorted((left, right) => left.id - right.id);
  return [...new Map(inOrder.map((run) => [keyOf(run), run])).values()];
}
