import type { ObjectId } from "../../domain/digest.ts";

/** Commits made here, with the time. */
export function createMade() {
  const commits = new Map<ObjectId, string | undefined>();
  let time: string | undefined;
  return {
    made: (commit: ObjectId, at?: string) => void commits.set(commit, at),
    isNew: (commit: ObjectId) => commits.has(commit),
    mergedAt: (commit: ObjectId) => commits.get(commit),
    wroteAt: () => time,
    toldTime(at: string) {
      time = at;
    },
    forgetMade() {
      commits.clear();
      time = undefined;
    },
  };
}
