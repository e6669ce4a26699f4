import type { RunPageData, RunPageNight } from "./data.ts";
import { type Html, html, NOTHING, type Section } from "./html.ts";

/** What the audit said in each night that was played, and what people did in between. */
export function nightsOf({ nights = [], issue }: RunPageData): readonly Section[] {
  if (nights.length === 0) return [];
  const areas = [...new Set(nights.flatMap(({ grades }) => Object.keys(grades)))];
  const names = areas.map((area) => html`<th>${area}</th>`);
  const rows = nights.map((night, index) => {
    const grades = areas.map((area) => html`<td>${night.grades[area] ?? "-"}</td>`);
    const came = cameOf(night, issue.number).map((line) => html`<div>${line}</div>`);
    return html`<tr><td>${index + 1}, ${night.when} the issue</td>${grades}<td>${came}</td></tr>`;
  });
  const said = areas.flatMap((area) => sayChange(area, nights));
  const lead = said.length === 0 ? [html`No grade changed.`] : said;
  const body = html`<p class="lead">${lead}</p>
<div class="wide"><table><thead><tr><th>Night</th>${names}<th>What came of it</th></tr></thead><tbody>${rows}</tbody></table></div>
${nights.some(({ proposed }) => proposed !== undefined) ? html`<p class="aside">A person merged each page that was proposed.</p>` : NOTHING}`;
  return [{ id: "nights", label: "Nights", title: "What the audit saw, night by night", body }];
}

function sayChange(area: string, nights: readonly RunPageNight[]): readonly Html[] {
  const all = nights.map(({ grades }) => grades[area] ?? "-");
  const grades = all.filter((grade, index) => grade !== all[index - 1]);
  return grades.length < 2
    ? []
    : [html`The grade of <code>${area}</code>: <b>${grades.join(" → ")}</b>. `];
}

function cameOf({ committed, filed, proposed }: RunPageNight, asked: number): readonly Html[] {
  const paths = committed.map((path) => html` <code>${path}</code>`);
  return [
    ...(paths.length === 0 ? [] : [html`The day before, a person committed${paths}.`]),
    proposed === undefined
      ? html`No page was proposed.`
      : html`Pull request #${proposed} proposed the page.`,
    ...filed.map(
      ({ number, fingerprint }) =>
        html`Issue #${number} was filed: <code>${fingerprint}</code>${number === asked ? ", the issue of this page" : ""}.`,
    ),
  ];
}
