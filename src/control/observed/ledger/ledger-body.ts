import type { LedgerLines } from "../../../domain/ledger/pages.ts";
import { refuseLedger, type SealContext } from "../../../domain/ledger.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { parseLedgerComment } from "../../../wording/issue/ledger-comment.ts";
import { nameOf, readPages } from "../../../wording/issue/ledger-page.ts";

/** The whole ledger, and the part on pages. */
type Read = (LedgerLines & { readonly refusal?: Refusal }) | { readonly fault: string };

/** Texts of the factory's own comments, by id. */
type Bodies = (comment: number) => string | undefined;

interface Kept extends SealContext {
  readonly body: string;
  /** The pages that were read, with their content. */
  readonly pages: ReadonlyMap<number, string | undefined>;
  readonly read: Read;
}

let last: Kept | undefined;

/**
 * Reads a comment and its pages as a ledger, and checks its seals. A job decides several times on the same ledger, and
 * each entry is an HMAC, so the result is kept until the body, a page, the place or the key changes.
 */
export function readLedgerBody(
  body: string,
  { place, key }: SealContext,
  bodyOf: Bodies = () => undefined,
): Read {
  const isSame =
    last?.body === body &&
    last.key === key &&
    last.place.repositoryId === place.repositoryId &&
    last.place.issue === place.issue &&
    [...last.pages].every(([page, text]) => bodyOf(page) === text);
  if (last === undefined || !isSame) {
    const pages = new Map<number, string | undefined>();
    const read = readAnew(body, { place, key }, (page) => {
      const text = bodyOf(page);
      pages.set(page, text);
      return text;
    });
    last = { place: { ...place }, key, body, pages, read };
  }
  return last.read;
}

function readAnew(body: string, context: SealContext, bodyOf: Bodies): Read {
  const parsed = parseLedgerComment(body);
  if ("fault" in parsed) return parsed;
  const { continues } = parsed;
  const whole = readPages(parsed, bodyOf);
  if ("fault" in whole) return whole;
  if (whole.continues !== undefined) return { fault: `${nameOf(whole.continues)} is gone` };
  const refusal = refuseLedger(whole.entries, context);
  if (refusal !== undefined) return { entries: [], refusal };
  return continues === undefined ? whole : { entries: whole.entries, continues };
}
