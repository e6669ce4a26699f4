import type { TriedCheck } from "../source/try-checks.ts";
import type { DemoResult } from "../story/result.ts";
import { newest, type Story } from "../story/story.ts";

/** The demo's object, and what the rehearsal was about. Digests are equal when the original was left as it was. */
export interface RehearsalResult extends DemoResult {
  /** The outcome as a person reads it, with how many criteria are proven. */
  readonly sentence: string;
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
    /** The checks that ran once on the base before a model was asked, in order; none where they were not tried. */
    readonly tried: readonly {
      readonly name: string;
      readonly status: string;
      /** Whether it is one of the config that was used. */
      readonly kept: boolean;
      readonly durationMs: number;
    }[];
    /** The factory's jobs in order, each by its path through the workflows. */
    readonly jobs: readonly { readonly path: string; readonly durationMs: number }[];
  };
}

export function triedTimes(tried: readonly TriedCheck[]): RehearsalResult["repository"]["tried"] {
  return tried.map(({ run: { name, status, durationMs }, keep }) => ({
    name,
    status,
    kept: keep,
    durationMs: Math.round(durationMs),
  }));
}

export function jobTimes({ jobs }: Story): RehearsalResult["repository"]["jobs"] {
  return jobs
    .filter(({ factory }) => factory)
    .map(({ job: { path, durationMs } }) => ({ path, durationMs: Math.round(durationMs) }));
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
