import type { EffectOf } from "../../domain/github/effect.ts";
import { receiptOf, wasDone } from "../../domain/github/receipt.ts";
import { type Continues, continuedAfter } from "../../domain/ledger/pages.ts";
import { markerOfPage, renderLedgerPage } from "../../wording/issue/ledger-page.ts";
import { type OnIssue, repositoryUrl } from "../observed/issue-view.ts";
import { linesForPage } from "./ledger-room.ts";

/**
 * The page that takes the oldest entries of a ledger with too little room for an attempt; undefined if there is room. It
 * is written before the ledger drops these entries. A run that dies in between leaves them in both places, and the next
 * run finds the page by its first entry.
 */
export function pageToWrite(view: OnIssue): EffectOf<"write-comment"> | undefined {
  const page = nextPage(view);
  const { ledger, issue } = view;
  if (page === undefined || ledger.comment === null) return undefined;
  const marker = markerOfPage(page);
  const { number } = issue;
  const body = renderLedgerPage({
    ...page,
    issue: number,
    ledger: ledger.comment,
    repository: repositoryUrl(view),
  });
  const key = `ledger-page/${number}/${marker}`;
  return { kind: "write-comment", key, issue: number, marker, body, comment: null };
}

/** The page that the next write of the ledger continues from, including one that this run has written. */
export function continuesNow(view: OnIssue): Continues | undefined {
  const page = nextPage(view);
  const effect = pageToWrite(view);
  const receipt = effect === undefined ? undefined : receiptOf(view.receipts, effect);
  return page === undefined || !wasDone(receipt)
    ? view.ledger.continues
    : continuedAfter(page, receipt.number);
}

function nextPage({ ledger: { entries, continues } }: OnIssue) {
  const lines = linesForPage(entries.slice(continues?.sequence ?? 0));
  if (lines.length === 0) return undefined;
  return { entries: lines, ...(continues === undefined ? {} : { continues }) };
}
