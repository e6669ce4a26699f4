import type { ObjectId } from "../digest.ts";
import type { Refusal, RefusalCode } from "../refusal.ts";
import type { Effect, EffectKind } from "./effect.ts";

/** Result of an effect of each kind. A kind that is missing here produces nothing that is needed again. */
interface Made {
  /** `unsure` with `already`: the answer was lost and the branch is where it was wanted, so it may be our own. */
  readonly "claim-branch": { readonly unsure?: true };
  /** The id of the comment. */
  readonly "write-comment": { readonly number: number };
  readonly "publish-commit": { readonly sha: ObjectId; readonly tree: ObjectId };
  readonly "open-pull-request": { readonly number: number };
  readonly "write-check-run": { readonly number: number };
  readonly "merge-pull-request": { readonly sha: ObjectId; readonly tree: ObjectId };
  readonly "open-issue": { readonly number: number };
}

type MadeBy<Kind extends EffectKind> = Kind extends keyof Made ? Made[Kind] : unknown;

interface Named<Kind extends EffectKind> {
  readonly kind: Kind;
  /** The idempotency key of the effect that it answers. */
  readonly key: string;
}

/** `already`: the world was as wanted before; for `claim-branch`, somebody else holds the branch. */
export type DoneOf<Kind extends EffectKind> = Named<Kind> & ResultOf<Kind>;

/**
 * Why an effect failed. Each kind says something else about the world, so that nothing has to be guessed:
 *
 * - `no-answer`: GitHub may have done it or not, nobody knows;
 * - `refused-by-github`: GitHub said no, with this status and these words;
 * - `refused-by-us`: our own check of GitHub forbade it, or found another result (`did`);
 * - `withheld`: it was never sent to GitHub.
 */
export type Failure =
  | { readonly cause: "no-answer"; readonly reason: string }
  | { readonly cause: "refused-by-github"; readonly status: number; readonly reason: string }
  | {
      readonly cause: "refused-by-us";
      readonly code: RefusalCode;
      readonly did: "nothing" | "something-else";
      readonly reason: string;
    }
  | { readonly cause: "withheld"; readonly refusal: Refusal };

export type FailedOf<Kind extends EffectKind> = Named<Kind> & {
  readonly outcome: "refused";
} & Failure;

/** Result of an effect, tied to its kind: the receipt of a commit knows its commit. */
export type ReceiptOf<Kind extends EffectKind> = DoneOf<Kind> | FailedOf<Kind>;

/** The same without its key: what executing an effect returns. */
export type ResultOf<Kind extends EffectKind> = {
  readonly outcome: "done" | "already";
} & MadeBy<Kind>;

/** Distributes over the kinds, so that `kind` decides the content of a receipt. */
type EachOf<Kind extends EffectKind> = Kind extends EffectKind ? ReceiptOf<Kind> : never;
export type Receipt = EachOf<EffectKind>;
export type Failed = Extract<Receipt, { outcome: "refused" }>;

/** The answer to an effect that was withheld because of its content. */
export type Withheld = Failed & { readonly cause: "withheld" };

/** Its key may contain the reason for withholding; it never leaves this process. */
export function withhold({ kind, key }: Effect, refusal: Refusal): Withheld {
  return { kind, key, outcome: "refused", cause: "withheld", refusal };
}

/** The answer to this very effect, if there is one. */
export function receiptOf<Kind extends EffectKind>(
  receipts: readonly Receipt[],
  effect: Named<Kind>,
): ReceiptOf<Kind> | undefined {
  return receipts.find((receipt): receipt is Receipt & ReceiptOf<Kind> => answers(receipt, effect));
}

function answers(receipt: Receipt, effect: Named<EffectKind>): boolean {
  return receipt.kind === effect.kind && receipt.key === effect.key;
}

export function wasRefused<Kind extends EffectKind>(
  receipt: ReceiptOf<Kind> | undefined,
): receipt is FailedOf<Kind> {
  return receipt?.outcome === "refused";
}

export function wasDone<Kind extends EffectKind>(
  receipt: ReceiptOf<Kind> | undefined,
): receipt is DoneOf<Kind> {
  return receipt !== undefined && receipt.outcome !== "refused";
}

/** Whether later effects must not run: it was refused, or it is a claim that somebody else holds. */
export function endsList(receipt: Receipt): boolean {
  const isTaken = receipt.kind === "claim-branch" && receipt.outcome === "already";
  return isTaken || wasRefused(receipt);
}

/** Whether GitHub was asked, whatever it answered. */
export function wasHanded(receipt: ReceiptOf<EffectKind> | undefined): boolean {
  return receipt !== undefined && !(wasRefused(receipt) && receipt.cause === "withheld");
}

/** Effects without an answer, in order. */
export function outstanding(
  effects: readonly Effect[],
  receipts: readonly Receipt[],
): readonly Effect[] {
  return effects.filter((effect) => !receipts.some((receipt) => answers(receipt, effect)));
}
