import { LEARNING_DAYS, type Lesson } from "../../domain/lesson/lesson.ts";
import { daysBefore } from "../../domain/text/time.ts";
import type { History, Window } from "../history/history.ts";
import { type Check, checkOf } from "./checks.ts";
import { type Cluster, clustersIn } from "./clusters.ts";
import { type Left, lessonsFor, MOST_PROPOSALS, type Taught } from "./proposals.ts";

/** Lessons from a repository's mistakes this week. */
export interface Learned {
  readonly window: Window;
  readonly clusters: readonly Cluster[];
  readonly taught: readonly Taught[];
  readonly left: readonly Left[];
  /** Due lessons. Those that did not help precede every new lesson. */
  readonly checks: readonly Check[];
}

/** The same history, lessons and time always give the same result. At most three proposals, including the removal of lessons that did not help. */
export function learnFrom(history: History, lessons: readonly Lesson[], now: string): Learned {
  const window = { from: daysBefore(now, LEARNING_DAYS), until: now };
  const checks = lessons.flatMap((lesson) => checkOf(lesson, history, now) ?? []);
  const mistakes = "untold" in history.work ? [] : history.work.known.mistakes;
  const clusters = clustersIn(mistakes, window, history.areaOf);
  const judged = checks.filter(({ verdict }) => verdict === "helped" || verdict === "did-not-help");
  const most = Math.max(0, MOST_PROPOSALS - judged.length);
  return { window, clusters, checks, ...lessonsFor(clusters, { history, window, lessons, most }) };
}
