import { z } from "zod";
import { digestOf } from "../digest.ts";
import { keyOf, type Mistake, MistakeCause, Place } from "./mistake.ts";
import { Remedy } from "./remedy.ts";

/** Where the lessons of a repository stand, a file each: read at the base, changed by a person's merge alone. */
export const LESSONS_FOLDER = ".github/factory/lessons/";
/** The file that steers every agent, and gets the lines of lessons. */
export const GUIDE_PATH = "AGENTS.md";

/** How many days of history a lesson is made from, and is measured by again. */
export const LEARNING_DAYS = 28;
/** Days that a person has to merge it, before its effect begins to be measured. */
export const MERGE_DAYS = 14;

/** How often a mistake is made: for each attempt that began, or, where production shows it, for each merge. */
export const Per = z.enum(["attempts", "merges"]);
export type Per = z.infer<typeof Per>;

/** A measure as it was: recomputable from the ledgers of these issues. */
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

/** One file. It stays for good: what did not help is not proposed again. */
export const Lesson = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{12}$/, "expected 12 hexadecimal digits"),
  cause: MistakeCause,
  place: Place.optional(),
  remedy: Remedy,
  /** The line that the guide got. Absent: another remedy. */
  line: z.string().min(1).max(400).optional(),
  per: Per,
  windowDays: z.int().positive().max(365),
  baseline: Measured.extend({ issues: z.array(z.int().positive()).max(50) }),
  /** The most that the rate may be at the check, for the lesson to have helped. */
  threshold: z.number().nonnegative(),
  /** From this day on it is measured again. */
  check: Day,
  /** Of the pull request that proposed it. */
  branch: z.string().max(100),
  /** Absent: not checked yet. */
  outcome: Outcome.optional(),
});
export type Lesson = z.infer<typeof Lesson>;

/** The same mistake at the same place always has the same. */
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
