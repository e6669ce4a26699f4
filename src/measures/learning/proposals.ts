import { idOfLesson, LEARNING_DAYS, type Lesson, MERGE_DAYS } from "../../domain/lesson/lesson.ts";
import { remedyFor } from "../../domain/lesson/remedy.ts";
import { daysBefore } from "../../domain/text/time.ts";
import type { History, Window } from "../history/history.ts";
import type { Cluster } from "./clusters.ts";
import { LEAST_AMONG, measureOf, perOf, rateOf } from "./rate.ts";

/** The most proposals of one week, including those of checks. */
export const MOST_PROPOSALS = 3;

/** Why a cluster makes no lesson, in a closed vocabulary. */
export const UNTAUGHT = [
  /** It was proposed before, and is in the file. */
  "known",
  /** No lesson prevents this cause, so a person has to look. */
  "no-remedy",
  /** The measure that it should improve cannot be computed today. */
  "no-baseline",
  /** Others come first this week. */
  "later",
  /** The guide is full, and no line can be removed for this one. */
  "guide-full",
] as const;
export type Untaught = (typeof UNTAUGHT)[number];

export interface Taught {
  readonly cluster: Cluster;
  /** Without its line and its branch, which follow from the change. */
  readonly lesson: Omit<Lesson, "line" | "branch">;
}
export interface Left {
  readonly cluster: Cluster;
  readonly because: Untaught;
}

/**
 * Result of each cluster: a lesson with its baseline, threshold and check date, or why there is none. The threshold is
 * half of the measured rate. @param most how many lessons there may be
 */
export function lessonsFor(
  clusters: readonly Cluster[],
  given: {
    readonly history: History;
    readonly window: Window;
    readonly lessons: readonly Lesson[];
    readonly most: number;
  },
): { readonly taught: readonly Taught[]; readonly left: readonly Left[] } {
  const taught: Taught[] = [];
  const left: Left[] = [];
  for (const cluster of clusters) {
    const found = lessonFor(cluster, given);
    if ("because" in found) left.push(found);
    else if (taught.length >= given.most) left.push({ cluster, because: "later" });
    else taught.push(found);
  }
  return { taught, left };
}

function lessonFor(
  cluster: Cluster,
  given: {
    readonly history: History;
    readonly window: Window;
    readonly lessons: readonly Lesson[];
  },
): Taught | Left {
  const { history, window, lessons } = given;
  const { cause, place, issues } = cluster;
  const id = idOfLesson({ cause, ...(place === undefined ? {} : { place }) });
  const remedy = remedyFor(cause);
  if (remedy === undefined) return { cluster, because: "no-remedy" };
  if (lessons.some((lesson) => lesson.id === id)) return { cluster, because: "known" };
  const measured = measureOf(cluster, history, window);
  if (measured === undefined || measured.among < LEAST_AMONG) {
    return { cluster, because: "no-baseline" };
  }
  const lesson = {
    ...{ id, cause, remedy, per: perOf(cause), windowDays: LEARNING_DAYS },
    ...(place === undefined ? {} : { place }),
    baseline: { ...measured, issues: issues.slice(0, 50) },
    threshold: Number((rateOf(measured) / 2).toFixed(4)),
    check: daysBefore(window.until, -(MERGE_DAYS + LEARNING_DAYS)).slice(0, 10),
  };
  return { cluster, lesson };
}
