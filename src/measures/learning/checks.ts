import type { Lesson, Measured } from "../../domain/lesson/lesson.ts";
import { daysBefore } from "../../domain/text/time.ts";
import type { History } from "../history/history.ts";
import { measureOf, rateOf } from "./rate.ts";

/**
 * With fewer expected mistakes, seeing none says little: by chance alone it happens once in twenty times (the rule of
 * three).
 */
const LEAST_EXPECTED = 3;

/** A due lesson, measured again. */
export interface Check {
  readonly lesson: Lesson;
  readonly verdict: "helped" | "did-not-help" | "too-few" | "unmeasured";
  readonly measured?: Measured;
}

/** The same measure over as many days, up to now. One that cannot be judged yet stays due. */
export function checkOf(lesson: Lesson, history: History, now: string): Check | undefined {
  if (lesson.outcome !== undefined || now.slice(0, 10) < lesson.check) return undefined;
  const window = { from: daysBefore(now, lesson.windowDays), until: now };
  const measured = measureOf(lesson, history, window);
  if (measured === undefined) return { lesson, verdict: "unmeasured" };
  const expected = measured.among * rateOf(lesson.baseline);
  if (expected < LEAST_EXPECTED) return { lesson, measured, verdict: "too-few" };
  const helped = rateOf(measured) <= lesson.threshold;
  return { lesson, measured, verdict: helped ? "helped" : "did-not-help" };
}

/** The lesson with the result of its check; undefined if it is unknown yet. */
export function checkedLesson({ lesson, verdict, measured }: Check): Lesson | undefined {
  if (measured === undefined || verdict === "too-few" || verdict === "unmeasured") return undefined;
  return { ...lesson, outcome: { is: verdict, ...measured } };
}
