import type { SealedEntry } from "../../domain/ledger.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../wording/issue/ledger-comment.ts";

/** The longest: of a ledger that was never written several states were handed on. */
export function readLedger(comments: readonly { readonly body: string }[]): readonly SealedEntry[] {
  const ledgers = comments.flatMap(({ body }) => {
    const parsed = body.startsWith(LEDGER_MARKER) ? parseLedgerComment(body) : undefined;
    return parsed !== undefined && "entries" in parsed ? [parsed.entries] : [];
  });
  return ledgers.reduce((longest, one) => (one.length > longest.length ? one : longest), []);
}
