import { showHidden } from "../../../domain/text/hidden-text.ts";
import { inEntities } from "../entities.ts";

/** Markup that is safe to send as it is: only `html` makes it. */
export interface Html {
  readonly markup: string;
}

type Value = Html | string | number | readonly Html[] | undefined;

/** A template whose every interpolated text is escaped; only markup made by this same function goes in unchanged. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  const parts = strings.map((text, index) => text + markupOf(values[index]));
  return { markup: parts.join("") };
}

export const NOTHING: Html = { markup: "" };

function markupOf(value: Value): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  if ("markup" in value) return value.markup;
  return value.map(({ markup }) => markup).join("");
}

/** Text for an element or a quoted attribute; what cannot be seen is shown as its code point. */
function escapeHtml(text: string): string {
  return inEntities(showHidden(text.replaceAll("\r\n", "\n")));
}

/** One part of the page: an anchor, a short label for the contents, and its heading. */
export interface Section {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly body: Html;
}

/** A part of a section, with the words that it is found by. */
export type Part = Pick<Section, "title" | "body">;

/** A part that stays shut until somebody wants it. */
export function fold(title: string | Html, body: Html): Html {
  return html`<details><summary>${title}</summary>${body}</details>`;
}

/** Text of others with its code spans as code and nothing else of Markdown. */
export function prose(text: string): Html {
  const parts = text.split(/`([^`\n]{1,200})`/u);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}

/** A list that stays short: the first of `texts`, the rest folded, what is beyond `maximum` counted. */
export function folded(
  texts: readonly string[],
  bounds: { readonly open: number; readonly maximum: number },
): Html {
  const item = (text: string) => html`<li>${text}</li>`;
  const shown = html`<ul class="mono">${texts.slice(0, bounds.open).map(item)}</ul>`;
  const rest = texts.slice(bounds.open, bounds.maximum);
  if (rest.length === 0) return shown;
  const over = texts.length - bounds.maximum;
  const more = over > 0 ? html`<p class="quiet">and ${over} more, not shown here</p>` : NOTHING;
  return html`${shown}<details><summary>${texts.length - bounds.open} more</summary><ul class="mono">${rest.map(item)}</ul>${more}</details>`;
}

const CODE = /(?<fence>`+) ?(?<code>.*?) ?\k<fence>(?!`)/u;
const LINK = /\[(?:`(?<codeLabel>[^`\]]*)`|(?<label>[^`\]]*))\]\((?<url>[^()\s]*)\)/u;

/**
 * The inline Markdown of this room's renderers (prose, code spans, our own links) as HTML.
 * @param links whether the addresses still answer when the page is read; otherwise only their labels stay
 */
export function inlineHtml(markdown: string, links: boolean): Html {
  const match = new RegExp(`${LINK.source}|${CODE.source}`, "u").exec(markdown);
  if (match === null) return html`${markdown}`;
  const { codeLabel, label, url, code } = match.groups ?? {};
  const before = markdown.slice(0, match.index);
  const after = inlineHtml(markdown.slice(match.index + match[0].length), links);
  if (url === undefined) return html`${before}<code>${code}</code>${after}`;
  const shown = codeLabel === undefined ? html`${label}` : html`<code>${codeLabel}</code>`;
  const linked =
    links && /^https?:\/\//u.test(url)
      ? html`<a href="${url}" rel="noreferrer">${shown}</a>`
      : shown;
  return html`${before}${linked}${after}`;
}
