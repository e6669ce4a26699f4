import type { Candidate, InFlight, Line } from "../../control/schedule/queue.ts";
import { schedule } from "../../control/schedule/schedule.ts";
import { lasting } from "./chance.ts";
import { candidateOf, type Issue } from "./issues.ts";
import { type Place, runPhase } from "./phases.ts";
import { PROFILE } from "./profile.ts";

const DAY = 86_400;

export interface Policy {
  readonly isFlat: boolean;
  readonly slots: number;
  readonly usdPerDay: number;
}

/** What is counted while it runs; times in seconds. */
export interface Tally {
  /** From being ready to the first start. */
  readonly waits: number[];
  readonly mergedAt: number[];
  /** Changes that collided with one that was merged while they were built, and were made again. */
  reruns: number;
  /** Those that collided while a person was asked. */
  lateReruns: number;
  givenUp: number;
  open: number;
  /** Attempts, and how long they held their places, in seconds. */
  attempts: number;
  heldFor: number;
  peakBuilt: number;
  scheduleMs: number;
  slowestMs: number;
}

interface Waiting {
  readonly issue: Issue;
  readonly since: number;
  readonly attempts: number;
  readonly isBegun: boolean;
  /** As the schedule saw it last. */
  seen?: { readonly days: number; readonly candidate: Candidate };
}

interface Attempt extends Waiting {
  readonly claimedAt: number;
}

/** One repository with its line: what waits, what is built, what was merged. The schedule of control decides who starts. */
export class Repository {
  readonly waiting = new Map<number, Waiting>();
  readonly building = new Map<number, Attempt>();
  /** Changes that wait for a person to merge them. */
  readonly #asking = new Map<number, Issue>();
  /** Issues for whose reading the day had no money. */
  readonly #unread: Issue[] = [];
  readonly spent = new Map<number, number>();
  readonly #merges: { readonly at: number; readonly files: ReadonlySet<number> }[] = [];
  readonly #place: Place;
  readonly #policy: Policy;
  readonly #tally: Tally;

  constructor(place: Place, policy: Policy, tally: Tally) {
    this.#place = place;
    this.#policy = policy;
    this.#tally = tally;
  }

  submit(issue: Issue): void {
    this.#tally.open += 1;
    this.#read(issue, issue.labelledAt);
  }

