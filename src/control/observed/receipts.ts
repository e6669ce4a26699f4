import type { EffectKind } from "../../domain/github/effect.ts";
import { type Failed, type Receipt, receiptOf, wasRefused } from "../../domain/github/receipt.ts";
import type { Hint } from "../../domain/hint.ts";
import type { Refusal, RefusalCode } from "../../domain/refusal.ts";

/** Why an effect was withheld, if it was. */
export function withheldOf(
  receipts: readonly Receipt[],
  effect: { readonly kind: EffectKind; readonly key: string },
): Refusal | undefined {
  const receipt = receiptOf(receipts, effect);
  return wasRefused(receipt) && receipt.cause === "withheld" ? receipt.refusal : undefined;
}

/** Why an effect failed, in our words: by its cause, never by its kind alone. */
export function refusalOfReceipt(receipt: Failed): Refusal {
  const subject = receipt.kind;
  switch (receipt.cause) {
    case "withheld":
      return receipt.refusal;
    case "no-answer":
      return { code: "effect-unanswered", subject, found: receipt.reason.slice(0, 2_000) };
    case "refused-by-us":
      return { code: receipt.code, subject, found: receipt.reason.slice(0, 2_000) };
    case "refused-by-github":
      return refusalOfGitHub(receipt);
  }
}

type Answer = Failed & { readonly cause: "refused-by-github" };

/** GitHub answers 403 and 404 to a token without permission. */
function refusalOfGitHub(receipt: Answer): Refusal {
  const missing = receipt.status === 403 || receipt.status === 404;
  const hint = hintFor(receipt, missing);
  return {
    code: missing ? "permission-missing" : codeOf(receipt.kind),
    subject: receipt.kind,
    found: `${receipt.status} ${receipt.reason}`.slice(0, 2_000),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Where a person has to look, by GitHub's answer: a rule of the repository is in its settings. */
function hintFor({ kind, reason, status }: Answer, missing: boolean): Hint | undefined {
  if (missing)
    return kind === "open-pull-request" ? "allow-actions-to-open-pull-requests" : undefined;
  if (kind === "merge-pull-request") {
    return /merge commits are not allowed/i.test(reason) ? "allow-merge-commits" : undefined;
  }
  const isRef = kind === "claim-branch" || kind === "publish-commit";
  return isRef && status === 422 && !NO_RULE.test(reason) ? "look-at-the-rules" : undefined;
}

/** Answers of GitHub with the same status for which no rule of the repository can be the reason. */
const NO_RULE = /object does not exist|no commit found|not a fast forward|sha wasn't supplied/i;

/** A person can decide about a refused merge. For any other write we know only GitHub's words. */
function codeOf(kind: EffectKind): RefusalCode {
  return kind === "merge-pull-request" ? "merge-refused" : "effect-refused";
}
