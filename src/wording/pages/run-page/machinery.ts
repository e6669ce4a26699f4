import { tokensOf } from "../../../domain/budget.ts";
import type { Usage } from "../../../domain/usage.ts";
import { counted, sayDuration, sayTokens, sayUsd } from "../../figures.ts";
import { sayEvent } from "../../issue/ledger-table.ts";
import { sayRefusal } from "../../refusals.ts";
import type { RunPageData, RunPageJob } from "./data.ts";
import { type Html, html, inlineHtml, NOTHING, type Section } from "./html.ts";

/** How it was done: the ledger as a timeline, the jobs, what it cost, what was asked of GitHub. */
export function machineryOf(data: RunPageData): readonly Section[] {
  return [...ledgerOf(data), ...jobsOf(data), costOf(data), ...requestsOf(data), limitsOf(data)];
}

function ledgerOf({ ledger, issue, repository, people }: RunPageData): readonly Section[] {
  if (ledger.length === 0) return [];
  const entries = ledger.map((entry) => {
    const said = sayEvent(entry.event, {
      repository: repository.url ?? "https://github.com",
      issue: issue.number,
      ...(people && { people }),
    });
    const figures = [
      entry.durationMs === undefined ? "" : sayDuration(entry.durationMs),
      entry.usage === undefined ? "" : sayUsd(entry.usage.usd),
    ].filter((figure) => figure !== "");
    return html`<li class="${entry.event.kind === "refused" ? "no" : ""}"><time>${entry.at.slice(11, 19)}</time> <span>${inlineHtml(said, repository.url !== undefined)} <small>${entry.stage}${figures.length === 0 ? "" : ` · ${figures.join(" · ")}`}</small></span></li>`;
  });
  const body = html`<ol class="timeline">${entries}</ol>`;
  return [{ id: "ledger", label: "Ledger", title: "The ledger", body }];
}

function jobsOf({ jobs }: RunPageData): readonly Section[] {
  if (jobs.length === 0) return [];
  const end = jobs.reduce((latest, job) => Math.max(latest, job.startMs + job.durationMs), 1);
  const body = html`<div class="jobs">${jobs.map((job) => jobRow(job, end))}
<div class="job scale"><span class="name"></span><span class="ticks"><span>0</span><span>${sayDuration(end / 2)}</span><span>${sayDuration(end)}</span></span><span></span></div></div>
<p class="aside legend"><span class="key worker"></span> worker: thinks, cannot write <span class="key control"></span> control: writes, cannot think <span class="key other"></span> the repository's own</p>`;
  return [{ id: "jobs", label: "Jobs", title: "The jobs", body }];
}

function jobRow(job: RunPageJob, end: number): Html {
  const left = (1_000 * job.startMs) / end;
  const width = Math.max(4, (1_000 * job.durationMs) / end);
  const ran = job.result !== "skipped";
  const bar = html`<svg viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label="${job.name}: ${job.result} after ${sayDuration(job.durationMs)}"><rect class="track" x="0" y="5" width="1000" height="2"/>${ran ? html`<rect class="${job.result === "success" ? job.kind : "failed"}" x="${Math.min(left, 996).toFixed(1)}" y="1" width="${width.toFixed(1)}" height="10"/>` : NOTHING}</svg>`;
  return html`<div class="job"><span class="name">${job.name}</span>${bar}<span class="figure">${ran ? sayDuration(job.durationMs) : "skipped"}</span></div>`;
}

function costOf({ usage, costs, scripted }: RunPageData): Section {
  const note = scripted
    ? html`<p class="aside">The model's answers were played from a script: tokens are metered as a model would, nothing was paid.</p>`
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
  const body = html`<div class="wide"><table class="costs"><thead><tr><th>Worker</th>${head}</tr></thead>
<tbody>${rows}<tr class="sum"><td>In all</td>${sum}</tr></tbody></table></div>
<p class="aside">Tokens: ${kinds.join(", ")}. Waiting for the model: ${sayDuration(usage.modelMs)}.</p>${note}`;
  return { id: "cost", label: "Cost", title: "What it cost", body };
}

function figuresOf(usage: Usage): readonly string[] {
  return [`${usage.requests}`, sayTokens(tokensOf(usage)), sayUsd(usage.usd)];
}

function figure(text: string): Html {
  return html`<td class="figure">${text}</td>`;
}

function requestsOf({ requests }: RunPageData): readonly Section[] {
  if (requests.length === 0) return [];
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
  const body = html`<p>${counted(all, "request")}, ${writes} of them to write.</p>
<details><summary>By route</summary><div class="wide"><table><tbody>${rows}</tbody></table></div></details>`;
  return [{ id: "requests", label: "Requests", title: "What was asked of GitHub", body }];
}

/** A run that stopped has said its refusals at the top. */
function limitsOf(data: RunPageData): Section {
  const { outcome, refusals, humanActions, notImitated, repository } = data;
  const people = humanActions.map((action) => html`<li>${action}</li>`);
  const refused = refusals.map(
    (refusal) => html`<li>${inlineHtml(sayRefusal(refusal), repository.url !== undefined)}</li>`,
  );
  const onTheWay =
    refused.length === 0
      ? html`<p>Nothing was refused.</p>`
      : html`<p>Refused on the way:</p><ul>${refused}</ul>`;
  const body = html`${people.length === 0 ? html`<p>No person did anything on the way.</p>` : html`<p>A person:</p><ul>${people}</ul>`}
${!outcome.ok && refused.length > 0 ? NOTHING : onTheWay}
${notImitated.length === 0 ? NOTHING : html`<p>Not imitated here:</p><ul>${notImitated.map((text) => html`<li>${text}</li>`)}</ul>`}`;
  const title = "What people did, and what this does not show";
  return { id: "limits", label: "Limits", title, body };
}
