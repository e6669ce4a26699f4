import { createHash } from "node:crypto";
import { tokensOf } from "../domain/budget.ts";
import type { Stage } from "../domain/stage.ts";
import { sayDuration, sayTokens, sayUsd } from "./figures.ts";
import type { RunPageData } from "./run-page/data.ts";
import { type Html, html, NOTHING } from "./run-page/html.ts";
import { renderMachinery } from "./run-page/machinery.ts";
import { renderProof } from "./run-page/proof.ts";
import { renderStory } from "./run-page/story.ts";
import { STYLE } from "./run-page/style.ts";

/**
 * The page of a run: one HTML file, a story from top to bottom. It loads nothing and runs nothing: the policy in its head
 * allows the one style below, by its hash, and no script, image, font, form or frame. All text of others is escaped.
 */
export function renderRunPage(data: RunPageData): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${data.issue.title} · ${data.repository.name}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<main>
${renderHead(data)}
${renderStory(data)}
${renderProof(data)}
${renderMachinery(data)}
<footer>Written by Millwright from what happened at ${data.startedAt}. Every figure can be recounted from the ledger and the runs.</footer>
</main>
</body>
</html>
`;
  return page.markup;
}

function policy(): string {
  const hash = createHash("sha256").update(STYLE).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

function renderHead(data: RunPageData): Html {
  const { outcome } = data;
  const note = data.scripted
    ? html`<p class="note">The model was played from a script: no model was asked, nothing was paid.</p>`
    : NOTHING;
  return html`<header>
<p class="over">${data.repository.name} · issue #${data.issue.number}</p>
<h1>${data.issue.title}</h1>
<p class="outcome"><span class="dot ${outcome.ok ? "" : "no"}"></span><span>${outcome.sentence}</span></p>
<dl class="facts">${factsOf(data)}</dl>
<ol class="rail">${railOf(data)}</ol>
${note}</header>`;
}

function factsOf(data: RunPageData): readonly Html[] {
  const requests = data.requests.reduce((sum, { count }) => sum + count, 0);
  const facts: readonly (readonly [string, string])[] = [
    ["From label to end", sayDuration(data.durationMs)],
    ["Of it the model", sayDuration(data.usage.modelMs)],
    ["Cost", sayUsd(data.usage.usd)],
    ["Tokens", sayTokens(tokensOf(data.usage))],
    ["Jobs", `${data.jobs.filter(({ result }) => result !== "skipped").length}`],
    ["Requests", `${requests}`],
  ];
  return facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
}

const RAIL: readonly Stage[] = [
  "queued",
  "proposed",
  "ready",
  "building",
  "gating",
  "smoking",
  "done",
];

/** The straight way, with what was passed; where the issue stands aside, that comes last. */
function railOf({ outcome, ledger }: RunPageData): readonly Html[] {
  const passed = new Set(ledger.map(({ stage }) => stage));
  const steps = RAIL.map((stage) => {
    const kind = stage === outcome.stage ? "here" : passed.has(stage) ? "past" : "";
    return html`<li class="${kind}">${stage}</li>`;
  });
  return RAIL.includes(outcome.stage)
    ? steps
    : [...steps, html`<li class="here no">${outcome.stage}</li>`];
}
