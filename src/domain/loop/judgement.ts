import { z } from "zod";
import { Quote } from "../verdict.ts";
import { GatheredItem, MeasureName } from "./gathered.ts";

const { key: ItemKey, title: Title } = GatheredItem.shape;
const Reason = z.string().min(1).max(600);

/**
 * Reference of a judge that code can check; its words decide nothing. `item`: another gathered item, by its key.
 * `quote`: lines of a file at the base, letter by letter. `figure`: a measure as it was gathered.
 */
export const Tie = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("item"), key: ItemKey }),
  z.strictObject({ kind: z.literal("quote"), ...Quote.shape }),
  z.strictObject({ kind: z.literal("figure"), measure: MeasureName, value: z.number() }),
]);
export type Tie = z.infer<typeof Tie>;

const Ties = z.array(Tie).max(10);

/** A judge's decision on one item: it becomes an issue, it does not, or it is the same as another one. */
export const ItemVerdict = z.discriminatedUnion("verdict", [
  z.strictObject({
    verdict: z.literal("file"),
    key: ItemKey,
    reason: Reason,
    evidence: Ties.default([]),
  }),
  z.strictObject({ verdict: z.literal("drop"), key: ItemKey, reason: Reason, evidence: Ties }),
  z.strictObject({
    verdict: z.literal("merge"),
    key: ItemKey,
    /** The item that it is the same as. */
    into: ItemKey,
    reason: Reason,
    evidence: Ties.default([]),
  }),
]);
export type ItemVerdict = z.infer<typeof ItemVerdict>;

/** The most own proposals of one judgement, whatever a loop file says. */
export const MOST_PROPOSED = 3;

/** An issue in the judge's own words. The items that it rests on identify it, never these words. */
export const OwnProposal = z.strictObject({
  title: Title,
  /** Markdown; rendered as untrusted text. */
  body: z.string().min(1).max(4_000),
  evidence: Ties.min(1),
});
export type OwnProposal = z.infer<typeof OwnProposal>;

/** A judge's whole answer. Nothing of it is done before control has checked its references. */
export const Judgement = z.strictObject({
  /** Most important first; they are filed in this order. */
  verdicts: z.array(ItemVerdict).max(200),
  proposals: z.array(OwnProposal).max(10),
});
export type Judgement = z.infer<typeof Judgement>;

/** Every tie of a judgement. */
export function tiesOf({ verdicts, proposals }: Judgement): readonly Tie[] {
  return [...verdicts, ...proposals].flatMap(({ evidence }) => evidence);
}
