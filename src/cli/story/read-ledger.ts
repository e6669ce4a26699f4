import type { SealedEntry } from "../../domain/ledger.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../wording/issue/ledger-comment.ts";
import { readPages } from "../../wording/issue/ledger-page.ts";

/**
 * The longest, with its pages: of a ledger that was never written several states were handed on. Where a page cannot be read
 * it is what its comment holds.
 */
export function readLedger(
  comments: readonly { readonly id: number; readonly body: string }[],
): readonly SealedEntry[] {
  const bodies = new Map(comments.map(({ id, body }) => [id, body]));
  const ledgers = comments.flatMap(({ body }) => {
    const parsed = body.startsWith(LEDGER_MARKER) ? parseLedgerComment(body) : undefined;
    if (parsed === undefined || "fault" in parsed) return [];
    const whole = readPages(parsed, (comment) => bodies.get(comment));
    return ["fault" in whole ? parsed.entries : whole.entries];
  });
  return ledgers.reduce((longest, one) => (one.length > longest.length ? one : longest), []);
}
