/** What is counted while it runs; times in seconds. */
export interface Tally {
  /** Of each issue, from being ready to its first start. */
  readonly waits: Map<number, number>;
  readonly mergedAt: number[];
  /** Changes that collided with one that was merged while they were built, and were made again. */
  reruns: number;
  /** Those that collided while a person was asked. */
  lateReruns: number;
  /** Changes that stood when the head was another one. */
  moved: number;
  givenUp: number;
  open: number;
  /** Attempts, and how long they held their places, in seconds. */
  attempts: number;
  heldFor: number;
  peakBuilt: number;
  scheduleMs: number;
  slowestMs: number;
}
