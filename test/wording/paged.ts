import { type Continues, continuedAfter } from "../../src/domain/ledger/pages.ts";
import type { SealedEntry } from "../../src/domain/ledger.ts";
import { renderLedgerComment } from "../../src/wording/issue/ledger-comment.ts";
import { renderLedgerPage } from "../../src/wording/issue/ledger-page.ts";

export interface Written {
  readonly id: number;
  readonly body: string;
}

export const LEDGER_ID = 500;
const REPOSITORY = "https://github.com/OWNER/app";

/** A ledger of issue 3 as comments: a page for each place at which it is cut, then the comment that goes on. */
export function writePaged(entries: readonly SealedEntry[], cuts: readonly number[]) {
  const pages: Written[] = [];
  let continues: Continues | undefined;
  for (const cut of cuts) {
    const on = continues === undefined ? {} : { continues };
    const page = { entries: entries.slice(continues?.sequence ?? 0, cut), ...on };
    const id = LEDGER_ID + 1 + pages.length;
    const body = renderLedgerPage({ ...page, issue: 3, ledger: LEDGER_ID, repository: REPOSITORY });
    pages.push({ id, body });
    continues = continuedAfter(page, id);
  }
  return { pages, ledger: { id: LEDGER_ID, body: writeLedger(entries, continues) }, continues };
}

export function writeLedger(entries: readonly SealedEntry[], continues?: Continues): string {
  return renderLedgerComment({
    entries,
    ...(continues === undefined ? {} : { continues }),
    issue: 3,
    stage: "ready",
    links: { repository: REPOSITORY },
  });
}
