import { type Across, type Added, addedOf } from "../../../measures/across/across.ts";
import type { Review } from "../../../measures/review/review.ts";
import { counted, sayMinute } from "../../figures.ts";
import { headOf } from "../head.ts";
import { type Html, html, NOTHING, type Section } from "../run-page/html.ts";
import { STYLE } from "../run-page/style.ts";
import { table } from "./parts.ts";
import { COLUMNS, sayMissing } from "./say-across.ts";
import { linksTo } from "./sources.ts";
import { REPORT_STYLE } from "./style.ts";
import { FIGURE_WORDS, SOURCE_WORDS, sayAttention, sayValue } from "./words.ts";

const WHOLE_STYLE = `${STYLE}${REPORT_STYLE}`;

/** One HTML file that loads nothing and runs nothing: the operational review of several repositories. */
export function renderAcrossPage(across: Across, notes: readonly string[] = []): string {
  const { reviews, window } = across;
  const title = counted(reviews.length, "repository", "repositories");
  const sections = sectionsOf(across, notes);
  const page = html`${headOf({ title: `Operational review: ${title}`, style: WHOLE_STYLE })}<body>
<nav aria-label="Contents"><ol>${sections.map(({ id, label }) => html`<li><a href="#${id}">${label}</a></li>`)}</ol></nav>
<main class="report">
<header><p class="over">Operational review · ${sayMinute(window.from)} to ${sayMinute(window.until)}</p><h1>${title}</h1>
<p class="aside">Counted by code. What a repository cannot tell is unknown there, and is named where it is missing in a sum.</p></header>
${sections.map(({ id, title: heading, body }) => html`<section id="${id}"><h2>${heading}</h2>${body}</section>`)}
<footer>Written by <code>millwright report</code>. <code>millwright report --repo OWNER/NAME --html FILE</code> writes the page of one repository.</footer>
</main>
</body>
</html>
`;
  return page.markup;
}

function sectionsOf(across: Across, notes: readonly string[]): readonly Section[] {
  const { reviews, unread, withoutFactory } = across;
  const counts = reviews.length > 0;
  return [
    ...(counts ? [rowsSection(across), togetherSection(across), lookSection(reviews)] : []),
    ...(unread.length + withoutFactory.length + notes.length > 0
      ? [leftOutSection(across, notes)]
      : []),
  ];
}

function rowsSection({ reviews, sums }: Across): Section {
  const rows = reviews.map((review) => {
    const figures = addedOf(review);
    return [nameOf(review), ...COLUMNS.map(([name]) => sayValue(figures[name]))];
  });
  const sum = [
    html`<b>together</b>`,
    ...COLUMNS.map(([name]) => html`<b>${sayValue(sums[name].figure)}</b>`),
  ];
  const columns = ["Repository", ...COLUMNS.map(([, heading]) => heading)];
  return {
    ...{ id: "repositories", label: "Repositories", title: "By repository" },
    body: table(columns, [...rows, sum]),
  };
}

function nameOf({ repository, url, source }: Review): Html {
  const name =
    url === undefined
      ? html`${repository}`
      : html`<a href="${url}" rel="noreferrer">${repository}</a>`;
  return source === "ledgers"
    ? name
    : html`${name} <span class="quiet">(${SOURCE_WORDS[source]})</span>`;
}

function togetherSection({ sums }: Across): Section {
  const names = Object.keys(sums) as readonly Added[];
  const cards = names.map((name) => {
    const [title, how] = FIGURE_WORDS[name];
    const gap = sayMissing(sums[name]);
    const missing = gap === "" ? NOTHING : html`<p class="missing"><b>Counted</b> ${gap}.</p>`;
    return html`<div class="card"><h3>${title}</h3><p class="value">${sayValue(sums[name].figure)}</p><p class="how">${how}</p>${missing}</div>`;
  });
  return {
    ...{ id: "together", label: "Together", title: "Together" },
    body: html`<div class="cards-of three">${cards}</div>`,
  };
}

function lookSection(reviews: readonly Review[]): Section {
  const items = reviews.flatMap(({ repository, url, attention }) =>
    attention.map(
      (one) =>
        html`<li><p><b>${repository}</b> ${sayAttention(one)}</p><p class="from">${linksTo(one.from.slice(0, 8), url)}${one.from.length > 8 ? html` and ${one.from.length - 8} more` : NOTHING}</p></li>`,
    ),
  );
  const body =
    items.length === 0
      ? html`<p class="quiet">Nothing of what this page looks for.</p>`
      : html`<ol class="look">${items}</ol>`;
  return { id: "look", label: "Look at", title: "What to look at", body };
}

function leftOutSection({ unread, withoutFactory }: Across, notes: readonly string[]): Section {
  const rows = unread.map(({ name, because }) => [name, because]);
  const without = html`<p class="quiet">Without a factory: ${withoutFactory.join(", ")}.</p>`;
  return {
    ...{ id: "left-out", label: "Left out", title: "What is not in the figures" },
    body: html`${rows.length === 0 ? NOTHING : table(["Not read", "Because"], rows)}${withoutFactory.length === 0 ? NOTHING : without}${notes.map((note) => html`<p class="quiet">${note}</p>`)}`,
  };
}
