import { z } from "zod";

/** Bounds of what one gathering may say, so that it fits a proposal and an issue. */
const MOST_ITEMS = 200;
const MOST_MEASURES = 50;

/** Bound on the document that a gatherer prints, in bytes of UTF-8. */
export const GATHERED_BYTES = 2_000_000;

/**
 * The stable name of what was found: the same finding has the same key at every run, whatever its wording. It is compared
 * as it is, never read by its words.
 */
const Key = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[^\p{Cc}\u2028\u2029]+$/u, "expected one line");

/** One observed fact: what it is, where it can be looked at, and what was found there. */
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
  /** Markdown; rendered as text of others. */
  body: z.string().max(20_000).default(""),
  evidence: z.array(GatheredEvidence).max(20).default([]),
});
export type GatheredItem = z.infer<typeof GatheredItem>;

/** The name of a measure, as `until` and `guards` of a loop file name it. */
export const MeasureName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, "expected lower-case letters, digits and dashes");

/** The measure that every gathering has by itself: how many items there are. */
export const ITEMS = "items";

/** Figures by name. What could not be measured is left out: an absent measure is unknown, never zero. */
export const Measures = z
  .record(MeasureName, z.number())
  .refine((one) => Object.keys(one).length <= MOST_MEASURES, `at most ${MOST_MEASURES} measures`);
export type Measures = z.infer<typeof Measures>;

/**
 * What a gatherer prints: one JSON document on its standard output. No items: nothing was found, and no model is asked.
 * A key stands at most once.
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
