import type { NoticedBy, UntriedReason } from "../../../domain/evidence/noticed.ts";
import { talliesOf } from "../../../domain/evidence/tally.ts";
import type { CheckRun } from "../../../domain/evidence.ts";

/** A named test that passes on the change. */
export interface WatchedTest {
  readonly name: string;
  /** Its file; absent: not known. */
  readonly file?: string;
}

/** Result of one run without a part of the change. */
export type Judged =
  | { readonly noticed: "by-tests"; readonly tests: readonly string[] }
  | { readonly noticed: Exclude<NoticedBy, "by-tests" | "untried"> }
  | { readonly noticed: "untried"; readonly because: UntriedReason };

/**
 * Decides by facts of the reports alone. If a watched test fails, it notices the part. If all pass, nobody does. If some
 * are missing in the report and the command failed, the part is needed to build or load them in two cases. Either
 * nothing ran that runs with the part, or nothing of their places (file, class or package) ran and they are in another
 * file. Otherwise the part may have contained the tests themselves. Everything else is unknown.
 */
export function judgeRun(
  run: CheckRun,
  about: {
    readonly watched: readonly WatchedTest[];
    readonly path: string;
    /** Every test that ran with the whole change, so each watched one too. */
    readonly known: ReadonlySet<string>;
  },
): Judged {
  const { watched, path, known } = about;
  if (run.status === "timed-out") return { noticed: "untried", because: "timed-out" };
  const tally = talliesOf(run);
  const failing = watched.filter(({ name }) => tally(name).failed > 0);
  if (failing.length > 0) {
    return { noticed: "by-tests", tests: failing.map(({ name }) => name) };
  }
  const open = watched.filter(({ name }) => tally(name).passed === 0);
  if (open.length === 0) return { noticed: "unnoticed" };
  const hasFailed = run.exitCode !== null && run.exitCode !== 0;
  return hasFailed && isUnloaded(run, { missing: open, path, known })
    ? { noticed: "by-compiler" }
    : { noticed: "untried", because: "not-told" };
}

function isUnloaded(
  run: CheckRun,
  about: {
    readonly missing: readonly WatchedTest[];
    readonly path: string;
    readonly known: ReadonlySet<string>;
  },
): boolean {
  const { missing, path, known } = about;
  const ran = (run.tests ?? []).map(({ name }) => name).filter((name) => known.has(name));
  if (ran.length === 0) return true;
  const places = new Set(ran.map(placeOf));
  return missing.every(
    ({ name, file }) => file !== undefined && file !== path && !places.has(placeOf(name)),
  );
}

/** The first part of an id; empty if it is a title alone, which is the place of all such tests. */
function placeOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf(" > ")));
}
