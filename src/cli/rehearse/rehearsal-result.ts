import type { DemoResult } from "../shared/result.ts";
import { newest, type Story } from "../shared/story.ts";

/** The demo's object, and what the rehearsal was about. Digests are equal when the original was left as it was. */
export interface RehearsalResult extends DemoResult {
  readonly repository: {
    readonly path: string;
    readonly base: string;
    readonly defaultBranch: string;
    readonly config: "given" | "found" | "proposed";
    readonly digestBefore: string;
    readonly digestAfter: string;
    /** Time of all jobs' checkouts together, in ms: git's transfer of the repository. */
    readonly checkoutMs: number;
    /** Time of the checks that verify ran on the change, in ms; those on the base run beside them. */
    readonly checkMs: number;
  };
}

/** Time of all jobs' checkouts together, in ms. */
export function checkoutTime({ jobs }: Story): number {
  const steps = jobs.flatMap(({ job }) => job.steps);
  const checkouts = steps.filter(({ name }) => name.includes("actions/checkout"));
  return Math.round(checkouts.reduce((sum, { durationMs }) => sum + durationMs, 0));
}

/** Time of the checks that verify ran on the change, in ms. */
export function checkTime(story: Story): number {
  const evidence = newest(story, "verify")?.evidence ?? [];
  const runs = evidence.filter((piece) => piece.kind === "check" && piece.on === "change");
  return Math.round(
    runs.reduce((sum, run) => sum + (run.kind === "check" ? run.durationMs : 0), 0),
  );
}
