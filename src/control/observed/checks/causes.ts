import type {
  CheckCause,
  CheckState,
  ChecksSeen,
  RepositoryCheck,
} from "../../../domain/github/repository-check.ts";
import { natureOf } from "../../../domain/trust/file-nature.ts";

/** Finding about a check that is or was red: its cause, or that another run would tell. */
export type CheckFinding = CheckCause | "run-again";

const RED: readonly CheckState[] = ["failed", "timed-out"];

/**
 * Why a check is red, by facts alone: the same check on the base, a second run of the same bytes, the conclusion that
 * GitHub reports, and the places that it marks. Its output is not interpreted. Undefined if it is not and was not red.
 */
export function findingOf(check: RepositoryCheck, seen: ChecksSeen): CheckFinding | undefined {
  const { state, run, failedBefore } = check;
  if (state === "passed") return failedBefore === true ? "flaky" : undefined;
  if (state === "waiting" || state === "asking") return undefined;
  // It did not finish by itself, which says nothing about the bytes.
  if (state === "stopped") return "infrastructure";
  const onBases = seen.bases.flatMap(({ states }) => states[check.key] ?? []);
  if (onBases.some((one) => RED.includes(one))) return "base";
  // The same bytes passed. If somebody runs all again, the last result is no better than the one before.
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
  // It failed twice on these bytes and passes without them, so the change is the cause, wherever it shows.
  return passesOnBase && run !== undefined ? "change" : "unknown";
}

/** Whether some check is still running, so that the result of the head is unknown. A check that waits for a person does not count. */
export function isRunning({ checks }: ChecksSeen): boolean {
  return checks.some(({ state }) => state === "waiting");
}

/** Findings of all checks that have one, in GitHub's order. */
export function findingsIn(
  seen: ChecksSeen,
): readonly { readonly check: RepositoryCheck; readonly finding: CheckFinding }[] {
  return seen.checks.flatMap((check) => {
    const finding = findingOf(check, seen);
    return finding === undefined ? [] : [{ check, finding }];
  });
}
