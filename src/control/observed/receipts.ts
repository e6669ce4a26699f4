import type { Effect, Receipt } from "../../domain/effect.ts";
import type { Refusal, RefusalCode } from "../../domain/refusal.ts";

type Refused = Extract<Receipt, { outcome: "refused" }>;

/** The answer to an effect that was not handed to GitHub, because of what it holds. */
export type Withheld = Refused & { readonly withheld: Refusal };

function isWithheld(receipt: Refused): receipt is Withheld {
  return "withheld" in receipt;
}
type Settled = Exclude<Receipt, Refused>;

export function receiptOf(receipts: readonly Receipt[], key: string): Receipt | undefined {
  return receipts.find((receipt) => receipt.key === key);
}

export function wasRefused(receipt: Receipt | undefined): receipt is Refused {
  return receipt?.outcome === "refused";
}

export function wasDone(receipt: Receipt | undefined): receipt is Settled {
  return receipt !== undefined && receipt.outcome !== "refused";
}

/** Whether GitHub was asked, whatever it answered. */
export function wasHanded(receipt: Receipt | undefined): boolean {
  return receipt !== undefined && !(wasRefused(receipt) && isWithheld(receipt));
}

/** Why an effect of this key was withheld, when it was. */
export function withheldOf(receipts: readonly Receipt[], key: string): Refusal | undefined {
  const receipt = receiptOf(receipts, key);
  return wasRefused(receipt) && isWithheld(receipt) ? receipt.withheld : undefined;
}

/** The effects that nobody has answered yet, in order. */
export function outstanding(
  effects: readonly Effect[],
  receipts: readonly Receipt[],
): readonly Effect[] {
  return effects.filter(({ key }) => receiptOf(receipts, key) === undefined);
}

const CODES: Partial<Record<Effect["kind"], RefusalCode>> = {
  "claim-branch": "claim-taken",
  "publish-commit": "tree-mismatch",
  "merge-pull-request": "merge-refused",
};

/** GitHub's no in our words. 403 and 404 are how it answers a token that may not. */
export function refusalOfReceipt(receipt: Refused): Refusal {
  if (isWithheld(receipt)) return receipt.withheld;
  const missing = receipt.status === 403 || receipt.status === 404;
  const opening = missing && receipt.kind === "open-pull-request";
  return {
    code: missing ? "permission-missing" : (CODES[receipt.kind] ?? "effect-refused"),
    subject: receipt.kind,
    found: `${receipt.status === 0 ? "" : `${receipt.status} `}${receipt.reason}`.slice(0, 2_000),
    ...(opening
      ? {
          next: "tick “Allow GitHub Actions to create and approve pull requests” in Settings → Actions, then comment `/factory retry`",
        }
      : {}),
  };
}
