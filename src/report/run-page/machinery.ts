import { tokensOf } from "../../domain/budget.ts";
import { sayDuration, sayTokens, sayUsd } from "../figures.ts";
import { sayEvent } from "../ledger-table.ts";
import { sayRefusal } from "../refusal-text.ts";
import type { RunPageData, RunPageJob } from "./data.ts";
import { type Html, html, inlineHtml, NOTHING } from "./html.ts";

/** How it was done: the ledger as a timeline, the jobs, what it cost, what was asked of GitHub. */
export function renderMachinery(data: RunPageData): readonly Html[] {
  return [
    renderLedger(data),
    renderJobs(data),
    renderCost(data),
    renderRequests(data),
    renderLimits(data),
  ];
}

function renderLedger({ ledger, issue, repository }: RunPageData): Html {
  if (ledger.length === 0) return NOTHING;
  const entries = ledger.map((entry) => {
    const said = sayEvent(entry.event, {
      repository: repository.url ?? "https://github.com",
      issue: issue.number,
    });
    const figures = [
      entry.durationMs === undefined ? "" : sayDuration(entry.durationMs),
      entry.usage === undefined ? "" : sayUsd(entry.usage.usd),
    ].filter((figure) => figure !== "");
    return html`<li class="${entry.event.kind === "refused" ? "no" : ""}"><time>${entry.at.slice(11, 19)}</time> <span>${inlineHtml(said, repository.url !== undefined)} <small>${entry.stage}${figures.length === 0 ? "" : ` · ${figures.join(" · ")}`}</small></span></li>`;
  });
  return html`<section id="ledger"><h2>The ledger</h2><ol class="timeline">${entries}</ol></section>`;
}

function renderJobs({ jobs }: RunPageData): Html {
  if (jobs.length === 0) return NOTHING;
  const end = Math.max(1, ...jobs.map((job) => job.startMs + job.durationMs));
  return html`<section id="jobs"><h2>The jobs</h2>
<div class="jobs">${jobs.map((job) => jobRow(job, end))}</div>
<p class="aside legend"><span class="key worker"></span> worker: thinks, cannot write <span class="key control"></span> control: writes, cannot think <span class="key other"></span> the repository's own</p>
</section>`;
}

function jobRow(job: RunPageJob, end: number): Html {
  const left = (1_000 * job.startMs) / end;
  const width = Math.max(4, (1_000 * job.durationMs) / end);
  const ran = job.result !== "skipped";
  const bar = html`<svg viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label="${job.name}: ${job.result} after ${sayDuration(job.durationMs)}"><rect class="track" x="0" y="5" width="1000" height="2"/>${ran ? html`<rect class="${job.result === "success" ? job.kind : "failed"}" x="${Math.min(left, 996).toFixed(1)}" y="1" width="${width.toFixed(1)}" height="10"/>` : NOTHING}</svg>`;
  return html`<div class="job"><span class="name">${job.name}</span>${bar}<span class="figure">${ran ? sayDuration(job.durationMs) : "skipped"}</span></div>`;
}

function renderCost({ usage, scripted }: RunPageData): Html {
  const rows: readonly (readonly [string, string])[] = [
    ["Model calls", `${usage.requests}`],
    ["Tokens read anew", sayTokens(usage.inputTokens)],
    ["Tokens read from cache", sayTokens(usage.cacheReadTokens)],
    ["Tokens written to cache", sayTokens(usage.cacheWriteTokens)],
    ["Tokens written", sayTokens(usage.outputTokens)],
    ["Tokens in all", sayTokens(tokensOf(usage))],
    ["Waiting for the model", sayDuration(usage.modelMs)],
    ["Cost", sayUsd(usage.usd)],
  ];
  const note = scripted
    ? html`<p class="aside">The model's answers were played from a script: tokens are metered as a model would, nothing was paid.</p>`
    : NOTHING;
  return html`<section id="cost"><h2>What it cost</h2>
<table class="narrow"><tbody>${rows.map(([name, value]) => html`<tr><td>${name}</td><td class="figure">${value}</td></tr>`)}</tbody></table>${note}</section>`;
}

function renderRequests({ requests }: RunPageData): Html {
  if (requests.length === 0) return NOTHING;
  const sorted = [...requests].sort((left, right) => right.count - left.count);
  const all = requests.reduce((sum, { count }) => sum + count, 0);
  const writes = requests.reduce(
    (sum, { method, count }) => sum + (method === "GET" ? 0 : count),
    0,
  );
  const rows = sorted.map(
    ({ method, route, count }) =>
      html`<tr><td><code>${method}</code></td><td><code>${route}</code></td><td class="figure">${count}</td></tr>`,
  );
  return html`<section id="requests"><h2>What was asked of GitHub</h2>
<p>${all} requests, ${writes} of them writes.</p>
<details><summary>By route</summary><div class="wide"><table><tbody>${rows}</tbody></table></div></details></section>`;
}

function renderLimits({ refusals, humanActions, notImitated, repository }: RunPageData): Html {
  const people = humanActions.map((action) => html`<li>${action}</li>`);
  const refused = refusals.map(
    (refusal) => html`<li>${inlineHtml(sayRefusal(refusal), repository.url !== undefined)}</li>`,
  );
  return html`<section id="limits"><h2>What people did, and what this does not show</h2>
${people.length === 0 ? html`<p>No person did anything on the way.</p>` : html`<p>A person:</p><ul>${people}</ul>`}
${refused.length === 0 ? html`<p>Nothing was refused.</p>` : html`<p>Refused on the way:</p><ul>${refused}</ul>`}
${notImitated.length === 0 ? NOTHING : html`<p>Not imitated here:</p><ul>${notImitated.map((text) => html`<li>${text}</li>`)}</ul>`}
</section>`;
}
