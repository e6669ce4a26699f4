/** What the model takes for granted, each with where it is from. Times in seconds. */
export const PROFILE = {
  /** Of attempts, those that come to a green change: first-pass CI of a mature repository (gitpod-io/memo). */
  green: 0.78,
  /** Of green changes, those that a person has to merge: 87 % of memo's were merged without one. */
  asksPerson: 0.13,
  /** How long a person takes to answer: half within 1.8 h, four of five the same day (452 pull requests); at most three days: assumed. */
  answer: { median: 1.8 * 3_600, spread: 2.1, most: 72 * 3_600 },
  /** How long a coder works: with its examination an issue of one fleet took 5 to 27 minutes (aidevops). */
  build: { median: 9 * 60, spread: 0.5, least: 3 * 60, most: 24 * 60 },
  /** How long an issue is read, and a change is verified, and reviewed: assumed. */
  read: { median: 120, spread: 0.4, least: 40, most: 600 },
  examine: { median: 75, spread: 0.4, least: 30, most: 600 },
  /** A job of control, and how long a job waits for a runner that is free: assumed. */
  control: 15,
  runnerDelay: 8,
  /** Two changes to one file at the same time, by different authors: so many collide in a line. */
  collision: 0.21,
  /** Of the files of a change, those that its contract names: what five ranked files recall. */
  named: 0.78,
  /** Attempts of one issue before it is given up. */
  attempts: 3,
  /** USD of a model for one attempt: 600,000 tokens in and 90,000 out at $3 and $15 a million (estimate of a vendor). */
  usdPerAttempt: 3.15,
  usdPerReading: 0.1,
  /** USD a minute: one core for control, two for what runs code. Every job is rounded up to a whole minute. */
  slimMinute: 0.002,
  workerMinute: 0.006,
  /** Requests of an hourly heartbeat: assumed. */
  beat: 12,
} as const;

/** GitHub's limits for `GITHUB_TOKEN`, per repository, and for all its runners together. */
export const GITHUB = {
  requestsPerHour: 1_000,
  creationsPerMinute: 80,
  creationsPerHour: 500,
} as const;

/** Which part of an issue's requests a phase makes. */
export const SHARES = { read: 0.3, claim: 0.2, settle: 0.35, release: 0.15 } as const;
export type Phase = keyof typeof SHARES;

/** Jobs of a phase: how many of one core, and what else runs. */
export const CONTROL_JOBS = { read: 2, claim: 1, settle: 1, release: 1 } as const;
