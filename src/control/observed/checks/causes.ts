import type {
  CheckCause,
  CheckState,
  ChecksSeen,
  RepositoryCheck,
} from "../../../domain/github/repository-check.ts";
import { natureOf } from "../../../domain/trust/file-nature.ts";

/** What is known of a check that is, or was, red: why, or that running it once more would tell. */
export type CheckFinding = CheckCause | "run-again";

const RED: readonly CheckState[] = ["failed", "timed-out"];

/**
 * Why a check is red, by facts alone: how the same check stands on the base, what a second run of the same bytes came to, how
 * GitHub says that it ended, and the places that it marks. No word of it is read for its meaning. Undefined where it is not
 * red and was not.
 */
export function findingOf(check: RepositoryCheck, seen: ChecksSeen): CheckFinding | undefined {
  const { state, run, failedBefore } = check;
  if (state === "passed") return failedBefore === true ? "flaky" : undefined;
  if (state === "waiting" || state === "asking") return undefined;
  // It never came to an end of its own: that says nothing of the bytes.
  if (state === "stopped") return "infrastructure";
  const onBases = seen.bases.flatMap(({ states }) => states[check.key] ?? []);
  if (onBases.some((one) => RED.includes(one))) return "base";
  // The same bytes passed: where somebody runs all again, the last word is no better than the one before.
  if (check.passedBefore === true) return "flaky";
  if (run?.attempt === 1) return "run-again";
  if (state === "timed-out") return "infrastructure";
  return markedCause(check, seen, onBases.includes("passed"));
}

function markedCause(
  { marks, run }: RepositoryCheck,
  { changed }: ChecksSeen,
  passesOnBase: boolean,
): CheckCause {
  const places = marks.map(({ path }) => path);
  const inChange = places.filter((path) => changed.includes(path));
  if (inChange.some((path) => natureOf(path) !== "test")) return "change";
  const inTests = places.length > 0 && places.every((path) => natureOf(path) === "test");
  if (inTests && (passesOnBase || inChange.length > 0)) return "test";
  // It failed twice on these bytes and passes without them: what differs is the change, wherever it shows.
  return passesOnBase && run !== undefined ? "change" : "unknown";
}

/** Whether some check has not ended: then nobody knows yet what the head comes to. One that waits for a person keeps nobody. */
export function isRunning({ checks }: ChecksSeen): boolean {
  return checks.some(({ state }) => state === "waiting");
}

/** The findings of all checks that have one, in the order of GitHub. */
export function findingsIn(
  seen: ChecksSeen,
): readonly { readonly check: RepositoryCheck; readonly finding: CheckFinding }[] {
  return seen.checks.flatMap((check) => {
    const finding = findingOf(check, seen);
    return finding === undefined ? [] : [{ check, finding }];
  });
}
