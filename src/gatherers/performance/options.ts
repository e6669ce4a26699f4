import { z } from "zod";

/** Name of a measure, for `until` and `guards` of a loop file. */
const Name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "expected lower-case letters, digits and dashes");

const Size = z.strictObject({
  name: Name,
  /** Globs of files, after `setup` has run. */
  files: z.array(z.string().min(1).max(200)).min(1).max(50),
  /** Allowed growth as a share of the previous run. */
  growth: z.number().min(0).max(10).default(0.02),
  /** The most bytes after gzip. */
  limit: z.int().positive().optional(),
});

const Probe = z.strictObject({
  name: Name,
  run: z.string().min(1).max(2_000),
  /** It prints the numbers itself, one per line; otherwise it is timed, in ms. */
  prints: z.boolean().default(false),
  /** How often it is timed in one run. */
  times: z.int().min(1).max(100).default(7),
  unit: z.string().min(1).max(20).default("ms"),
  better: z.enum(["lower", "higher"]).default("lower"),
  /** The least change that matters, as a share. */
  effect: z.number().gt(0).max(10).default(0.1),
});
export type Probe = z.infer<typeof Probe>;

/** Options of a loop file about measurements. */
export const PerformanceOptions = z
  .strictObject({
    /** Builds the measured program. */
    setup: z.string().min(1).max(2_000).optional(),
    /** The committed file with earlier runs. */
    history: z.string().min(1).max(200).default("performance.json"),
    sizes: z.array(Size).max(20).default([]),
    probes: z.array(Probe).max(10).default([]),
    /** The chance of a false alarm in one look, over all probes together. */
    alpha: z.number().gt(0).max(0.2).default(0.01),
    /** Number of newest runs, including this one, that are compared with earlier ones. */
    recent: z.int().min(1).max(10).default(4),
    /** Number of earlier runs that count. */
    window: z.int().min(2).max(60).default(30),
  })
  .refine(
    ({ sizes, probes }) =>
      new Set([...sizes, ...probes].map(({ name }) => name)).size === sizes.length + probes.length,
    "two measures have the same name",
  )
  .refine(({ sizes, probes }) => sizes.length + probes.length > 0, "name sizes or probes");
export type PerformanceOptions = z.infer<typeof PerformanceOptions>;
