import { type NoticedHunk, rangeOf } from "../../../domain/evidence/noticed.ts";
import { counted } from "../../figures.ts";
import { noticedIn, sayNoticedLines, sayReason } from "../../noticed.ts";
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
  const rows = hunks.map(
    (hunk) =>
      html`<tr><td><code>${rangeOf(hunk)}</code></td><td class="figure">${hunk.lines}</td><td>${WORDS[hunk.noticed]}</td><td>${whoOf(hunk)}</td></tr>`,
  );
  const left = more === 0 ? NOTHING : html`<p class="quiet">${counted(more, "part")} more.</p>`;
  const table =
    hunks.length === 0
      ? NOTHING
      : html`<div class="cards"><table class="parts"><thead><tr><th>Taken back</th><th class="figure">Lines</th><th></th><th>By</th></tr></thead><tbody>${rows}</tbody></table></div>${left}`;
  return html`<h3>Noticed lines</h3><p class="quiet">${sentence(sayNoticedLines(noticed))}</p>${table}`;
}

function whoOf(hunk: NoticedHunk): string {
  if (hunk.noticed === "untried") return sayReason(hunk);
  return (hunk.tests ?? []).join("; ");
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
