import type { Review } from "../../../measures/review/review.ts";
import { counted, sayMinute } from "../../figures.ts";
import { headOf } from "../head.ts";
import { html, type Section } from "../run-page/html.ts";
import { STYLE } from "../run-page/style.ts";
import { learningSection } from "./learning-section.ts";
import {
  attentionSection,
  deliverySection,
  efficiencySection,
  funnelSection,
  initiativesSection,
  reliabilitySection,
  vigilanceSection,
} from "./sections.ts";
import { REPORT_STYLE } from "./style.ts";
import { SOURCE_WORDS, sayValue } from "./words.ts";

const WHOLE_STYLE = `${STYLE}${REPORT_STYLE}`;

/** One HTML file that loads nothing and runs nothing: the operational review, for people who were not there. */
export function renderReportPage(review: Review): string {
  const { repository, window, source } = review;
  const sections = sectionsOf(review);
  const page = html`${headOf({ title: `Operational review: ${repository}`, style: WHOLE_STYLE })}<body>
<nav aria-label="Contents"><ol>${sections.map(({ id, label }) => html`<li><a href="#${id}">${label}</a></li>`)}</ol></nav>
<main class="report">
<header><p class="over">Operational review · ${sayMinute(window.from)} to ${sayMinute(window.until)}</p><h1>${repository}</h1>
<dl class="facts">${factsOf(review).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p class="aside">Counted by code from ${SOURCE_WORDS[source]}. What nobody can know is unknown, with the reason, and is never shown as nothing.</p></header>
${sections.map(({ id, title, body }) => html`<section id="${id}"><h2>${title}</h2>${body}</section>`)}
<footer>Written by <code>millwright report</code>. The same history and window make the same page; <code>--json</code> lists every id.</footer>
</main>
</body>
</html>
`;
  return page.markup;
}

function sectionsOf(review: Review): readonly Section[] {
  return [
    attentionSection(review),
    deliverySection(review),
    funnelSection(review),
    efficiencySection(review),
    reliabilitySection(review),
    vigilanceSection(review),
    learningSection(review),
    initiativesSection(review),
  ];
}

/** The six that a person looks for first. */
function factsOf({
  delivery,
  efficiency,
  vigilance,
}: Review): readonly (readonly [string, string])[] {
  const stops =
    "known" in vigilance.stops ? counted(vigilance.stops.known.length, "stop") : "unknown";
  return [
    ["Merged", sayValue(delivery.merged)],
    ["Taken back", sayValue(delivery.takenBack)],
    ["By agents", sayValue(efficiency.byAgents)],
    ["Without people", sayValue(efficiency.withoutPeople)],
    ["Per merge", sayValue(efficiency.costPerMerged)],
    ["Andons", stops],
  ];
}
