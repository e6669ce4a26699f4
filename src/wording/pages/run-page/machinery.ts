import { counted, sayDuration, sayUsd } from "../../figures.ts";
import { sayEvent } from "../../issue/ledger-table.ts";
import { sayRefusal } from "../../refusals.ts";
import { checksOf } from "./checks.ts";
import type { RunPageData, RunPageJob } from "./data.ts";
import {
  fold,
  type Html,
  html,
  inlineHtml,
  NOTHING,
  type Part,
  prose,
  type Section,
} from "./html.ts";
import { testsOf } from "./tests.ts";
import { gateOf } from "./verdict.ts";
import { workOf } from "./work.ts";

/** How it was done, each part folded: what a reader wants who doubts one of the answers above. */
export function machineryOf(data: RunPageData): Section {
  const parts: readonly Part[] = [
    ...planOf(data),
    ...testsOf(data),
    ...workOf(data),
    ...checksOf(data),
    ...gateOf(data),
    ...jobsOf(data),
    ...requestsOf(data),
    ...ledgerOf(data),
    peopleOf(data),
  ];
  const body = html`${parts.map((part) => fold(html`<b>${part.title}</b>`, part.body))}`;
  return { id: "machinery", label: "How it was done", title: "How it was done", body };
}

function ledgerOf({ ledger, issue, repository, people }: RunPageData): readonly Part[] {
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
  return [{ title: `The ledger: ${counted(ledger.length, "line")}`, body }];
}

function jobsOf({ jobs }: RunPageData): readonly Part[] {
  if (jobs.length === 0) return [];
  const end = jobs.reduce((latest, job) => Math.max(latest, job.startMs + job.durationMs), 1);
  const body = html`<div class="jobs">${jobs.map((job) => jobRow(job, end))}
<div class="job scale"><span class="name"></span><span class="ticks"><span>0</span><span>${sayDuration(end / 2)}</span><span>${sayDuration(end)}</span></span><span></span></div></div>
<p class="aside legend"><span class="key worker"></span> worker: thinks, cannot write <span class="key control"></span> control: writes, cannot think <span class="key other"></span> the repository's own</p>`;
  return [{ title: `The jobs: ${jobs.length}`, body }];
}

function jobRow(job: RunPageJob, end: number): Html {
  const left = (1_000 * job.startMs) / end;
  const width = Math.max(4, (1_000 * job.durationMs) / end);
  const ran = job.result !== "skipped";
  const bar = html`<svg viewBox="0 0 1000 12" preserveAspectRatio="none" role="img" aria-label="${job.name}: ${job.result} after ${sayDuration(job.durationMs)}"><rect class="track" x="0" y="5" width="1000" height="2"/>${ran ? html`<rect class="${job.result === "success" ? job.kind : "failed"}" x="${Math.min(left, 996).toFixed(1)}" y="1" width="${width.toFixed(1)}" height="10"/>` : NOTHING}</svg>`;
  return html`<div class="job"><span class="name">${job.name}</span>${bar}<span class="figure">${ran ? sayDuration(job.durationMs) : "skipped"}</span></div>`;
}

function requestsOf({ requests }: RunPageData): readonly Part[] {
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
  const body = html`<div class="wide"><table><tbody>${rows}</tbody></table></div>`;
  const title = `Requests to GitHub: ${counted(all, "request")}, ${writes} of them to write`;
  return [{ title, body }];
}

/** A run that stopped has said its refusals at the top. */
function peopleOf({ outcome, refusals, humanActions, repository }: RunPageData): Part {
  const people = humanActions.map((action) => html`<li>${action}</li>`);
  const refused = refusals.map(
    (refusal) => html`<li>${inlineHtml(sayRefusal(refusal), repository.url !== undefined)}</li>`,
  );
  const onTheWay =
    refused.length === 0
      ? html`<p>Nothing was refused.</p>`
      : html`<p>Refused:</p><ul>${refused}</ul>`;
  const body = html`${people.length === 0 ? html`<p>No person did anything.</p>` : html`<p>A person:</p><ul>${people}</ul>`}
${!outcome.ok && refused.length > 0 ? NOTHING : onTheWay}`;
  return { title: "What people did, and what was refused", body };
}

function planOf({ plan }: RunPageData): readonly Part[] {
  if (plan === undefined || plan.steps.length === 0) return [];
  const files = plan.files.map((path) => html`<li>${path}</li>`);
  const body = html`<ol class="plan">${plan.steps.map((step) => html`<li>${prose(step)}</li>`)}</ol>
${files.length === 0 ? NOTHING : fold(`${counted(files.length, "file")} it named`, html`<ul class="mono">${files}</ul>`)}`;
  return [{ title: "The plan", body }];
}
