import { LEARNING_DAYS, type Lesson } from "../../domain/lesson/lesson.ts";
import { daysBefore } from "../../domain/text/time.ts";
import type { History, Window } from "../history/history.ts";
import { type Check, checkOf } from "./checks.ts";
import { type Cluster, clustersIn } from "./clusters.ts";
import { type Left, lessonsFor, MOST_PROPOSALS, type Taught } from "./proposals.ts";

/** What the mistakes of a repository come to this week. */
export interface Learned {
  readonly window: Window;
  readonly clusters: readonly Cluster[];
  readonly taught: readonly Taught[];
  readonly left: readonly Left[];
  /** Lessons whose day has come. What did not help comes before every new lesson. */
  readonly checks: readonly Check[];
}

/** The same history, lessons and time always make the same. At most three proposals, the removal of what did not help among them. */
export function learnFrom(history: History, lessons: readonly Lesson[], now: string): Learned {
  const window = { from: daysBefore(now, LEARNING_DAYS), until: now };
  const checks = lessons.flatMap((lesson) => checkOf(lesson, history, now) ?? []);
  const mistakes = "untold" in history.work ? [] : history.work.known.mistakes;
  const clusters = clustersIn(mistakes, window, history.areaOf);
  const judged = checks.filter(({ verdict }) => verdict === "helped" || verdict === "did-not-help");
  const most = Math.max(0, MOST_PROPOSALS - judged.length);
  return { window, clusters, checks, ...lessonsFor(clusters, { history, window, lessons, most }) };
}
