import type { ObjectId } from "../../domain/digest.ts";
import type { EffectOf } from "../../domain/github/effect.ts";
import { GUIDE_PATH, isLessonPath } from "../../domain/lesson/lesson.ts";
import type { View } from "../observed/issue-view.ts";

/** Lessons have no order. They are made on the head that this run saw. */
export function changedFrom({ input, snapshot }: View): ObjectId | undefined {
  return input.task === "learn" ? snapshot.repository.head : input.order?.base;
}

/** A lesson changes its own file and the guide, and removes no file. */
export function isLearnedFrom({ changeSet }: EffectOf<"publish-commit">, { input }: View): boolean {
  if (input.task !== "learn") return true;
  return changeSet.files.every(
    (file) => !("deleted" in file) && (file.path === GUIDE_PATH || isLessonPath(file.path)),
  );
}
