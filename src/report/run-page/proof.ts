import type { CheckRun, Evidence, TestComparison } from "../../domain/evidence.ts";
import type { Finding, Verdict } from "../../domain/verdict.ts";
import { sayDuration } from "../figures.ts";
import type { RunPageData } from "./data.ts";
import { type Html, html, NOTHING } from "./html.ts";

/** The second half of the story: what proves the change, who vetoed nothing, what was seen live. */
export function renderProof(data: RunPageData): readonly Html[] {
  return [renderEvidence(data), renderReview(data), renderGate(data), renderSmoke(data)];
}

function mark(ok: boolean | undefined): Html {
  if (ok === undefined) return html`<span class="mark open" title="open">○</span>`;
  return ok
    ? html`<span class="mark yes" title="yes">✓</span>`
    : html`<span class="mark no" title="no">✕</span>`;
}

function renderEvidence(data: RunPageData): Html {
  const checks = data.evidence.filter((piece) => piece.kind === "check");
  const comparison = data.evidence.find((piece) => piece.kind === "test-comparison");
  if (data.evidence.length === 0)
    return html`<section id="evidence"><h2>The evidence</h2><p class="quiet">No evidence was gathered.</p></section>`;
  return html`<section id="evidence"><h2>The evidence</h2>
<ol class="criteria">${criteriaOf(data)}</ol>
<h3>Checks</h3>
<div class="wide"><table><thead><tr><th>Check</th><th>On</th><th>Command</th><th class="figure">Took</th></tr></thead>
<tbody>${checks.map(checkRow)}</tbody></table></div>
${comparison === undefined ? NOTHING : renderComparison(comparison)}
${checks.filter(({ status }) => status !== "passed").map(renderTail)}
</section>`;
}

function criteriaOf({ contract, evidence, verdict }: RunPageData): readonly Html[] {
  return (contract?.contract.acceptance ?? []).map(({ id, statement }) => {
    const proof = evidence.find((piece) => piece.kind === "criterion" && piece.criterion === id);
    const { met, by } = judge(
      proof,
      verdict?.criteria.find((criterion) => criterion.id === id),
    );
    return html`<li>${mark(met)} <b>${id}</b> <span>${statement}<br><small>${by}</small></span></li>`;
  });
}

function judge(
  proof: Evidence | undefined,
  judged: Verdict["criteria"][number] | undefined,
): { readonly met: boolean | undefined; readonly by: string } {
  if (proof?.kind !== "criterion") return { met: undefined, by: "nothing was gathered" };
  if (proof.status !== "for-review") return { met: proof.status === "proven", by: proof.by };
  return {
    met: judged?.met,
    by: judged === undefined ? "waits for a review" : `review: ${judged.evidence}`,
  };
}

function checkRow(run: CheckRun): Html {
  return html`<tr><td>${mark(run.status === "passed")} ${run.name}</td><td>${run.on.replaceAll("-", " ")}</td><td><code>${run.command}</code></td><td class="figure">${sayDuration(run.durationMs)}</td></tr>`;
}

function renderTail(run: CheckRun): Html {
  if (run.tail.trim() === "") return NOTHING;
  return html`<details><summary>End of the output of ${run.name} on ${run.on.replaceAll("-", " ")}</summary><pre class="tail">${run.tail}</pre></details>`;
}

function renderComparison(comparison: TestComparison): Html {
  if (comparison.source === "exit-code") {
    return html`<h3>Tests</h3><p class="quiet">No report was found: only the exit code speaks.</p>`;
  }
  const groups: readonly (readonly [string, string, readonly string[]])[] = [
    ["yes", "failed before, pass now", comparison.failToPass],
    ["yes", "pass on both", comparison.passToPass],
    ["no", "passed before, fail now", comparison.passToFail],
    ["open", "fail on both", comparison.failToFail],
  ];
  return html`<h3>Tests</h3>${groups.map(([kind, title, names]) =>
    names.length === 0
      ? NOTHING
      : html`<details><summary><span class="count ${kind}">${names.length}</span> ${title}</summary><ul class="tests">${names.slice(0, 200).map((name) => html`<li>${name}</li>`)}</ul>${names.length > 200 ? html`<p class="quiet">and ${names.length - 200} more</p>` : NOTHING}</details>`,
  )}`;
}

function renderReview({ verdict }: RunPageData): Html {
  if (verdict === undefined)
    return html`<section id="review"><h2>The review</h2><p class="quiet">Nobody reviewed it.</p></section>`;
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0
      ? NOTHING
      : html`<dt>${title}</dt><dd>${lines.map((line) => html`<div>${line}</div>`)}</dd>`;
  return html`<section id="review"><h2>The review</h2>
<p class="lead"><span class="tag ${verdict.decision === "approve" ? "good" : "bad"}">${verdict.decision}</span> ${verdict.summary}</p>
${verdict.findings.map(renderFinding)}
<dl class="bounds">${list("Assumed", verdict.assumptions)}${list("Not verified", verdict.notVerified)}${list("Smallest rollback", verdict.smallestRollback === "" ? [] : [verdict.smallestRollback])}</dl>
</section>`;
}

function renderFinding(finding: Finding): Html {
  return html`<div class="finding"><p><span class="tag ${finding.severity === "minor" ? "" : "bad"}">${finding.severity}</span> <code>${finding.path}:${finding.line}</code></p>
<p>${finding.claim}</p><p class="quiet">${finding.howItFails}</p>${finding.suggestion === undefined ? NOTHING : html`<p>${finding.suggestion}</p>`}</div>`;
}

function renderGate({ gate, risk }: RunPageData): Html {
  if (gate.length === 0) return NOTHING;
  const lines = gate.map(
    ({ name, ok, sentence }) => html`<li>${mark(ok)} <b>${name}</b> <span>${sentence}</span></li>`,
  );
  const assessed =
    risk === undefined
      ? NOTHING
      : html`<p class="aside">Risk <b>${risk.risk}</b>: ${risk.reasons.join("; ")}</p>`;
  return html`<section id="gate"><h2>The gate</h2><ol class="criteria">${lines}</ol>${assessed}</section>`;
}

function renderSmoke({ smoke, pullRequest }: RunPageData): Html {
  if (smoke === undefined) return NOTHING;
  const probes = smoke.probes.map(
    (probe) =>
      html`<li>${mark(probe.status === "passed")} <span><code>${probe.url}</code><br><small>${probe.found} · ${sayDuration(probe.durationMs)}${probe.tries > 1 ? ` · ${probe.tries} tries` : ""}</small></span></li>`,
  );
  const merged = pullRequest?.mergeSha?.slice(0, 7);
  return html`<section id="smoke"><h2>Live</h2>
<p class="lead">${merged === undefined ? "" : html`The merge <code>${merged}</code>: `}${smoke.status.replaceAll("-", " ")} after ${sayDuration(smoke.waitedMs)} of waiting.</p>
<ol class="criteria">${probes}</ol></section>`;
}
