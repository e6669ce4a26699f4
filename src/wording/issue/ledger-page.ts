import { canonicalJson, digestOf } from "../../domain/digest.ts";
import { type Continues, continuedAfter, type LedgerLines } from "../../domain/ledger/pages.ts";
import type { SealedEntry } from "../../domain/ledger.ts";
import { ownLink } from "../safe-text.ts";
import { LEDGER_MARKER } from "./ledger-comment.ts";
import { machineLines, parseFold, renderFold } from "./ledger-lines.ts";

export interface LedgerPage extends LedgerLines {
  readonly issue: number;
  /** Id of the comment that goes on after this page. */
  readonly ledger: number;
  /** Address of the repository. */
  readonly repository: string;
}

/**
 * First line of a page: its number, its lines, and a part of their digest. So a page that is written twice is one, and
 * that of a new ledger is another.
 */
export function markerOfPage(page: LedgerLines): string {
  const lines = machineLines(page);
  const [first, last] = [page.entries[0], page.entries.at(-1)];
  const range = `lines ${first?.sequence} to ${last?.sequence}`;
  return `${LEDGER_MARKER}, page ${numberOf(page)}: ${range} · ${digestOf(lines.join("\n")).slice(0, 10)}`;
}

function numberOf({ continues }: LedgerLines): number {
  return (continues?.pages.length ?? 0) + 1;
}

/** The oldest lines of a ledger that outgrew its comment, as they were sealed. Written once. */
export function renderLedgerPage(page: LedgerPage): string {
  const { issue, ledger, repository } = page;
  const link = ownLink("goes on here", `${repository}/issues/${issue}#issuecomment-${ledger}`);
  return [
    markerOfPage(page),
    "",
    `The oldest lines of this issue's ledger, which outgrew its comment. It ${link}. Do not edit this page: without it, the ledger is not believed.`,
    "",
    ...renderFold(page),
  ].join("\n");
}

/** What a comment says as a page of a ledger: exactly the lines that its first line names. */
export function parseLedgerPage(body: string): LedgerLines | { readonly fault: string } {
  const lines = body.replaceAll("\r\n", "\n").trimEnd().split("\n");
  const parsed = parseFold(lines);
  if ("fault" in parsed) return parsed;
  const isWhole = parsed.entries.length > 0 && lines[0] === markerOfPage(parsed);
  return isWhole ? parsed : { fault: "its first line does not name its lines" };
}

type Bodies = (comment: number) => string | undefined;

/**
 * The lines of the pages before these lines, newest page backwards to the first that is missing. Omits the lines that
 * the answer itself continues from. A page must be what the one behind it names: another, one that was changed, one
 * twice or one at another place is a fault. `refuseLedger` decides whether to trust its lines.
 */
export function readPages(
  lines: LedgerLines,
  bodyOf: Bodies,
): LedgerLines | { readonly fault: string } {
  const blocks: (readonly SealedEntry[])[] = [lines.entries];
  let continues = lines.continues;
  while (continues !== undefined) {
    const comment = continues.pages.at(-1) ?? 0;
    const body = bodyOf(comment);
    if (body === undefined) break;
    const page = parseLedgerPage(body);
    if ("fault" in page) return { fault: `${nameOf(continues)}: ${page.fault}` };
    if (!isSame(continuedAfter(page, comment), continues)) {
      return { fault: `${nameOf(continues)} is not the one that is named` };
    }
    blocks.unshift(page.entries);
    continues = page.continues;
  }
  return { entries: blocks.flat(), ...(continues === undefined ? {} : { continues }) };
}

/** How people find a page. */
export function nameOf({ pages }: Pick<Continues, "pages">): string {
  return `page ${pages.length}, comment ${pages.at(-1)}`;
}

function isSame(one: Continues, other: Continues): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
