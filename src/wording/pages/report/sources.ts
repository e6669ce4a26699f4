import type { Figure } from "../../../measures/figure.ts";
import { type Html, html, NOTHING } from "../run-page/html.ts";

/** More than these are counted and stand in the JSON. */
const MOST_SHOWN = 60;

/** Address of an issue, pull request or commit; undefined for anything else, or where there is nothing to link to. */
export function addressOf(id: string, url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const number = /^#([1-9][0-9]*)(?: |$)/.exec(id)?.[1];
  if (number !== undefined) return `${url}/issues/${number}`;
  return /^[0-9a-f]{40}$/.test(id) ? `${url}/commit/${id}` : undefined;
}

/** `#12`, seven digits of a commit, or a path as it is. */
export function shortId(id: string): string {
  return /^[0-9a-f]{40}$/.test(id) ? id.slice(0, 7) : id;
}

export function linkTo(id: string, url: string | undefined): Html {
  const address = addressOf(id, url);
  const shown = html`${shortId(id)}`;
  return address === undefined
    ? html`<code>${shown}</code>`
    : html`<a href="${address}" rel="noreferrer">${shown}</a>`;
}

export function linksTo(ids: readonly string[], url: string | undefined): Html {
  const shown = ids.slice(0, MOST_SHOWN);
  const more = ids.length - shown.length;
  return html`${shown.map((id, index) => html`${index === 0 ? "" : " "}${linkTo(id, url)}`)}${more > 0 ? ` and ${more.toLocaleString("en-US")} more, all in --json` : ""}`;
}

/** What a figure was counted from, folded; or why nobody knows it. */
export function countedFrom(figure: Figure, url: string | undefined): Html {
  if ("unknown" in figure) return NOTHING;
  const { from, among } = figure;
  if (from.length === 0 && among === undefined) return NOTHING;
  const of = among === undefined ? "" : ` of ${among.length.toLocaleString("en-US")}`;
  const all =
    among === undefined || among.length === from.length
      ? NOTHING
      : html`<p><b>all</b> ${linksTo(among, url)}</p>`;
  return html`<details><summary>from ${from.length.toLocaleString("en-US")}${of}</summary><p>${linksTo(from, url)}</p>${all}</details>`;
}
