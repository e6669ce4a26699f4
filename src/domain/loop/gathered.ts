import { z } from "zod";

/** Limits of one gathering, so that it fits a proposal and an issue. */
const MOST_ITEMS = 200;
const MOST_MEASURES = 50;

/** Limit of the document that a gatherer prints, in bytes of UTF-8. */
export const GATHERED_BYTES = 2_000_000;

/**
 * Stable name of a finding: equal in every run, whatever its wording. Compared as it is, never read for its words.
 */
const Key = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[^\p{Cc}\u2028\u2029]+$/u, "expected one line");

/** One observed fact: what it is, where it can be checked, and what was found there. */
export const GatheredEvidence = z.strictObject({
  what: z.string().min(1).max(500),
  /** `path:line` at the base, an address, or the command that shows it. */
  at: z.string().min(1).max(1_000),
  output: z.string().max(10_000).default(""),
});

export const GatheredItem = z.strictObject({
  key: Key,
  title: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}]+$/u, "expected one line"),
  /** Markdown; rendered as untrusted text. */
  body: z.string().max(20_000).default(""),
  evidence: z.array(GatheredEvidence).max(20).default([]),
});
export type GatheredItem = z.infer<typeof GatheredItem>;

/** Name of a measure, for `until` and `guards` of a loop file. */
export const MeasureName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, "expected lower-case letters, digits and dashes");

/** The measure that every gathering has: the number of items. */
export const ITEMS = "items";

/** Figures by name. An absent measure is unknown, never zero. */
export const Measures = z
  .record(MeasureName, z.number())
  .refine((one) => Object.keys(one).length <= MOST_MEASURES, `at most ${MOST_MEASURES} measures`);
export type Measures = z.infer<typeof Measures>;

/**
 * Output of a gatherer: one JSON document on standard output. Without items nothing was found, and no model is asked. A
 * key occurs at most once.
 */
export const Gathered = z
  .strictObject({
    items: z.array(GatheredItem).max(MOST_ITEMS),
    measures: Measures.default({}),
  })
  .refine(
    ({ items }) => new Set(items.map(({ key }) => key)).size === items.length,
    "two items have the same key",
  )
  .refine(
    ({ items, measures }) => (measures[ITEMS] ?? items.length) === items.length,
    "the measure items is not the number of items",
  );
export type Gathered = z.infer<typeof Gathered>;
