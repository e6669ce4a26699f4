import { tokensOf } from "../../../domain/budget.ts";
import { wasSeenLive } from "../../../domain/smoke.ts";
import { STRAIGHT_WAY, type Stage } from "../../../domain/stage.ts";
import { sayDuration, sayTokens, sayUsd } from "../../figures.ts";
import type { RunPageData, RunPageJob } from "./data.ts";
import { type Html, html, inlineHtml, NOTHING, type Section } from "./html.ts";

/** How each place where an issue may rest reads as the end of a story. */
const ENDINGS: Readonly<Record<Stage, string>> = {
  queued: "Waiting in the queue",
  "needs-info": "The factory asks",
  proposed: "Waiting for an approval",
  ready: "Ready to be built",
  building: "Being built",
  gating: "Waiting for a person to merge",
  smoking: "Merged, not yet seen live",
  done: "Merged and seen live",
  "needs-human": "Stopped: a person is needed",
  blocked: "Blocked",
};

/** Characters above which a title is set smaller. */
const LONG_TITLE = 90;

/** What came out, what it took, and how far it got: a reader in a hurry stops here. */
export function renderHead(data: RunPageData): Html {
  const { outcome, repository, issue } = data;
  const note = data.scripted
    ? html`<p class="note">The model was played from a script: no model was asked, nothing was paid.</p>`
    : NOTHING;
  return html`<header>
<p class="over">${repository.name} · issue #${issue.number} · ${sayMoment(data.startedAt)}</p>
<h1 class="${issue.title.length > LONG_TITLE ? "long" : ""}">${issue.title}</h1>
<div class="outcome ${kindOf(data)}"><b>${endingOf(data)}</b><p>${inlineHtml(outcome.sentence, false)}</p></div>
<dl class="facts">${factsOf(data)}</dl>
<ol class="rail">${railOf(data)}</ol>
${note}</header>`;
}

/** Nobody saw live what nobody looked for. */
function endingOf({ outcome, smoke }: RunPageData): string {
  if (outcome.staged) return "Staged: nothing was written";
  if (outcome.stage === "done" && (smoke === undefined || !wasSeenLive(smoke))) return "Merged";
  return ENDINGS[outcome.stage];
}

/** Waiting for somebody's word is neither a success nor a failure. */
function kindOf({ outcome }: RunPageData): string {
  if (outcome.ok) return "good";
  if (outcome.staged) return "bad";
  return ["needs-human", "blocked"].includes(outcome.stage) ? "bad" : "wait";
}

function sayMoment(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

function factsOf(data: RunPageData): readonly Html[] {
  const requests = data.requests.reduce((sum, { count }) => sum + count, 0);
  const facts: readonly (readonly [string, string])[] = [
    ["Total time", sayDuration(data.durationMs)],
    ["Model time", sayDuration(data.usage.modelMs)],
    ["Cost", sayUsd(data.usage.usd)],
    ["Tokens", sayTokens(tokensOf(data.usage))],
    ["Jobs", `${data.jobs.filter(isOfTheFactory).length}`],
    ["Requests", `${requests}`],
  ];
  return facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
}

/** As they are billed for the factory: a deploy is the repository's own, and what was skipped never ran. */
function isOfTheFactory({ kind, result }: RunPageJob): boolean {
  return kind !== "other" && result !== "skipped";
}

/** The straight way, with what was passed; where the issue stands aside, that comes last. */
function railOf(data: RunPageData): readonly Html[] {
  const { outcome, ledger } = data;
  const passed = new Set(ledger.map(({ stage }) => stage));
  const steps = STRAIGHT_WAY.map((stage) => {
    const kind = stage === outcome.stage ? "here" : passed.has(stage) ? "past" : "";
    return html`<li class="${kind}">${stage}</li>`;
  });
  return STRAIGHT_WAY.includes(outcome.stage)
    ? steps
    : [...steps, html`<li class="here ${kindOf(data)}">${outcome.stage}</li>`];
}

/** Links to the parts of the page that there are. */
export function renderContents(sections: readonly Section[]): Html {
  const links = sections.map(({ id, label }) => html`<li><a href="#${id}">${label}</a></li>`);
  return html`<nav aria-label="Contents"><ol>${links}</ol></nav>`;
}
