import { CHART_STYLE, type Chart, renderChart } from "./chart.ts";
import { headOf } from "./head.ts";
import { type Html, html } from "./run-page/html.ts";
import { STYLE } from "./run-page/style.ts";

/** What the page of a simulation shows; all of it is counted, nothing is said by a model. */
export interface SimulationPageData {
  readonly title: string;
  readonly lead: string;
  /** What of the waiting no schedule can mend. */
  readonly limits: string;
  readonly isKept: boolean;
  readonly outcome: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly charts: readonly Chart[];
  /** A table: its head, then its rows. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What was taken for granted, and where it is from. */
  readonly assumed: readonly string[];
}

const WHOLE_STYLE = `${STYLE}${CHART_STYLE}`;

/** One HTML file that loads nothing and runs nothing, like the page of a run. */
export function renderSimulationPage(data: SimulationPageData): string {
  const page = html`${headOf({ title: data.title, style: WHOLE_STYLE })}<body>
<nav aria-label="Contents"><ol><li><a href="#charts">Over time</a></li><li><a href="#figures">Figures</a></li><li><a href="#assumed">Assumed</a></li></ol></nav>
<main>
<header><p class="over">Simulation</p><h1>${data.title}</h1>
<div class="outcome ${data.isKept ? "good" : "bad"}"><b>${data.isKept ? "Kept" : "Not kept"}</b><p>${data.outcome}</p></div>
<dl class="facts">${data.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p class="lead">${data.lead}</p>
<p>${data.limits}</p></header>
<section id="charts"><h2>Over time</h2>${data.charts.map(renderChart)}</section>
<section id="figures"><h2>Figures</h2>${tableOf(data)}</section>
<section id="assumed"><h2>What is assumed</h2><ul>${data.assumed.map((line) => html`<li>${line}</li>`)}</ul></section>
<footer>Written by <code>millwright simulate</code>. The same options and seed give the same figures, but for the times of the machine.</footer>
</main>
</body>
</html>
`;
  return page.markup;
}

function tableOf({ columns, rows }: SimulationPageData): Html {
  const head = columns.map(
    (name, index) => html`<th class="${index > 0 ? "figure" : ""}">${name}</th>`,
  );
  const cells = (row: readonly string[]) =>
    row.map(
      (cell, index) =>
        html`<td class="${index > 0 ? "figure" : ""}" data-name="${columns[index]}"><div>${cell}</div></td>`,
    );
  return html`<div class="wide"><table class="stack"><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody></table></div>`;
}
