import type { SeenRun } from "./runs.ts";

/** Ends by which a run says nothing of the commit: another one of the same workflow says more. */
const SAYS_NOTHING: readonly (string | null)[] = ["cancelled", "stale", "skipped"];

/**
 * Of each workflow and what started it the newest run: a commit whose pull request was closed and opened again has two, and
 * the first is over. One that was cancelled or skipped counts only where there is no other: workflows that start for a push
 * and for its pull request often cancel one of the two.
 */
export function newestOnHead(runs: readonly SeenRun[]): readonly SeenRun[] {
  return newestBy(telling(runs), ({ file, event }) => `${event} ${file}`);
}

/** Of each workflow the newest run that has ended, as far as one has: what goes on tells nothing yet. */
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
