import { stringify } from "yaml";
import type { Draft, TextFile } from "../../../domain/lesson/draft.ts";
import {
  GUIDE_BRANCH,
  GUIDE_PATH,
  LESSON_BRANCH,
  type Lesson,
  pathOfLesson,
} from "../../../domain/lesson/lesson.ts";
import { type Check, checkedLesson } from "../../../measures/learning/checks.ts";
import type { Learned } from "../../../measures/learning/learn.ts";
import type { Left, Taught } from "../../../measures/learning/proposals.ts";
import { bytesOf, withLine, withoutLine } from "../../../wording/lessons/guide.ts";
import { guideLine } from "../../../wording/lessons/guide-line.ts";

/** Basis of pull requests with lessons. */
export interface Ground {
  readonly lessons: readonly Lesson[];
  /** Null if there is none. */
  readonly guide: string | null;
  /** The most bytes that the guide may have. */
  readonly guideBytes: number;
  /** Whether an open pull request changes the guide. A second one would conflict with it. */
  readonly guideIsProposed: boolean;
}

export interface Drafts {
  readonly drafts: readonly Draft[];
  readonly left: readonly Left[];
}

/**
 * Pull requests of this week: first results of checks, then new lessons. At most one changes the guide. If the guide has
 * no room for a line, it is proposed only with the removal of another: the oldest that was checked and whose mistake
 * stopped.
 */
export function draftsOf({ checks, taught, left }: Learned, ground: Ground): Drafts {
  const judged = checks
    .toSorted((one, other) => order(one) - order(other))
    .flatMap((check) => draftOfCheck(check, ground) ?? []);
  const drafts: Draft[] = [];
  const later: Left[] = [];
  let isGuideFree = !ground.guideIsProposed;
  const take = (draft: Draft): boolean => {
    const isOfGuide = draft.files.some(({ path }) => path === GUIDE_PATH);
    if (isOfGuide && !isGuideFree) return false;
    if (isOfGuide) isGuideFree = false;
    drafts.push(draft);
    return true;
  };
  for (const draft of judged) take(draft);
  for (const one of taught) {
    const draft = draftOfLesson(one, ground);
    if (draft === undefined) later.push({ cluster: one.cluster, because: "guide-full" });
    else if (!take(draft)) later.push({ cluster: one.cluster, because: "later" });
  }
  return { drafts, left: [...left, ...later] };
}

function order({ verdict }: Check): number {
  return verdict === "did-not-help" ? 0 : 1;
}

/** Undefined if the check cannot be judged yet. A line that a person has edited since is theirs, and stays. */
function draftOfCheck(check: Check, { guide }: Ground): Draft | undefined {
  const lesson = checkedLesson(check);
  if (lesson === undefined) return undefined;
  if (check.verdict === "helped") {
    return { kind: "keep", lesson, files: [fileOf(lesson)], asksForWork: false };
  }
  const shorter = lesson.line === undefined ? undefined : withoutLine(guide, lesson.line);
  const files = [fileOf(lesson), ...(shorter === undefined ? [] : [guideFile(shorter)])];
  return { kind: "take-back", lesson, files, asksForWork: lesson.line === undefined };
}

/** Undefined if the guide is full. */
function draftOfLesson({ lesson }: Taught, ground: Ground): Draft | undefined {
  const line = lesson.remedy === "agents-line" ? guideLine(lesson) : undefined;
  if (line === undefined) {
    const whole = { ...lesson, branch: `${LESSON_BRANCH}${lesson.id}` };
    return { kind: "propose", lesson: whole, files: [fileOf(whole)], asksForWork: true };
  }
  const whole = { ...lesson, line, branch: `${GUIDE_BRANCH}${lesson.id}` };
  const fitted = fitting(line, ground);
  if (fitted === undefined) return undefined;
  const { text, replaces } = fitted;
  return {
    ...{ kind: "propose", lesson: whole, asksForWork: false },
    files: [fileOf(whole), guideFile(text)],
    ...(replaces === undefined ? {} : { replaces }),
  };
}

function fitting(
  line: string,
  { guide, guideBytes, lessons }: Ground,
): { readonly text: string; readonly replaces?: Lesson } | undefined {
  const text = withLine(guide, line);
  if (bytesOf(text) <= guideBytes) return { text };
  const done = lessons
    .filter(({ outcome }) => outcome?.is === "helped" && outcome.times === 0)
    .toSorted((one, other) => (one.check < other.check ? -1 : 1));
  for (const replaces of done) {
    const shorter = withoutLine(guide, replaces.line ?? "");
    const fitted = shorter === undefined ? undefined : withLine(shorter, line);
    if (fitted !== undefined && bytesOf(fitted) <= guideBytes) return { text: fitted, replaces };
  }
  return undefined;
}

/** Each lesson has its own file, so that two proposals never conflict. */
function fileOf(lesson: Lesson): TextFile {
  return { path: pathOfLesson(lesson.id), content: stringify(lesson, { lineWidth: 0 }) };
}

function guideFile(content: string): TextFile {
  return { path: GUIDE_PATH, content };
}

/** The branch of a pull request about a lesson: one for its proposal, one for its check. */
export function branchOfDraft({ kind, lesson, files }: Draft): string {
  if (kind === "propose") return lesson.branch;
  const isOfGuide = files.some(({ path }) => path === GUIDE_PATH);
  return `${isOfGuide ? GUIDE_BRANCH : LESSON_BRANCH}${lesson.id}-checked`;
}
