import type { EffectOf } from "../../../domain/github/effect.ts";
import { receiptOf, wasDone, wasRefused } from "../../../domain/github/receipt.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import type { Spent } from "../../observed/proposals.ts";
import { refusalOfReceipt, withheldOf } from "../../observed/receipts.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, halt } from "../../outcome/conclude.ts";
import type { NewEntry } from "../../outcome/ledger-entry.ts";

/**
 * If GitHub refuses a write, only the run reports it. A withheld contract is reported on the issue, as is a contract
 * that the ledger already names, whose entry is overwritten.
 */
export function withoutContract(
  view: OnIssue,
  { comment, ledger }: Readonly<Record<"comment" | "ledger", EffectOf<"write-comment">>>,
  { before, spent }: { readonly before: readonly NewEntry[]; readonly spent: Spent },
): Decision {
  const withheld = withheldOf(view.receipts, comment);
  const refused = receiptOf(view.receipts, comment);
  const isNamed = wasDone(receiptOf(view.receipts, ledger)) && wasRefused(refused);
  const told = withheld ?? (isNamed ? refusalOfReceipt(refused) : undefined);
  return told === undefined
    ? conclude(view, { headline: "contract-unwritten", effects: [comment] })
    : halt(view, { before, refusals: [told], ...spent });
}
