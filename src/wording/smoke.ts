import type { ProbeResult, SmokeResult } from "../domain/smoke.ts";
import { wasSeenLive } from "../domain/smoke.ts";

/** What is said of each outcome, and never more than was seen. */
const OUTCOMES: Readonly<Record<SmokeResult["status"], string>> = {
  passed: "every probe passed",
  failed: "a probe failed at every try",
  flaky: "a probe passed at some tries and not at others",
  unreachable: "nobody could look: no answer",
  "red-before": "a probe fails as it failed before the merge",
  "not-deployed": "the deploy did not report this commit in time",
  waiting: "the deploy waits, for a person or for its turn",
  "nothing-to-probe": "there was nothing to probe",
};

type Told = Pick<SmokeResult, "status" | "liveSha" | "mergeSha">;

/** `seen live: every probe passed`. Where nobody saw which commit answered, that is said instead. */
export function saySmoke(smoke: Told): string {
  const outcome = OUTCOMES[smoke.status];
  if (wasSeenLive(smoke)) return `seen live: ${outcome}`;
  const isOfSomeCommit = !["not-deployed", "waiting", "unreachable"].includes(smoke.status);
  return isOfSomeCommit ? `${outcome}; nobody saw which commit is live` : outcome;
}

/** One word or two for a probe, with what is known of before and how often it was asked. */
export function sayProbe({ status, tries, before, program }: ProbeResult): string {
  const word = status.replaceAll("-", " ");
  const often = tries.length > 1 ? [`${tries.length} tries`] : [];
  return [word, ...often, ...sayBefore(status, before), ...sayProgram(program)].join(", ");
}

/** Where a program came from, so that nobody takes it for the change's own. */
function sayProgram(program: ProbeResult["program"]): string[] {
  if (program === undefined) return [];
  const from = `the program of ${program.from.slice(0, 7)}, before the change`;
  return [program.changed === "yes" ? `${from}, which writes it anew` : from];
}

/** Said where it matters: of what failed. */
function sayBefore(status: ProbeResult["status"], before: ProbeResult["before"]): string[] {
  if (status !== "failed") return [];
  if (before.status === "unknown") return ["before the merge: unknown"];
  const recorded =
    before.at === undefined ? "" : `, recorded ${before.at.slice(0, 16).replace("T", " ")} UTC`;
  return [`before the merge: ${before.status} at ${before.commit.slice(0, 7)}${recorded}`];
}