  /** Where the day has no money for it, it is read later. Readings at one time see each other here; control's do not. */
  #read(issue: Issue, from: number): void {
    const seen = { isFlat: this.#policy.isFlat, isBegun: false, waitedMs: 0 };
    const reading: Candidate = {
      ...candidateOf(issue, seen),
      work: "read",
      most: { known: PROFILE.usdPerReading },
    };
    if (this.#starts([reading], from).length === 0) {
      this.#unread.push(issue);
      return;
    }
    this.#spend(from, PROFILE.usdPerReading);
    const works = [lasting(issue.chance, PROFILE.read)];
    runPhase(this.#place, { phase: "read", from, works }, (at) => {
      this.#wait({ issue, since: at, attempts: 0, isBegun: false });
    });
  }

  /** Control's heartbeat: it costs requests, and rings for whom a place is free. */
  beat(at: number): void {
    this.#place.quota.take(at, PROFILE.beat, 0);
    for (const issue of this.#unread.splice(0)) this.#read(issue, at);
    this.start(at);
  }

  start(at: number): void {
    if (this.waiting.size === 0 || this.building.size >= this.#policy.slots) return;
    const candidates = Array.from(this.waiting.values(), (one) => this.#candidate(one, at));
    for (const { issue } of this.#starts(candidates, at)) this.#build(at, issue);
  }

  #starts(candidates: readonly Candidate[], at: number): readonly Candidate[] {
    const began = performance.now();
    const { starts } = schedule(candidates, {
      line: this.#line(at),
      limits: {
        wip: this.#policy.slots,
        waitingForPeople: 10,
        usdPerIssue: PROFILE.usdPerAttempt,
      },
    });
    const took = performance.now() - began;
    this.#tally.scheduleMs += took;
    this.#tally.slowestMs = Math.max(this.#tally.slowestMs, took);
    return starts;
  }

  /** It ages by the day. */
  #candidate(waiting: Waiting, at: number): Candidate {
    const days = Math.floor((at - waiting.since) / DAY);
    if (waiting.seen?.days === days) return waiting.seen.candidate;
    const { isFlat } = this.#policy;
    const { issue, isBegun } = waiting;
    const candidate = candidateOf(issue, { isFlat, isBegun, waitedMs: days * DAY * 1_000 });
    waiting.seen = { days, candidate };
    return candidate;
  }

  #line(at: number): Line {
    const { isFlat } = this.#policy;
    const seen = { isFlat, isBegun: true, waitedMs: 0 };
    const inFlight: readonly InFlight[] = [
      ...[...this.building.values()].map(({ issue }) => ({
        ...candidateOf(issue, seen),
        isBuilt: true,
      })),
      ...[...this.#asking.values()].map((issue) => ({
        ...candidateOf(issue, seen),
        isBuilt: false,
      })),
    ];
    const promised = this.building.size * PROFILE.usdPerAttempt;
    const left = this.#policy.usdPerDay - (this.spent.get(dayOf(at)) ?? 0) - promised;
    return { inFlight, left, decisions: { unknown: "not played" }, failures: [] };
  }

  #wait(waiting: Waiting): void {
    this.waiting.set(waiting.issue.number, waiting);
    this.start(waiting.since);
  }

  #build(at: number, number: number): void {
    const waiting = this.waiting.get(number);
    if (waiting === undefined || this.building.has(number)) {
      throw new Error(`issue ${number} was started and does not wait`);
    }
    this.waiting.delete(number);
    if (!waiting.isBegun) this.#tally.waits.push(at - waiting.since);
    const attempt = { ...waiting, claimedAt: at, attempts: waiting.attempts + 1 };
    this.building.set(number, attempt);
    this.#tally.peakBuilt = Math.max(this.#tally.peakBuilt, this.building.size);
    const { chance } = attempt.issue;
    const works = [
      lasting(chance, PROFILE.build),
      lasting(chance, PROFILE.examine),
      lasting(chance, PROFILE.examine),
    ];
    runPhase(this.#place, { phase: "claim", from: at, works }, (built) => {
      runPhase(this.#place, { phase: "settle", from: built, works: [] }, (end) => {
        this.#spend(end, PROFILE.usdPerAttempt);
        this.building.delete(number);
        this.#tally.attempts += 1;
        this.#tally.heldFor += end - at;
        this.#settle(end, attempt);
        this.start(end);
      });
    });
  }

  #settle(at: number, attempt: Attempt): void {
    const { issue, attempts } = attempt;
    const again = { issue, since: at, isBegun: true };
    if (issue.chance() >= PROFILE.green) {
      if (attempts < PROFILE.attempts) this.#wait({ ...again, attempts });
      else this.#giveUp();
      return;
    }
    if (issue.chance() >= PROFILE.asksPerson) {
      this.#merge(at, attempt);
      return;
    }
    this.#asking.set(issue.number, issue);
    const answered = at + lasting(issue.chance, PROFILE.answer);
    this.#place.agenda.add(answered, (now) => {
      this.#asking.delete(issue.number);
      this.#merge(now, attempt, true);
    });
  }

  /** What was merged since the claim may stand in its way; then it is made again, which counts as no attempt of its own. */
  #merge(at: number, attempt: Attempt, wasAsked = false): void {
    const { issue, claimedAt, attempts } = attempt;
    if (this.#collides(issue, claimedAt)) {
      this.#tally[wasAsked ? "lateReruns" : "reruns"] += 1;
      this.#wait({ issue, since: at, isBegun: true, attempts: attempts - 1 });
      return;
    }
    this.#merges.push({ at, files: new Set(issue.files) });
    this.#tally.mergedAt.push(at);
    runPhase(this.#place, { phase: "release", from: at, works: [PROFILE.control] }, () => {
      this.#tally.open -= 1;
    });
  }

  #collides({ files, chance }: Issue, since: number): boolean {
    for (let index = this.#merges.length - 1; index >= 0; index -= 1) {
      const merge = this.#merges[index];
      if (merge === undefined || merge.at <= since) return false;
      if (files.some((file) => merge.files.has(file)) && chance() < PROFILE.collision) return true;
    }
    return false;
  }

  #giveUp(): void {
    this.#tally.givenUp += 1;
    this.#tally.open -= 1;
  }

  #spend(at: number, usd: number): void {
    this.#place.bill.modelUsd += usd;
    this.spent.set(dayOf(at), (this.spent.get(dayOf(at)) ?? 0) + usd);
  }
}

function dayOf(at: number): number {
  return Math.floor(at / DAY);
}
