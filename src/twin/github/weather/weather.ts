/** What GitHub does to the jobs of a run beside what they ask of it. Counts and times are of the twin's whole life. */
export interface Weather {
  /** What a person sees of it, in one sentence. */
  readonly about: string;
  /** Where it is written; "reported" where people saw it and GitHub's documentation says nothing. */
  readonly source: string;
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
  /** How jobs of called workflows read what was skipped before their callers. */
  readonly skips?: "strict" | "lenient";
}

const RATE_LIMITS =
  "https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api";
const PULLS = "https://docs.github.com/en/rest/pulls/pulls";

/** By the names that `demo --weather` takes. Periods are prime, so that a repeated request does not meet the same again. */
export const WEATHERS = {
  "merge-refused-first": {
    about: "The first two merges of a pull request are answered 405, Base branch was modified.",
    source: "reported; GitHub documents the status, and not this message",
    mergesRefused: 2,
  },
  "mergeable-unknown": {
    about:
      "GitHub has not tried the merge when it is asked for: mergeable is null, and it says 405.",
    source: `${PULLS}#get-a-pull-request`,
    readsUnknown: 3,
  },
  "lists-lag": {
    about: "A pull request that was just opened stands in no list for five seconds.",
    source: "reported",
    listsLagMs: 5_000,
  },
  "secondary-limit": {
    about: "Every second write that creates content is answered 429 with a time to wait.",
    source: `${RATE_LIMITS}#about-secondary-rate-limits`,
    limitsEvery: 2,
  },
  "server-errors": {
    about: "Every thirteenth request is answered 502 and not done.",
    source: "reported; GitHub's own client repeats such requests (@octokit/plugin-retry)",
    failsEvery: 13,
  },
  "lost-answers": {
    about: "Every eleventh request is done, and its answer is lost.",
    source: "reported; GitHub's own client repeats such requests (@octokit/plugin-retry)",
    losesEvery: 11,
  },
  "strict-skips": {
    about: "What was skipped before its caller skips a job that does not ask for itself.",
    source: "https://github.com/actions/runner/issues/2205",
    skips: "strict",
  },
  "lenient-skips": {
    about: "A called workflow knows nothing of what was skipped before its caller.",
    source: "https://github.com/actions/runner/issues/2205",
    skips: "lenient",
  },
} as const satisfies Readonly<Record<string, Weather>>;

export type WeatherName = keyof typeof WEATHERS;

export function isWeather(name: string): name is WeatherName {
  return Object.hasOwn(WEATHERS, name);
}
