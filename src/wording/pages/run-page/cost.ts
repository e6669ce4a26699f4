import { tokensOf } from "../../../domain/budget.ts";
import type { Usage } from "../../../domain/usage.ts";
import { sayDuration, sayTokens, sayUsd } from "../../figures.ts";
import type { RunPageData, RunPageJob } from "./data.ts";
import { type Html, html, NOTHING, type Section } from "./html.ts";

/** What the run took: the sums first, then who of the workers used them. */
export function costOf(data: RunPageData): Section {
  const { usage, costs, scripted } = data;
  const note = scripted
    ? html`<p class="aside">A script played the model's answers. Tokens are counted as for a model; nothing was paid.</p>`
    : NOTHING;
  const rows = costs.map(
    ({ by, usage: part, durationMs }) =>
      html`<tr><td>${by}</td>${[sayDuration(durationMs), ...figuresOf(part)].map(figure)}</tr>`,
  );
  const head = ["Took", "Model calls", "Tokens", "Cost"].map(
    (name) => html`<th class="figure">${name}</th>`,
  );
  const sum = ["", ...figuresOf(usage)].map(figure);
  const kinds = [
    `${sayTokens(usage.inputTokens)} read anew`,
    `${sayTokens(usage.cacheReadTokens)} read from cache`,
    `${sayTokens(usage.cacheWriteTokens)} written to cache`,
    `${sayTokens(usage.outputTokens)} written`,
  ];
  const body = html`<dl class="facts">${factsOf(data)}</dl>
<div class="wide"><table class="costs"><thead><tr><th>Worker</th>${head}</tr></thead>
<tbody>${rows}<tr class="sum"><td>In all</td>${sum}</tr></tbody></table></div>
<p class="aside">Tokens: ${kinds.join(", ")}. Waiting for the model: ${sayDuration(usage.modelMs)}.</p>${note}`;
  return { id: "cost", label: "Time and cost", title: "Time and cost", body };
}

function figuresOf(usage: Usage): readonly string[] {
  return [`${usage.requests}`, sayTokens(tokensOf(usage)), sayUsd(usage.usd)];
}

function figure(text: string): Html {
  return html`<td class="figure">${text}</td>`;
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
