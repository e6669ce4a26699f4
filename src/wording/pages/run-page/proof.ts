import { type CriterionRow, criterionRows, sayBase } from "../../criteria/rows.ts";
import { sayProven } from "../../criteria/table.ts";
import { counted } from "../../figures.ts";
import { boundsOf } from "./bounds.ts";
import type { RunPageData } from "./data.ts";
import { fold, type Html, html, NOTHING, prose, type Section } from "./html.ts";
import { peoplesMarkdown } from "./markdown.ts";
import { mark } from "./verdict.ts";

/** What was asked, what was agreed, and what proves it: one table from the issue to the evidence. */
export function proofOf(data: RunPageData): Section {
  const body = html`${issueOf(data)}${contractOf(data)}`;
  const title = "What was asked, agreed and proven";
  return { id: "proof", label: "Asked and proven", title, body };
}

function issueOf({ issue }: RunPageData): Html {
  const labels = issue.labels.map((label) => html`<span class="tag">${label}</span> `);
  const text = issue.body.trim();
  const written = text === "" ? html`<p class="quiet">(no text)</p>` : peoplesMarkdown(text);
  const said = isLong(text)
    ? fold(`The issue, as written: ${counted(text.length, "character")}`, written)
    : written;
  return html`<blockquote><p class="aside">#${issue.number} by ${issue.author} ${labels}</p><h3>${issue.title}</h3>${said}</blockquote>`;
}

/** A longer issue stays shut: what came of it stands below. */
function isLong(text: string): boolean {
  return text.length > 1_500 || text.split("\n").length > 30;
}

function contractOf(data: RunPageData): Html {
  const { contract, questions } = data;
  if (contract === undefined) return renderQuestions(questions);
  const { goal, reviewNote } = contract.contract;
  const approval =
    contract.approvedBy === undefined
      ? "no approval was needed"
      : `approved by ${contract.approvedBy}`;
  return html`<h3>Agreed and proven</h3><p class="lead">${prose(goal)}</p>
${tableOf(data)}
<p class="aside">Contract version ${contract.version}, ${approval} · digest <code>${contract.digest.slice(0, 12)}</code></p>
${reviewNote === "" ? NOTHING : html`<p class="aside">For the reviewer: ${prose(reviewNote)}</p>`}
${fold("Scope and context of the contract", html`<dl class="bounds">${boundsOf(contract.contract)}</dl>`)}`;
}

function renderQuestions(questions: readonly string[]): Html {
  if (questions.length === 0) return html`<p class="quiet">No contract was made.</p>`;
  const asked = questions.map((question) => html`<li>${prose(question)}</li>`);
  return html`<p>No contract was made: nobody could say yet what done means. The factory asks:</p><ol class="plan">${asked}</ol>`;
}

function tableOf({ contract, evidence, verdict }: RunPageData): Html {
  if (contract === undefined) return NOTHING;
  const judged = verdict === undefined ? {} : { verdict };
  const text = { contract: contract.contract, evidence, ...judged };
  const said =
    evidence.length === 0 ? "No evidence was gathered." : `${sentence(sayProven(text))}.`;
  const rows = criterionRows(text).map(criterionRow);
  return html`<p>${said}</p>
<div class="cards"><table class="proofs"><thead><tr><th>Agreed</th><th>Shown by</th><th>Base → change</th><th>Notices</th><th>Reviewer</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function criterionRow({ id, statement, kind, standing, ...row }: CriterionRow): Html {
  const open = standing === "judged" || standing === "unreviewed";
  const met = open ? undefined : standing === "proven";
  const list = (lines: readonly string[]) => lines.map((line) => html`<div>${prose(line)}</div>`);
  const by = row.by === "" ? NOTHING : html`<div class="quiet">${row.by}</div>`;
  const why = row.open === "" ? NOTHING : html`<div class="quiet">${prose(row.open)}</div>`;
  return html`<tr><td>${mark(met)} <b>${id}</b> ${prose(statement)} <span class="tag">${kind}</span></td><td>${list(row.named)}${by}${why}</td><td>${list(row.seen.map((one) => `${sayBase(one)} → ${one.change}`))}</td><td>${list(row.notices)}</td><td>${prose(row.reviewer)}</td></tr>`;
}
