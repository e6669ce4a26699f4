import { type NoticedHunk, rangeOf } from "../../../domain/evidence/noticed.ts";
import { counted } from "../../figures.ts";
import { noticedIn, piecesOf, sayLeft, sayNoticedLines, sayReason } from "../../noticed.ts";
import type { RunPageData } from "./data.ts";
import { type Html, html, NOTHING } from "./html.ts";

const WORDS = {
  "by-tests": "noticed by tests",
  "by-compiler": "noticed by the compiler",
  unnoticed: "nobody notices",
  untried: "not tried",
} as const;

/** Which parts of the source are missed when they are taken back, each with who misses it. */
export function noticedOf({ evidence }: RunPageData): Html {
  const noticed = noticedIn(evidence);
  if (noticed === undefined) return NOTHING;
  const { hunks, more } = noticed;
  const rows = hunks.flatMap((hunk) => [
    rowOf(hunk, { said: WORDS[hunk.noticed], who: whoOf(hunk) }),
    ...piecesOf(hunk).map((piece) =>
      rowOf(piece, { said: `${LEFT_OUT[piece.as]}: ${WORDS[piece.noticed]}`, who: whoOf(piece) }),
    ),
  ]);
  const left = more === 0 ? NOTHING : html`<p class="quiet">${counted(more, "part")} more.</p>`;
  const table =
    hunks.length === 0
      ? NOTHING
      : html`<div class="cards"><table class="parts"><thead><tr><th>Taken back</th><th class="figure">Lines</th><th></th><th>By</th></tr></thead><tbody>${rows}</tbody></table></div>${left}`;
  return html`<h3>Noticed lines</h3><p class="quiet">${sentence(sayNoticedLines(noticed))}</p>${table}`;
}

/** A piece stands below the part that does not build without it. */
const LEFT_OUT = { statement: "its statement", body: "the body of its function" } as const;

type Row = Pick<NoticedHunk, "path" | "from" | "to" | "lines">;

function rowOf(part: Row, { said, who }: { readonly said: string; readonly who: string }): Html {
  return html`<tr><td><code>${rangeOf(part)}</code></td><td class="figure">${part.lines}</td><td>${said}</td><td>${who}</td></tr>`;
}

function whoOf(part: Omit<NoticedHunk, "path">): string {
  if (part.noticed === "untried") return sayReason(part);
  if (part.noticed === "by-compiler") return sayLeft(part);
  return (part.tests ?? []).join("; ");
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
