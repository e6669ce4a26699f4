import { z } from "zod";
import { digestOf } from "../digest.ts";
import { keyOf, type Mistake, MistakeCause, Place } from "./mistake.ts";
import { Remedy } from "./remedy.ts";

/** Folder of a repository's lessons, one file each: read at the base, changed only by a person's merge. */
export const LESSONS_FOLDER = ".github/factory/lessons/";
/** The file that steers every agent, and holds the lines of lessons. */
export const GUIDE_PATH = "AGENTS.md";

/** Days of history that a lesson is made from, and measured by again. */
export const LEARNING_DAYS = 28;
/** Days that a person has to merge it, before its effect is measured. */
export const MERGE_DAYS = 14;

/** The rate of a mistake: per attempt that began, or, if production shows it, per merge. */
export const Per = z.enum(["attempts", "merges"]);
export type Per = z.infer<typeof Per>;

/** An earlier measure, recomputable from the ledgers of these issues. */
export const Measured = z.strictObject({
  times: z.int().nonnegative(),
  among: z.int().nonnegative(),
  /** End of its window, ISO 8601. */
  until: z.iso.datetime(),
});
export type Measured = z.infer<typeof Measured>;

export const Outcome = z.strictObject({
  is: z.enum(["helped", "did-not-help"]),
  ...Measured.shape,
});
export type Outcome = z.infer<typeof Outcome>;

const Day = z.string().regex(/^\d{4}-\d\d-\d\d$/, "expected a day like 2026-11-30");

/** One file. It stays permanently, because what did not help is not proposed again. */
export const Lesson = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}$/, "expected 12 hexadecimal digits"),
  cause: MistakeCause,
  place: Place.optional(),
  remedy: Remedy,
  /** The line added to the guide. Absent: another remedy. */
  line: z.string().min(1).max(400).optional(),
  per: Per,
  windowDays: z.int().positive().max(365),
  baseline: Measured.extend({ issues: z.array(z.int().positive()).max(50) }),
  /** The highest rate at the check for the lesson to have helped. */
  threshold: z.number().nonnegative(),
  /** The day of the next measurement. */
  check: Day,
  /** Branch of the pull request that proposed it. */
  branch: z.string().max(100),
  /** Absent: not checked yet. */
  outcome: Outcome.optional(),
});
export type Lesson = z.infer<typeof Lesson>;

/** The same mistake at the same place always has the same id. */
export function idOfLesson(mistake: Mistake): string {
  return digestOf(keyOf(mistake)).slice(0, 12);
}

export function pathOfLesson(id: string): string {
  return `${LESSONS_FOLDER}${id}.yml`;
}

/** Whether a file of the tree is one of the lessons. */
export function isLessonPath(path: string): boolean {
  return path.startsWith(LESSONS_FOLDER) && /^[^/]+\.yml$/.test(path.slice(LESSONS_FOLDER.length));
}

/** Branches of lessons that change the guide: one at a time, because two would conflict. */
export const GUIDE_BRANCH = "factory/guide-";
/** Branches of all others. */
export const LESSON_BRANCH = "factory/lesson-";
