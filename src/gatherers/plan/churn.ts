import type { GatheredHistory } from "../visible/visible.ts";

/** A commit of the last ninety days, from git. */
export interface PlanCommit {
  readonly id: string;
  readonly paths: readonly string[];
  readonly reverts: readonly string[];
  readonly mends: readonly string[];
}

/** A change that fixed something, with its files. */
export interface Fix {
  /** A commit, or `#12`. */
  readonly id: string;
  readonly paths: readonly string[];
}

/**
 * Changes that fixed something, by recorded facts and not by words in a message: a `Fixes:` trailer that names a commit,
 * a reverted commit, or a merge for an issue with a defect label.
 */
export function fixesIn(
  commits: readonly PlanCommit[],
  history: GatheredHistory | undefined,
  labels: readonly string[],
): readonly Fix[] {
  const byCommit = commits
    .filter(({ mends, reverts }) => mends.length + reverts.length > 0)
    .map(({ id, paths }) => ({ id, paths }));
  const known = new Set(byCommit.map(({ id }) => id));
  const byIssue = mergesForDefects(history, labels).filter(({ commit }) => !known.has(commit));
  return [...byCommit, ...byIssue];
}

function mergesForDefects(history: GatheredHistory | undefined, labels: readonly string[]) {
  if (history === undefined || "untold" in history.issues) return [];
  const folded = new Set(labels.map((label) => label.toLowerCase()));
  const defects = new Set(
    history.issues.known
      .filter((issue) => issue.labels.some((label) => folded.has(label.toLowerCase())))
      .map(({ number }) => number),
  );
  return history.merges.flatMap(({ id, commit, issue, lines }) =>
    issue === undefined || lines === undefined || !defects.has(issue)
      ? []
      : [{ id, commit, paths: lines.map(({ path }) => path) }],
  );
}

/** Files by the number of fixes in them, the most first. */
export function churnOf(
  fixes: readonly Fix[],
): readonly { readonly path: string; readonly fixes: readonly string[] }[] {
  const byPath = new Map<string, string[]>();
  for (const { id, paths } of fixes) {
    for (const path of new Set(paths)) byPath.set(path, [...(byPath.get(path) ?? []), id]);
  }
  return [...byPath]
    .map(([path, ids]) => ({ path, fixes: ids }))
    .toSorted(
      (left, right) => right.fixes.length - left.fixes.length || (left.path < right.path ? -1 : 1),
    );
}
