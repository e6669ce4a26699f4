import type { Effect, Receipt } from "../domain/effect.ts";
import type { Refusal, RefusalCode } from "../domain/refusal.ts";

type Refused = Extract<Receipt, { outcome: "refused" }>;
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
  const missing = receipt.status === 403 || receipt.status === 404;
  const opening = missing && receipt.kind === "open-pull-request";
  return {
    code: missing ? "permission-missing" : (CODES[receipt.kind] ?? "worker-failed"),
    subject: receipt.kind,
    found: `${receipt.status === 0 ? "" : `${receipt.status} `}${receipt.reason}`.slice(0, 2_000),
    ...(opening
      ? {
          next: "tick “Allow GitHub Actions to create and approve pull requests” in Settings → Actions, then comment `/factory retry`",
        }
      : {}),
  };
}
