import type { Lesson } from "../../domain/lesson/lesson.ts";
import { rateOf } from "../../measures/learning/rate.ts";
import { sayMeasured, sayMistake, sayRemedy, sayVerdict } from "../lessons/words.ts";
import { headOf } from "./head.ts";
import { type Html, html, NOTHING } from "./run-page/html.ts";
import { ownMarkdown } from "./run-page/markdown.ts";
import { STYLE } from "./run-page/style.ts";

/** A pull request about a lesson, and the day of the story on which it was opened. */
interface Told {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly day: number;
}

/** What the page tells of one history. */
export interface LearningStory {
  readonly heeds: boolean;
  readonly proposed: Told | null;
  readonly judged: Told | null;
  readonly lesson: Lesson | null;
  readonly guide: string;
}

/** One HTML file that loads nothing and runs nothing: the same mistake, what was learned from it, and whether that helped. */
export function renderLearningPage(stories: readonly LearningStory[]): string {
  const page = html`${headOf({ title: "What a factory learned", style: STYLE })}<body>
<nav aria-label="Contents"><ol>${stories.map(({ heeds }) => html`<li><a href="#${idOf(heeds)}">${titleOf(heeds)}</a></li>`)}</ol></nav>
<main>
<header><p class="over">Demo · ten weeks</p><h1>What a factory learned</h1>
<p class="lead">The same mistake is made three times. Code counts it, proposes one lesson with a threshold and a day, and a person merges it. At that day the same count is made again: a lesson that did not help is taken back.</p></header>
${stories.map(storyOf)}
<footer>Written by <code>millwright demo --scenario learning</code>. Control, GitHub and git are real here; the workers answer by rote.</footer>
</main>
</body>
</html>
`;
  return page.markup;
}

function idOf(heeds: boolean): string {
  return heeds ? "heeded" : "ignored";
}

function titleOf(heeds: boolean): string {
  return heeds ? "Heeded" : "Not heeded";
}

const WORDS = { helped: "Helped", "did-not-help": "Taken back", open: "Not judged yet" } as const;
const TONES = { helped: "good", "did-not-help": "bad", open: "" } as const;

function storyOf({ heeds, proposed, judged, lesson, guide }: LearningStory): Html {
  if (lesson === null || proposed === null) {
    return html`<section id="${idOf(heeds)}"><h2>${titleOf(heeds)}</h2><p>Nothing was learned.</p></section>`;
  }
  const { baseline, outcome, per, threshold } = lesson;
  const came = outcome?.is ?? "open";
  const verdict = outcome === undefined ? "it was not judged" : sayVerdict(outcome.is);
  const facts = [
    ["Mistake", sayMistake(lesson)],
    ["Before", sayMeasured(baseline, per)],
    ["Wanted", `at most ${sayRate(threshold)}`],
    ["After", outcome === undefined ? "unknown" : sayMeasured(outcome, per)],
    ["Remedy", sayRemedy(lesson.remedy)],
    ["Where", baseline.issues.map((issue) => `#${issue}`).join(" ")],
  ];
  return html`<section id="${idOf(heeds)}"><h2>${titleOf(heeds)}</h2>
<div class="outcome ${TONES[came]}"><b>${WORDS[came]}</b><p>${sayRate(rateOf(baseline))} of ${per} before, ${outcome === undefined ? "unknown" : sayRate(rateOf(outcome))} after: ${verdict}.</p></div>
<div class="wide"><table>${facts.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</table></div>
${pullOf(proposed)}${judged === null ? NOTHING : pullOf(judged)}
<h3>AGENTS.md at the end</h3><pre>${guide}</pre></section>`;
}

function pullOf({ number, title, body, day }: Told): Html {
  return html`<h3>Day ${day}: #${number} ${title}</h3>${ownMarkdown(body)}`;
}

function sayRate(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}
