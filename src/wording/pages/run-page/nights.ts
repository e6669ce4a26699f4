import type { RunPageData, RunPageNight } from "./data.ts";
import { type Html, html, NOTHING, type Section } from "./html.ts";

/** What the audit said in each night that was played, and what people did in between. */
export function nightsOf({ nights = [], issue }: RunPageData): readonly Section[] {
  if (nights.length === 0) return [];
  const areas = areasOf(nights);
  const names = areas.map((area) => html`<th class="figure">${area}</th>`);
  const rows = nights.map((night, index) => {
    const grades = areas.map((area) => html`<td class="figure">${night.grades[area] ?? "-"}</td>`);
    const came = cameOf(night, issue.number).map((line) => html`<div>${line}</div>`);
    return html`<tr><td>${index + 1}, ${night.when} the issue</td>${grades}<td>${came}</td></tr>`;
  });
  const body = html`<p class="lead">${sayNights(nights)}</p>
<div class="wide"><table><thead><tr><th>Night</th>${names}<th>What came of it</th></tr></thead><tbody>${rows}</tbody></table></div>
${nights.some(({ proposed }) => proposed !== undefined) ? html`<p class="aside">A person merged each page that was proposed.</p>` : NOTHING}`;
  return [{ id: "nights", label: "Nights", title: "What the audit saw, night by night", body }];
}

/** In one sentence, for those who read no further. */
export function sayNights(nights: readonly RunPageNight[]): string {
  const went = changesOf(nights).map(({ area, grades }) => `${area} went ${grades.join(" → ")}`);
  if (went.length === 0) return "No grade of the audit changed.";
  return `In the audit's nights the grade of ${went.join(", of ")}.`;
}

interface Change {
  readonly area: string;
  readonly grades: readonly string[];
}

/** Areas whose grade changed, in the order in which the nights name them. */
function changesOf(nights: readonly RunPageNight[]): readonly Change[] {
  return areasOf(nights).flatMap((area) => {
    const all = nights.map(({ grades }) => grades[area] ?? "-");
    const grades = all.filter((grade, index) => grade !== all[index - 1]);
    return grades.length < 2 ? [] : [{ area, grades }];
  });
}

function areasOf(nights: readonly RunPageNight[]): readonly string[] {
  return [...new Set(nights.flatMap(({ grades }) => Object.keys(grades)))];
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
