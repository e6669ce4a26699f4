import type { Candidate, InFlight, Line } from "../../control/schedule/queue.ts";
import { schedule } from "../../control/schedule/schedule.ts";
import { lasting } from "./chance.ts";
import { candidateOf, type Issue } from "./issues.ts";
import { Merges } from "./merges.ts";
import { type Place, runPhase } from "./phases.ts";
import type { Policy } from "./policy.ts";
import { PROFILE } from "./profile.ts";
import type { Tally } from "./tally.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;

interface Waiting {
  readonly issue: Issue;
  readonly since: number;
  readonly attempts: number;
  readonly isBegun: boolean;
  /** As the schedule saw it last. */
  seen?: { readonly hours: number; readonly candidate: Candidate };
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
  readonly #merges = new Merges();
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

  /** It ages by the hour. */
  #candidate(waiting: Waiting, at: number): Candidate {
    const hours = Math.floor((at - waiting.since) / HOUR);
    if (waiting.seen?.hours === hours) return waiting.seen.candidate;
    const { isFlat } = this.#policy;
    const { issue, isBegun } = waiting;
    const candidate = candidateOf(issue, { isFlat, isBegun, waitedMs: hours * HOUR * 1_000 });
    waiting.seen = { hours, candidate };
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
    if (!waiting.isBegun) this.#tally.waits.set(number, at - waiting.since);
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
        this.#settle(end, attempt);
      });
    });
  }

  #settle(at: number, attempt: Attempt): void {
    const { issue } = attempt;
    if (issue.chance() >= PROFILE.green) {
      this.#leave(at, attempt, () => this.#tryAgain(at, attempt));
      return;
    }
    if (issue.chance() >= PROFILE.asksPerson) {
      this.#land(at, { ...attempt, base: attempt.claimedAt });
      return;
    }
    this.#leave(at, attempt, () => {
      this.#asking.set(issue.number, issue);
      const answered = at + lasting(issue.chance, PROFILE.answer);
      this.#place.agenda.add(answered, (now) => {
        this.#asking.delete(issue.number);
        if (this.#merges.collide(issue, attempt.claimedAt)) {
          this.#tally.lateReruns += 1;
          this.#makeAgain(now, attempt);
        } else this.#merge(now, issue);
      });
    });
  }

  /** The factory merges what was verified on the head of now, and nothing else. `base`: when the head was that of this change. */
  #land(at: number, attempt: Attempt & { readonly base: number }): void {
    const { issue, base } = attempt;
    if (!this.#merges.since(base)) {
      this.#leave(at, attempt, () => this.#merge(at, issue));
      return;
    }
    this.#tally.moved += 1;
    if (this.#policy.movedBase === "anew") {
      this.#leave(at, attempt, () => this.#tryAgain(at, attempt));
    } else if (this.#merges.collide(issue, base)) {
      this.#tally.reruns += 1;
      this.#leave(at, attempt, () => this.#makeAgain(at, attempt));
    } else if (this.#policy.movedBase === "applied") {
      this.#leave(at, attempt, () => this.#merge(at, issue));
    } else {
      const works = [
        lasting(issue.chance, PROFILE.examine),
        lasting(issue.chance, PROFILE.examine),
      ];
      runPhase(this.#place, { phase: "settle", from: at, works }, (end) =>
        this.#land(end, { ...attempt, base: at }),
      );
    }
  }

  /** Frees its place for the next one. */
  #leave(at: number, { issue, claimedAt }: Attempt, then: () => void): void {
    this.building.delete(issue.number);
    this.#tally.attempts += 1;
    this.#tally.heldFor += at - claimedAt;
    then();
    this.start(at);
  }

  #tryAgain(at: number, { issue, attempts }: Attempt): void {
    if (attempts < PROFILE.attempts) this.#wait({ issue, since: at, isBegun: true, attempts });
    else this.#giveUp();
  }

  /** What was merged meanwhile stands in its way: it counts as no attempt of its own. */
  #makeAgain(at: number, { issue, attempts }: Attempt): void {
    this.#wait({ issue, since: at, isBegun: true, attempts: attempts - 1 });
  }

  #merge(at: number, issue: Issue): void {
    this.#merges.add(at, issue);
    this.#tally.mergedAt.push(at);
    runPhase(this.#place, { phase: "release", from: at, works: [PROFILE.control] }, () => {
      this.#tally.open -= 1;
    });
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
