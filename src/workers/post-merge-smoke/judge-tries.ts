import { PROBE_TRIES, type ProbeTry } from "../../domain/smoke.ts";

/** What the tries of one probe come to. `undecided`: one more is needed. */
export type Judged = "passed" | "failed" | "flaky" | "unreachable" | "undecided";

/**
 * A probe fails only when every one of its tries did. Right at some and wrong at others is flaky, and is known as soon as
 * both were seen. Time is judged over the tries, for one slow answer after a start says little: most of them have to be in
 * time, all of them late is a failure, and what lies between is flaky.
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
