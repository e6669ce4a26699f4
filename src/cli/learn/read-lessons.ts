import { readConfigText } from "../../control/observed/config-text.ts";
import { readLesson } from "../../control/observed/learning/lessons.ts";
import { Config } from "../../domain/config/schema.ts";
import {
  GUIDE_PATH,
  isLessonPath,
  LESSONS_FOLDER,
  type Lesson,
} from "../../domain/lesson/lesson.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import type { AskGit } from "../report/ask-git.ts";

/** What the head of a clone says of lessons. */
export interface LessonsOfClone {
  readonly lessons: readonly Lesson[];
  readonly guide: string | null;
  readonly guideBytes: number;
  /** Files that are no lessons, each with its fault. */
  readonly faults: readonly string[];
}

/** A repository that nobody showed: no lesson, no guide, the bound of the defaults. */
export const NO_CLONE: LessonsOfClone = {
  lessons: [],
  guide: null,
  guideBytes: Config.parse({}).learning.guideBytes,
  faults: [],
};

export async function lessonsOfClone(git: AskGit): Promise<LessonsOfClone> {
  const textOf = (path: string) => git("cat-file", "blob", `HEAD:${path}`).catch(() => null);
  const listed = await git("ls-tree", "-r", "-z", "--name-only", "HEAD", LESSONS_FOLDER);
  const paths = listed.split("\0").filter(isLessonPath);
  const readings = await Promise.all(
    paths.map(async (path) => readLesson(path, (await textOf(path)) ?? "")),
  );
  const reading = readConfigText(await textOf(".github/factory.yml"));
  return {
    lessons: readings.flatMap((one) => ("lesson" in one ? [one.lesson] : [])),
    guide: await textOf(GUIDE_PATH),
    guideBytes: "config" in reading ? reading.config.learning.guideBytes : NO_CLONE.guideBytes,
    faults: readings.flatMap((one) => ("refusal" in one ? [sayRefusal(one.refusal)] : [])),
  };
}
