import { PROBE_TRIES, type ProbeTry } from "../../domain/smoke.ts";

/** Result of the tries of one probe. `undecided`: one more is needed. */
export type Judged = "passed" | "failed" | "flaky" | "unreachable" | "undecided";

/**
 * Judges a probe. It fails only if every one of its tries did. Mixed results are flaky, as soon as both were seen. Time
 * is judged over all tries, because one slow answer after a start says little: most in time pass, all late fail, and
 * anything between is flaky.
 */
export function judgeTries(
  tries: readonly Pick<ProbeTry, "status">[],
  { judgesTime }: { readonly judgesTime: boolean },
): Judged {
  const count = (wanted: ProbeTry["status"]) =>
    tries.filter(({ status }) => status === wanted).length;
  const inTime = count("passed");
  const slow = count("slow");
  const wrong = count("failed") + count("unreachable");
  if (wrong > 0 && inTime + slow > 0) return "flaky";
  const isLast = tries.length >= PROBE_TRIES;
  if (wrong > 0) {
    if (!isLast) return "undecided";
    return count("failed") === tries.length ? "failed" : "unreachable";
  }
  if (inTime >= (judgesTime ? 2 : 1)) return "passed";
  if (!isLast) return "undecided";
  return slow === tries.length ? "failed" : "flaky";
}
