import type { Contract } from "../../domain/contract.ts";
import type { RunPageData } from "./data.ts";
import { renderDiff } from "./diff.ts";
import { type Html, html, NOTHING } from "./html.ts";

/** The first half of the story: what was asked, agreed, planned and changed. */
export function renderStory(data: RunPageData): readonly Html[] {
  return [renderIssue(data), renderContract(data), renderPlan(data), renderChange(data)];
}

function renderIssue({ issue }: RunPageData): Html {
  const labels = issue.labels.map((label) => html`<span class="tag">${label}</span> `);
  return html`<section id="issue"><h2>The issue, as written</h2>
<p class="aside">#${issue.number} by ${issue.author} ${labels}</p>
<blockquote><h3>${issue.title}</h3><div class="written">${issue.body.trim() || "(no text)"}</div></blockquote>
</section>`;
}

function renderContract({ contract }: RunPageData): Html {
  if (contract === undefined)
    return html`<section id="contract"><h2>The contract</h2><p class="quiet">No contract was made.</p></section>`;
  const { goal, acceptance, reviewNote } = contract.contract;
  const rows = acceptance.map(
    ({ id, statement, proof }) =>
      html`<li><b>${id}</b> <span>${statement}</span> <span class="tag">${proof}</span></li>`,
  );
  const approval =
    contract.approvedBy === undefined
      ? "no approval was needed"
      : `approved by ${contract.approvedBy}`;
  return html`<section id="contract"><h2>The contract</h2>
<p class="lead">${goal}</p>
<ol class="criteria">${rows}</ol>
${reviewNote === "" ? NOTHING : html`<p class="aside">For the reviewer: ${reviewNote}</p>`}
<details><summary>Its bounds and context</summary><dl class="bounds">${boundsOf(contract.contract)}</dl></details>
<p class="aside">Version ${contract.version}, ${approval} · digest <code>${contract.digest.slice(0, 12)}</code></p>
</section>`;
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

function renderPlan({ plan }: RunPageData): Html {
  if (plan === undefined || plan.steps.length === 0) return NOTHING;
  return html`<section id="plan"><h2>The plan</h2>
<ol class="plan">${plan.steps.map((step) => html`<li>${step}</li>`)}</ol>
</section>`;
}

function renderChange({ change, pullRequest }: RunPageData): Html {
  if (change === undefined)
    return html`<section id="change"><h2>The change</h2><p class="quiet">Nothing was changed.</p></section>`;
  const assumptions = change.assumptions.map((text) => html`<li>${text}</li>`);
  const published =
    pullRequest === undefined
      ? html`not published`
      : html`pull request #${pullRequest.number}, head <code>${pullRequest.headSha.slice(0, 7)}</code>`;
  return html`<section id="change"><h2>The change</h2>
<p class="lead">${change.summary}</p>
${assumptions.length === 0 ? NOTHING : html`<p>Assumed on the way:</p><ul>${assumptions}</ul>`}
<p class="aside">${change.changedLines} changed lines on <code>${change.base.slice(0, 7)}</code>, tree <code>${change.tree.slice(0, 7)}</code> · ${published}</p>
${renderDiff(change.diff)}
${change.truncated ? html`<p class="quiet">The diff was cut here; the tree holds all of it.</p>` : NOTHING}
</section>`;
}
