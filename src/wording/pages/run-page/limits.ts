import type { RunPageData } from "./data.ts";
import { type Html, html, NOTHING, prose, type Section } from "./html.ts";

/** What nobody looked at, and what was taken for granted. */
export function limitsOf({ verdict, change, notImitated }: RunPageData): readonly Section[] {
  const list = (title: string, lines: readonly string[]): Html =>
    lines.length === 0
      ? NOTHING
      : html`<h3>${title}</h3><ul>${lines.map((line) => html`<li>${prose(line)}</li>`)}</ul>`;
  const parts = [
    list("Not verified, as the reviewer says", verdict?.notVerified ?? []),
    list("Assumed by the reviewer", verdict?.assumptions ?? []),
    list("Assumed by the coder", change?.assumptions ?? []),
    list("Not imitated on this machine", notImitated),
  ];
  if (parts.every((part) => part === NOTHING)) return [];
  const title = "Not verified, and assumed";
  return [{ id: "limits", label: "Not verified", title, body: html`${parts}` }];
}
