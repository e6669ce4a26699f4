import { parse } from "yaml";
import type { TreeFile } from "../../../domain/github/commit-tree.ts";
import type { Part } from "../../../domain/github/snapshot.ts";
import { GUIDE_PATH, isLessonPath, Lesson, pathOfLesson } from "../../../domain/lesson/lesson.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { type FileAt, fileAt } from "../files.ts";
import type { View } from "../issue-view.ts";
import type { Wants } from "../situation.ts";

/** The most characters of a lesson file. */
const LARGEST = 20_000;

export type LessonReading = { readonly lesson: Lesson } | { readonly refusal: Refusal };

/** Reads a lesson file at a commit. A refusal names its first fault. */
export function readLesson(path: string, text: string): LessonReading {
  const refused = (found: string): LessonReading => ({
    refusal: { code: "config-invalid", subject: path.slice(0, 300), found: found.slice(0, 2_000) },
  });
  if (text.length > LARGEST) return refused(`${text.length} characters`);
  const value = parsed(text);
  if ("fault" in value) return refused(value.fault);
  const read = Lesson.safeParse(value.found);
  if (!read.success) {
    const [issue] = read.error.issues;
    return refused(`${issue?.path.join(".") || "the whole"}: ${issue?.message}`);
  }
  return path === pathOfLesson(read.data.id)
    ? { lesson: read.data }
    : refused(`id: ${read.data.id} belongs into ${pathOfLesson(read.data.id)}`);
}

function parsed(text: string): { readonly found: unknown } | { readonly fault: string } {
  try {
    return { found: parse(text, { maxAliasCount: 0, uniqueKeys: true }) };
  } catch (error) {
    return { fault: error instanceof Error ? (error.message.split("\n")[0] ?? "") : "no YAML" };
  }
}

/** Lessons at the head: the current guide, and every lesson. */
export interface LessonsSeen {
  readonly files: readonly TreeFile[];
  /** Null if there is none. */
  readonly guide: string | null;
  readonly lessons: readonly Lesson[];
  readonly refusals: readonly Refusal[];
}

/** Asks for the tree of the head first, then for the lesson files and the guide. */
export function lessonsAtHead(view: View): Part<LessonsSeen> | Wants {
  const { head } = view.snapshot.repository;
  const tree = view.trees?.get(head);
  if (tree === undefined) return { wants: [], trees: [head] };
  if ("unknown" in tree.files) return tree.files;
  const files = tree.files.known;
  const paths = files.map(({ path }) => path);
  const own = paths.filter(isLessonPath).map((path) => ({ commit: head, path }));
  const guide = { commit: head, path: GUIDE_PATH };
  const needed = [...own, ...(paths.includes(GUIDE_PATH) ? [guide] : [])];
  const wants = needed.filter((file) => fileAt(view.files, file) === undefined);
  if (wants.length > 0) return { wants };
  const readings = own.map((file) => readLesson(file.path, textAt(view, file) ?? ""));
  return {
    known: {
      files,
      guide: textAt(view, guide) ?? null,
      lessons: readings.flatMap((one) => ("lesson" in one ? [one.lesson] : [])),
      refusals: readings.flatMap((one) => ("refusal" in one ? [one.refusal] : [])),
    },
  };
}

function textAt({ files }: View, file: FileAt): string | undefined {
  const state = fileAt(files, file);
  if (state === undefined || "unknown" in state || state.known === null) return undefined;
  return new TextDecoder().decode(state.known);
}
