import { z } from "zod";

const Bytes = z.int().nonnegative();

/** Measurements of one run. */
export const MeasuredRun = z.strictObject({
  commit: z.string().max(64),
  /** ISO 8601. */
  at: z.iso.datetime(),
  /** By name: bytes as they are, and after gzip. */
  sizes: z.record(z.string(), z.strictObject({ bytes: Bytes, gzip: Bytes })).default({}),
  /** By name: all numbers of a probe, in its unit. */
  probes: z.record(z.string(), z.array(z.number()).min(1).max(1_000)).default({}),
});
export type MeasuredRun = z.infer<typeof MeasuredRun>;

/** A committed file of runs, oldest first. */
export const RunsFile = z.strictObject({
  version: z.literal(1),
  runs: z.array(MeasuredRun).max(500),
});
export type RunsFile = z.infer<typeof RunsFile>;

const MOST_RUNS = 200;

/** The file with one more run; the oldest ones are dropped beyond the limit. */
export function withRun({ runs }: RunsFile, run: MeasuredRun): RunsFile {
  return { version: 1, runs: [...runs, run].slice(-MOST_RUNS) };
}
