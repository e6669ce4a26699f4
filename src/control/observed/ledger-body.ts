import { refuseLedger, type SealContext, type SealedEntry } from "../../domain/ledger.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { parseLedgerComment } from "../../wording/issue/ledger-comment.ts";

type Read =
  | { readonly entries: readonly SealedEntry[]; readonly refusal?: Refusal }
  | { readonly fault: string };

let last: (SealContext & { readonly body: string; readonly read: Read }) | undefined;

/**
 * What a comment says as a ledger, and whether its seals hold. A job decides several times on the same ledger, and each
 * line of it is an HMAC: what was read is kept until another body, place or key comes.
 */
export function readLedgerBody(body: string, { place, key }: SealContext): Read {
  const isSame =
    last?.body === body &&
    last.key === key &&
    last.place.repositoryId === place.repositoryId &&
    last.place.issue === place.issue;
  if (last === undefined || !isSame) {
    last = { place: { ...place }, key, body, read: readAnew(body, { place, key }) };
  }
  return last.read;
}

function readAnew(body: string, context: SealContext): Read {
  const parsed = parseLedgerComment(body);
  if ("fault" in parsed) return parsed;
  const refusal = refuseLedger(parsed.entries, context);
  return refusal === undefined ? parsed : { entries: [], refusal };
}
