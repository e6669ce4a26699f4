import type { FactNumber } from "../../../domain/platform/fact.ts";

/** GitHub's unrequested effects on the jobs of a run. Counts and times are for the twin's whole life. */
export interface Weather {
  /** A description for people, in one sentence. */
  readonly about: string;
  /** The number of the fact that it plays, in docs/reference/platform.md. */
  readonly fact: FactNumber;
  /** How often the merge of each pull request is refused first, as if its base had moved. */
  readonly mergesRefused?: number;
  /** How often each pull request is read before its `mergeable` is known; until then it cannot be merged. */
  readonly readsUnknown?: number;
  /** How long a pull request is missing in lists, in ms. */
  readonly listsLagMs?: number;
  /** Each of this many writes that create content is refused by the secondary limit, before it is done. */
  readonly limitsEvery?: number;
  /** Each of this many requests fails before it is done. */
  readonly failsEvery?: number;
  /** Each of this many requests is done, and its answer is lost. */
  readonly losesEvery?: number;
  /** How jobs of called workflows see jobs that were skipped before their callers. */
  readonly skips?: "strict" | "lenient";
  /** Delay of events to the runner, in ms; concurrent ones arrive in reverse order. */
  readonly eventsLateMs?: number;
  /** How often each event arrives, except dispatches, whose runs the API was asked for. */
  readonly eventsTimes?: number;
  /** The number of the job in each run, by request for a runner, that gets none: the run is cancelled, and a person reruns its failed jobs. */
  readonly losesJob?: number;
  /** The number of the job in each run, by request for a runner, whose runner is lost midway: the job fails, and a person reruns the failed jobs. */
  readonly losesRunner?: number;
  /** Each job begins on a machine without bubblewrap, on which `apt-get update` fails. */
  readonly breaksAptList?: boolean;
  /** How far GitHub's clock is ahead of the job machines, in ms. */
  readonly clockAheadMs?: number;
}

/** By the names for `demo --weather`. Periods are prime, so that a repeated request is not affected again. */
export const WEATHERS = {
  "merge-refused-first": {
    about: "The first two merges of a pull request are answered 405, Base branch was modified.",
    fact: "6.5",
    mergesRefused: 2,
  },
  "mergeable-unknown": {
    about:
      "GitHub has not tried the merge when it is asked for: mergeable is null, and it says 405.",
    fact: "6.6",
    readsUnknown: 3,
  },
  "lists-lag": {
    about: "A pull request that was just opened stands in no list for five seconds.",
    fact: "7.1",
    listsLagMs: 5_000,
  },
  "secondary-limit": {
    about: "Every second write that creates content is answered 429 with a time to wait.",
    fact: "3.2",
    limitsEvery: 2,
  },
  "server-errors": {
    about: "Every thirteenth request is answered 502 and not done.",
    fact: "7.5",
    failsEvery: 13,
  },
  "lost-answers": {
    about: "Every eleventh request is done, and its answer is lost.",
    fact: "7.6",
    losesEvery: 11,
  },
  "strict-skips": {
    about: "What was skipped before its caller skips a job that does not ask for itself.",
    fact: "2.5",
    skips: "strict",
  },
  "lenient-skips": {
    about: "A called workflow knows nothing of what was skipped before its caller.",
    fact: "2.5",
    skips: "lenient",
  },
  "late-events": {
    about: "Events reach the runner late, each twice, and the last one first.",
    fact: "7.8",
    eventsLateMs: 150,
    eventsTimes: 2,
  },
  "re-run": {
    about:
      "The second job of each run gets no runner, which cancels the run; a person runs its failed jobs again.",
    fact: "7.7",
    losesJob: 2,
  },
  "runner-lost": {
    about:
      "The runner of the second job of each run is lost in the middle, and none of its later steps runs; a person runs the failed jobs again.",
    fact: "4.6",
    losesRunner: 2,
  },
  "clock-skew": {
    about: "GitHub's clock is two minutes ahead of those of the runners.",
    fact: "4.8",
    clockAheadMs: 120_000,
  },
  "apt-list-broken": {
    about:
      "A package list answers 403, so that apt-get update fails, on runners that come without bubblewrap.",
    fact: "4.5",
    breaksAptList: true,
  },
} as const satisfies Readonly<Record<string, Weather>>;

export type WeatherName = keyof typeof WEATHERS;

export function isWeather(name: string): name is WeatherName {
  return Object.hasOwn(WEATHERS, name);
}
