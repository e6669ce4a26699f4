import type { Contract } from "../../../domain/contract.ts";
import { counted } from "../../figures.ts";
import { sayRefusal } from "../../refusals.ts";
import type { RunPageData } from "./data.ts";
import { renderDiff } from "./diff.ts";
import { type Html, html, inlineHtml, NOTHING, prose, type Section } from "./html.ts";
import { testsOf } from "./tests.ts";
import { workOf } from "./work.ts";

/** The first half of the story: what was asked, agreed, planned, done and changed. */
export function storyOf(data: RunPageData): readonly Section[] {
  return [
    ...stopOf(data),
    issueOf(data),
    contractOf(data),
    ...planOf(data),
    ...testsOf(data),
    ...workOf(data),
    changeOf(data),
  ];
}

/** A run that stopped says why before anything else. */
function stopOf({ outcome, refusals, draft, repository }: RunPageData): readonly Section[] {
  if (outcome.ok || refusals.length === 0) return [];
  const linked = repository.url !== undefined;
  const reasons = refusals.map(
    (refusal) => html`<li>${inlineHtml(sayRefusal(refusal), linked)}</li>`,
  );
  const kept =
    draft.length === 0
      ? NOTHING
      : html`<details><summary>Kept as a draft: ${counted(draft.length, "file")}</summary><ul class="mono">${draft.slice(0, 200).map((path) => html`<li>${path}</li>`)}</ul></details>`;
  const body = html`<ul class="reasons">${reasons}</ul>${kept}`;
  return [{ id: "stop", label: "Why it stopped", title: "Why it stopped", body }];
}

/** Of a longer issue the rest is folded: characters, and at most so many lines. */
const OPEN_CHARACTERS = 2_500;
const OPEN_LINES = 40;

function issueOf({ issue }: RunPageData): Section {
  const labels = issue.labels.map((label) => html`<span class="tag">${label}</span> `);
  const { first, rest } = splitText(issue.body.trim() || "(no text)");
  const more =
    rest === ""
      ? NOTHING
      : html`<details><summary>The rest: ${rest.length.toLocaleString("en-US")} more characters</summary><div class="written">${rest}</div></details>`;
  const body = html`<p class="aside">#${issue.number} by ${issue.author} ${labels}</p>
<blockquote><h3>${issue.title}</h3><div class="written">${first}</div>${more}</blockquote>`;
  return { id: "issue", label: "Issue", title: "The issue, as written", body };
}

/** Cut at the end of a line where there is one, never within a character. */
function splitText(text: string): { readonly first: string; readonly rest: string } {
  let end = Math.min(text.length, OPEN_CHARACTERS);
  const lines = text.slice(0, end).split("\n");
  if (lines.length > OPEN_LINES) end = lines.slice(0, OPEN_LINES).join("\n").length;
  // Folding a few words would cost more than it saves.
  if (text.length - end < 300) return { first: text, rest: "" };
  const line = text.lastIndexOf("\n", end);
  if (line > end / 2) end = line;
  if (/[\uD800-\uDBFF]/u.test(text.charAt(end - 1))) end -= 1;
  return { first: text.slice(0, end), rest: text.slice(end).replace(/^\n/u, "") };
}

function contractOf({ contract, questions }: RunPageData): Section {
  const head = { id: "contract", label: "Contract", title: "The contract" } as const;
  if (contract === undefined) return { ...head, body: renderQuestions(questions) };
  const { goal, acceptance, reviewNote } = contract.contract;
  const rows = acceptance.map(
    ({ id, statement, kind }) =>
      html`<li><b>${id}</b> <span>${prose(statement)}</span> <span class="tag">${kind}</span></li>`,
  );
  const approval =
    contract.approvedBy === undefined
      ? "no approval was needed"
      : `approved by ${contract.approvedBy}`;
  const body = html`<p class="lead">${prose(goal)}</p>
<ol class="criteria">${rows}</ol>
${reviewNote === "" ? NOTHING : html`<p class="aside">For the reviewer: ${prose(reviewNote)}</p>`}
<details><summary>Scope and context</summary><dl class="bounds">${boundsOf(contract.contract)}</dl></details>
<p class="aside">Version ${contract.version}, ${approval} · digest <code>${contract.digest.slice(0, 12)}</code></p>`;
  return { ...head, body };
}

