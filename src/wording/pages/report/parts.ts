import type { Figure } from "../../../measures/figure.ts";
import type { Told } from "../../../measures/history/history.ts";
import { type Html, html, NOTHING } from "../run-page/html.ts";
import { countedFrom } from "./sources.ts";
import { FIGURE_WORDS, type FigureName, sayUntold, sayValue } from "./words.ts";

/** A figure with its name, how it is counted, and from what. */
function figureCard(name: FigureName, figure: Figure, url: string | undefined): Html {
  const [title, how] = FIGURE_WORDS[name];
  return html`<div class="card"><h3>${title}</h3><p class="value">${sayValue(figure)}</p><p class="how">${how}</p>${countedFrom(figure, url)}</div>`;
}

/** Those that are known, a card each; those that nobody knows in a line for each reason. */
export function cards(
  figures: Readonly<Partial<Record<FigureName, Figure>>>,
  url: string | undefined,
): Html {
  const pairs = Object.entries(figures) as readonly (readonly [FigureName, Figure])[];
  const found = pairs.filter(([, figure]) => "value" in figure);
  const missing = pairs.flatMap(([name, figure]) =>
    "unknown" in figure ? [{ name, because: figure.unknown }] : [],
  );
  const lines = [...Map.groupBy(missing, ({ because }) => because)].map(
    ([because, own]) =>
      html`<p class="missing"><b>Unknown</b> because ${sayUntold(because)}: ${own.map(({ name }) => FIGURE_WORDS[name][0]).join(", ")}.</p>`,
  );
  const shown = found.map(([name, figure]) => figureCard(name, figure, url));
  return html`${found.length === 0 ? NOTHING : html`<div class="cards-of ${columnsFor(shown.length)}">${shown}</div>`}${lines}`;
}

/** So that no row is left with a single card where it can be helped. */
function columnsFor(count: number): "two" | "three" | "four" {
  if (count === 2) return "two";
  return count % 4 === 0 || count === 7 ? "four" : "three";
}

/** On a phone a table of many columns becomes a list, each cell with the name of its column. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly (Html | string)[])[],
): Html {
  const head = columns.map(
    (name, index) => html`<th scope="col" class="${index > 0 ? "figure" : ""}">${name}</th>`,
  );
  const cells = (row: readonly (Html | string)[]) =>
    row.map(
      (cell, index) =>
        html`<td class="${index > 0 ? "figure" : ""}" data-name="${columns[index]}"><div>${cell}</div></td>`,
    );
  return html`<div class="wide"><table class="${columns.length > 3 ? "stack" : ""}"><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody></table></div>`;
}

/** What a source tells, shown; else why it does not; else that there is nothing. */
export function told<Row>(
  found: Told<readonly Row[]>,
  nothing: string,
  show: (rows: readonly Row[]) => Html,
): Html {
  if ("untold" in found) return html`<p class="quiet">Unknown: ${sayUntold(found.untold)}.</p>`;
  return found.known.length === 0 ? html`<p class="quiet">${nothing}</p>` : show(found.known);
}
