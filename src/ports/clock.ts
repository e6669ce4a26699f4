/** Time is an input. */
export interface Clock {
  /** ISO 8601, UTC. */
  now(): string;
  /** Monotonic, in ms. */
  elapsed(): number;
  /** Resolves after `ms`; the only way to wait, so that tests can control it. */
  wait(ms: number): Promise<void>;
}
