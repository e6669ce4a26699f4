import type { Lesson } from "./lesson.ts";

/** A file as it shall be, in whole. */
export interface TextFile {
  readonly path: string;
  readonly content: string;
}

/** One pull request about one lesson: to take it up, to keep it after its check, or to take it back. */
export interface Draft {
  readonly kind: "propose" | "keep" | "take-back";
  readonly lesson: Lesson;
  readonly files: readonly TextFile[];
  /** The lesson whose line makes room in the guide. Absent: there is room. */
  readonly replaces?: Lesson;
  /** Somebody has to write what it proposes: an issue asks for it. */
  readonly asksForWork: boolean;
}
