import type { Nodes, Parents, PhrasingContent, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { type Piece, piecesOf } from "../../fold.ts";
import { type Html, html } from "./html.ts";

/** What is read as Markdown at most, in characters; a longer text stands as it was written. */
const MOST_CHARACTERS = 20_000;
/** Quotes and lists within each other: whoever opens more of them in one line writes no text. */
const DEEP_LINE = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){25}/mu;
/** Within so many others a part stands as it was written. */
const DEEPEST = 30;

/**
 * The Markdown of people (GFM 0.29) as HTML: an allow-list of tags without attributes, and every word escaped. Their HTML is
 * shown, not obeyed; a picture is its description; an address stands beside its label and leads nowhere.
 */
export function peoplesMarkdown(text: string): Html {
  if (text.length > MOST_CHARACTERS || DEEP_LINE.test(text)) return asWritten(text);
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return html`<div class="people">${childrenOf(tree, { text, depth: 0 })}</div>`;
}

function asWritten(text: string): Html {
  return html`<div class="written">${text}</div>`;
}

interface Place {
  readonly text: string;
  readonly depth: number;
  /** A text of the factory's own: its addresses lead to GitHub, and its pictures and lines for machines are left out. */
  readonly isOwn?: true;
}

/** The most of a text of the factory's own: what one job would have written. */
const MOST_OWN_CHARACTERS = 200_000;
/** The line by which GitHub knows an alert; what it says stands behind it. */
const ALERT = /^> \[!(?:NOTE|IMPORTANT|WARNING|CAUTION|TIP)\]\n/gmu;

/** Markdown of the factory's own renderers as it would stand on GitHub, without its links. */
export function ownMarkdown(markdown: string): Html {
  if (markdown.length > MOST_OWN_CHARACTERS || DEEP_LINE.test(markdown)) return asWritten(markdown);
  return html`<div class="people">${piecesOf(markdown).map(pieceOf)}</div>`;
}

function pieceOf(piece: Piece): Html {
  if ("text" in piece) return ownText(piece.text);
  const body = piece.pieces.map(pieceOf);
  return piece.isOpen
    ? html`<details open><summary>${piece.summary}</summary>${body}</details>`
    : html`<details><summary>${piece.summary}</summary>${body}</details>`;
}

function ownText(markdown: string): Html {
  const text = markdown.replace(ALERT, "");
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return html`${childrenOf(tree, { text, depth: 0, isOwn: true })}`;
}

function childrenOf(node: Parents, place: Place): readonly Html[] {
  const within = { ...place, depth: place.depth + 1 };
  return node.children.map((child) => htmlOf(child, within));
}

function htmlOf(node: Nodes, place: Place): Html {
  if (place.depth > DEEPEST) return html`<code>${sourceOf(node, place)}</code>`;
  switch (node.type) {
    case "text":
      return html`${node.value}`;
    case "inlineCode":
      return html`<code>${node.value}</code>`;
    case "code":
      return place.isOwn && (node.lang === "mermaid" || node.lang === "json")
        ? html`<p class="quiet">(${node.lang === "json" ? "lines for machines" : "a chart"})</p>`
        : html`<pre>${node.value}</pre>`;
    case "html":
      return html`<code>${node.value}</code>`;
    case "break":
      return html`<br>`;
    case "thematicBreak":
      return html`<hr>`;
    case "image":
    case "imageReference":
      return html`[picture: ${node.alt ?? ""}]`;
    case "link":
      return html`${childrenOf(node, place)}${addressOf(node.url, place, node.children)}`;
    case "definition":
    case "footnoteReference":
      return html`<code>${sourceOf(node, place)}</code>`;
    case "table":
      return tableOf(node, place);
    default:
      return "children" in node ? parentOf(node, place) : html`${sourceOf(node, place)}`;
  }
}

function parentOf(node: Parents, place: Place): Html {
  const inside = childrenOf(node, place);
  switch (node.type) {
    case "paragraph":
      return html`<p>${inside}</p>`;
    case "heading":
      return html`<h4>${inside}</h4>`;
    case "emphasis":
      return html`<em>${inside}</em>`;
    case "strong":
      return html`<strong>${inside}</strong>`;
    case "delete":
      return html`<del>${inside}</del>`;
    case "blockquote":
      return html`<blockquote>${inside}</blockquote>`;
    case "list":
      return node.ordered === true ? html`<ol>${inside}</ol>` : html`<ul>${inside}</ul>`;
    case "listItem":
      return html`<li>${boxOf(node.checked)}${inside}</li>`;
    default:
      return html`<div>${inside}</div>`;
  }
}

function boxOf(checked: boolean | null | undefined): string {
  if (checked === null || checked === undefined) return "";
  return checked ? "☑ " : "☐ ";
}

/** Not again where the label is the address. */
function addressOf(url: string, { text, isOwn }: Place, label: readonly PhrasingContent[]): Html {
  if (isOwn) return html``;
  const [only, ...more] = label;
  const isShown = only?.type === "text" && more.length === 0 && url.endsWith(only.value);
  return isShown && text.includes(only.value) ? html`` : html` <code>${url}</code>`;
}

function tableOf(node: Table, place: Place): Html {
  const [head, ...rows] = node.children.map((row) =>
    row.children.map((cell) => childrenOf(cell, place)),
  );
  const names = (head ?? []).map((cell) => html`<th>${cell}</th>`);
  const body = rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return html`<div class="wide"><table><thead><tr>${names}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function sourceOf(node: Nodes, { text }: Place): string {
  const { start, end } = node.position ?? {};
  return text.slice(start?.offset ?? 0, end?.offset ?? 0);
}