function renderQuestions(questions: readonly string[]): Html {
  if (questions.length === 0) return html`<p class="quiet">No contract was made.</p>`;
  const asked = questions.map((question) => html`<li>${prose(question)}</li>`);
  return html`<p>No contract was made: nobody could say yet what done means. The factory asks:</p><ol class="plan">${asked}</ol>`;
}

function boundsOf(contract: Contract): readonly Html[] {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["Not part of this", contract.nonGoals],
    ["Files", contract.context.files],
    ["Tests", contract.context.tests],
    ["Documents", contract.context.docs],
    ["Decisions", contract.context.decisions],
    ["Could not be found", contract.context.notFound],
    ["Tools", [...contract.tools.mcp, ...contract.tools.readOnly, ...contract.tools.mutating]],
    ["Tools denied", contract.tools.denied],
    ["May change", contract.boundaries.paths],
    ["May run", contract.boundaries.commands],
    ["May reach", contract.boundaries.network],
    ["Secrets", contract.boundaries.secrets],
    ["Checks", contract.checks],
    ["Stop and ask when", contract.stop],
    ["Split off", contract.split],
  ];
  return lists.flatMap(([title, lines]) =>
    lines.length === 0
      ? []
      : [html`<dt>${title}</dt><dd>${lines.map((line) => html`<div>${line}</div>`)}</dd>`],
  );
}

function planOf({ plan }: RunPageData): readonly Section[] {
  if (plan === undefined || plan.steps.length === 0) return [];
  const files = plan.files.map((path) => html`<li>${path}</li>`);
  const body = html`<ol class="plan">${plan.steps.map((step) => html`<li>${prose(step)}</li>`)}</ol>
${files.length === 0 ? NOTHING : html`<details><summary>${counted(files.length, "file")} it named</summary><ul class="mono">${files}</ul></details>`}`;
  return [{ id: "plan", label: "Plan", title: "The plan", body }];
}

function changeOf({ change, draft, pullRequest, repository }: RunPageData): Section {
  const head = { id: "change", label: "Change", title: "The change" } as const;
  if (change === undefined) {
    const said = draft.length === 0 ? "Nothing was changed." : "Nothing came out but a draft.";
    return { ...head, body: html`<p class="quiet">${said}</p>` };
  }
  const assumptions = change.assumptions.map((text) => html`<li>${prose(text)}</li>`);
  const leftOut = (change.leftOut ?? []).map(
    ({ path, rule }) => html`<li><code>${path}</code> (${rule})</li>`,
  );
  const published =
    pullRequest === undefined
      ? html`not published`
      : html`pull request #${pullRequest.number}, head <code>${pullRequest.headSha.slice(0, 7)}</code>`;
  const whole =
    pullRequest !== undefined && repository.url !== undefined
      ? html`<a href="${repository.url}/pull/${pullRequest.number}/files" rel="noreferrer">the pull request</a>`
      : html`<code>git diff ${change.base.slice(0, 12)} ${change.tree.slice(0, 12)}</code>`;
  const body = html`<p class="lead">${prose(change.summary)}</p>
${assumptions.length === 0 ? NOTHING : html`<p>Assumed on the way:</p><ul>${assumptions}</ul>`}
${leftOut.length === 0 ? NOTHING : html`<p>New in the workspace and left out by .gitignore:</p><ul>${leftOut}</ul>`}
<p class="aside">${counted(change.changedLines, "changed line")} on <code>${change.base.slice(0, 7)}</code>, tree <code>${change.tree.slice(0, 7)}</code> · ${published}</p>
${renderDiff(change.diff, { whole, truncated: change.truncated })}`;
  return { ...head, body };
}
