import { wasSeenLive } from "../../../domain/smoke.ts";
import { STRAIGHT_WAY, type Stage } from "../../../domain/stage.ts";
import { sayUsd } from "../../figures.ts";
import type { RunPageData } from "./data.ts";
import { type Html, html, inlineHtml, NOTHING, prose, type Section } from "./html.ts";

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

/** What came out, on whose word, and how far it got: a reader in a hurry stops here. */
export function renderHead(data: RunPageData): Html {
  const { outcome, repository, issue } = data;
  return html`<header>
<p class="over">${repository.name} · issue #${issue.number} · ${sayMoment(data.startedAt)}</p>
<h1 class="${issue.title.length > LONG_TITLE ? "long" : ""}">${issue.title}</h1>
<div class="outcome ${kindOf(data)}"><b>${endingOf(data)}</b><p>${inlineHtml(outcome.sentence, false)}</p></div>
<dl class="answers">${answersOf(data)}</dl>
<ol class="rail">${railOf(data)}</ol>
</header>`;
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

/** What somebody asks who trusts nothing yet: who merged it and by which rule, what it risks, how it is undone, and who thought. */
function answersOf(data: RunPageData): readonly Html[] {
  const { risk, verdict } = data;
  const rollback = verdict?.smallestRollback ?? "";
  const answers: readonly (readonly [string, Html])[] = [
    ["Merged by", mergedBy(data)],
    [
      "Risk",
      risk === undefined
        ? html`not assessed: there is no change`
        : html`<b>${risk.risk}</b>: ${risk.reasons.join("; ")}`,
    ],
    [
      "Undone by",
      rollback === "" ? html`unknown: the review did not get this far` : prose(rollback),
    ],
    ["Model", modelOf(data)],
  ];
  return answers.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
}

function modelOf({ scripted, usage }: RunPageData): Html {
  if (scripted) return html`<b>none</b>: a script played its answers, and nothing was paid`;
  if (usage.requests === 0) return html`<b>none</b> was asked`;
  return html`a real one was asked, at ${sayUsd(usage.usd)}`;
}

/** By the ledger; where nothing is merged, who would. */
function mergedBy({ ledger, authority, pullRequest, outcome }: RunPageData): Html {
  const merged = ledger.findLast(({ event }) => event.kind === "merged")?.event;
  const why = authority === undefined ? NOTHING : html`. ${inlineHtml(authority.because, false)}`;
  if (merged?.kind === "merged") {
    const who = merged.by === "factory" ? "the factory itself" : "a person";
    return html`<b>${who}</b>, as <code>${merged.commit.slice(0, 7)}</code>${why}`;
  }
  const would =
    authority === undefined
      ? ""
      : authority.by === "factory"
        ? "; the factory would merge it"
        : "; a person would";
  const open = pullRequest === undefined || outcome.staged ? "not merged" : "not merged yet";
  return html`<b>${open}</b>${would}${why}`;
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
