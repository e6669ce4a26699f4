import type { Agenda } from "./agenda.ts";
import { CONTROL_JOBS, GITHUB, type Phase, PROFILE, SHARES } from "./profile.ts";
import type { Runners } from "./runners.ts";
import { Window } from "./windows.ts";

const MINUTE = 60;
const HOUR = 3_600;

/** Content that a phase creates: contract and ledger, then the pull request and its call, then the record. */
const CREATIONS = { read: 2, claim: 0, settle: 2, release: 1 } as const;

/** What one repository may ask of GitHub, and what it asked. */
export class Quota {
  readonly requests = new Window(GITHUB.requestsPerHour, HOUR);
  readonly creations = new Window(GITHUB.creationsPerHour, HOUR);
  readonly creationsPerMinute = new Window(GITHUB.creationsPerMinute, MINUTE);

  /** Takes its part of the hour as soon as there is room, and says when that is. Control waits so, too. */
  take(from: number, requests: number, creations: number): number {
    const at = this.#fits(from, requests, creations);
    this.requests.take(at, requests);
    this.creations.take(at, creations);
    this.creationsPerMinute.take(at, creations);
    return at;
  }

  #fits(from: number, requests: number, creations: number): number {
    let at = from;
    for (;;) {
      const later = Math.max(
        this.requests.fits(at, requests),
        this.creations.fits(at, creations),
        this.creationsPerMinute.fits(at, creations),
      );
      if (later === at) return at;
      at = later;
    }
  }
}

/** Money and minutes, counted as jobs end. */
export interface Bill {
  jobs: number;
  minutes: number;
  runnerUsd: number;
  modelUsd: number;
  /** How long each phase waited for GitHub's limits, in seconds. */
  readonly limitWaits: number[];
}

export interface Place {
  readonly agenda: Agenda<(at: number) => void>;
  readonly runners: Runners;
  readonly quota: Quota;
  readonly bill: Bill;
  readonly requestsPerIssue: number;
}

/** Makes the requests of a phase and runs its jobs one after the other; `works` are the seconds of those that run code. */
export function runPhase(
  place: Place,
  doing: { readonly phase: Phase; readonly from: number; readonly works: readonly number[] },
  then: (at: number) => void,
): void {
  const { phase, from, works } = doing;
  const requests = Math.ceil(place.requestsPerIssue * SHARES[phase]);
  const at = place.quota.take(from, requests, CREATIONS[phase]);
  place.bill.limitWaits.push(at - from);
  const control = CONTROL_JOBS[phase];
  const jobs = control + works.length;
  const working = works.reduce((sum, seconds) => sum + seconds, 0);
  const seconds = working + control * PROFILE.control + jobs * PROFILE.runnerDelay;
  place.agenda.add(at, (now) => {
    place.runners.hold(now, seconds, (end) => {
      charge(place.bill, { control, works });
      then(end);
    });
  });
}

function charge(
  bill: Bill,
  { control, works }: { readonly control: number; readonly works: readonly number[] },
): void {
  const worked = works.reduce((sum, seconds) => sum + Math.ceil(seconds / MINUTE), 0);
  bill.jobs += control + works.length;
  bill.minutes += control + worked;
  bill.runnerUsd += control * PROFILE.slimMinute + worked * PROFILE.workerMinute;
}
