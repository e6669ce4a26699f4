import { Agenda } from "./agenda.ts";
import { issuesOf, type Load } from "./issues.ts";
import { type Bill, Quota } from "./phases.ts";
import type { MovedBase } from "./policy.ts";
import { Repository } from "./repository.ts";
import { Runners } from "./runners.ts";
import type { Tally } from "./tally.ts";

export const POLICIES = ["scheduled", "first-in-first-out"] as const;
export type PolicyName = (typeof POLICIES)[number];

export interface Plan extends Load {
  readonly policy: PolicyName;
  /** Issues that a repository builds at a time. */
  readonly slots: number;
  /** Jobs that run at a time, over all repositories. */
  readonly jobs: number;
  readonly requestsPerIssue: number;
  readonly usdPerDay: number;
  readonly movedBase: MovedBase;
}

/** How many wait and are built, at a time. */
export interface Sample {
  readonly at: number;
  readonly waiting: number;
  readonly building: number;
  readonly merged: number;
}

export interface Played {
  readonly plan: Plan;
  readonly tally: Tally;
  readonly bill: Bill;
  readonly samples: readonly Sample[];
  readonly quotas: readonly Quota[];
  readonly repositories: readonly Repository[];
  readonly peakJobs: number;
  /** Seconds from the beginning to the last event. */
  readonly endedAt: number;
  readonly computeMs: number;
  /** Of that, what the processor worked: others may have had it in between. */
  readonly cpuMs: number;
}

const HOUR = 3_600;
const SAMPLE = 900;

/** Plays a world to its end: issues come for so many hours, and it goes on until none is left. */
export function play(plan: Plan): Played {
  const began = performance.now();
  const used = process.cpuUsage();
  const agenda = new Agenda<(at: number) => void>();
  const runners = new Runners(plan.jobs, agenda);
  const bill: Bill = { jobs: 0, minutes: 0, runnerUsd: 0, modelUsd: 0, limitWaits: [] };
  const tally = newTally();
  const quotas = Array.from({ length: plan.repositories }, () => new Quota());
  const policy = { isFlat: plan.policy === "first-in-first-out", ...plan };
  const repositories = quotas.map(
    (quota) => new Repository({ agenda, runners, quota, bill, ...plan }, policy, tally),
  );
  const issues = issuesOf(plan);
  for (const issue of issues) {
    agenda.add(issue.labelledAt, () => repositories[issue.place]?.submit(issue));
  }
  const last = issues.at(-1)?.labelledAt ?? 0;
  const isOver = (at: number) => at > last && tally.open === 0;
  const samples: Sample[] = [];
  every(SAMPLE, (at) => samples.push(sampleOf(at, repositories, tally)));
  every(HOUR, (at) => {
    for (const repository of repositories) repository.beat(at);
  });
  function every(seconds: number, act: (at: number) => void): void {
    const again = (at: number) => {
      act(at);
      if (!isOver(at)) agenda.add(at + seconds, again);
    };
    agenda.add(0, again);
  }
  let endedAt = 0;
  for (let next = agenda.next(); next !== undefined; next = agenda.next()) {
    endedAt = next.at;
    next.event(next.at);
  }
  const computeMs = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  const cpuMs = (user + system) / 1_000;
  const peakJobs = runners.peak;
  return { cpuMs, plan, tally, bill, samples, quotas, repositories, peakJobs, endedAt, computeMs };
}

function newTally(): Tally {
  const counted = {
    reruns: 0,
    lateReruns: 0,
    moved: 0,
    givenUp: 0,
    open: 0,
    attempts: 0,
    heldFor: 0,
    peakBuilt: 0,
    scheduleMs: 0,
    slowestMs: 0,
  };
  return { waits: new Map(), mergedAt: [], ...counted };
}

function sampleOf(at: number, repositories: readonly Repository[], tally: Tally): Sample {
  const sum = (count: (one: Repository) => number) =>
    repositories.reduce((all, one) => all + count(one), 0);
  return {
    at,
    waiting: sum(({ waiting }) => waiting.size),
    building: sum(({ building }) => building.size),
    merged: tally.mergedAt.length,
  };
}
