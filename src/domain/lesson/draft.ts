import type { Lesson } from "./lesson.ts";

/** The whole content of a file to write. */
export interface TextFile {
  readonly path: string;
  readonly content: string;
}

/** One pull request about one lesson: to add it, to keep it after its check, or to withdraw it. */
export interface Draft {
  readonly kind: "propose" | "keep" | "take-back";
  readonly lesson: Lesson;
  readonly files: readonly TextFile[];
  /** The lesson whose line makes room in the guide. Absent: there is room. */
  readonly replaces?: Lesson;
  /** An issue asks somebody to write what it proposes. */
  readonly asksForWork: boolean;
}
