import { type ProbeResult, wasSeenLive } from "../../../domain/smoke.ts";
import type { Finding } from "../../../domain/verdict.ts";
import { counted, sayDuration } from "../../figures.ts";
import { sayProbe, saySmoke } from "../../smoke.ts";
import type { RunPageData } from "./data.ts";
import { type Html, html, NOTHING, type Part, prose, type Section } from "./html.ts";

/** Yes, no, or open. */
export function mark(ok: boolean | undefined): Html {
  if (ok === undefined) return html`<span class="mark open" title="open">○</span>`;
  return ok
    ? html`<span class="mark yes" title="yes">✓</span>`
    : html`<span class="mark no" title="no">✕</span>`;
}

export function reviewOf({ verdict }: RunPageData): Section {
  const head = { id: "review", label: "Review", title: "The review" } as const;
  if (verdict === undefined) {
    return { ...head, body: html`<p class="quiet">Nobody reviewed it.</p>` };
  }
  const body = html`<p class="lead"><span class="tag ${verdict.decision === "approve" ? "good" : "bad"}">${verdict.decision}</span> ${prose(verdict.summary)}</p>
${verdict.findings.map(renderFinding)}`;
  return { ...head, body };
}

function renderFinding(finding: Finding): Html {
  return html`<div class="finding"><p><span class="tag ${finding.severity === "minor" ? "" : "bad"}">${finding.severity}</span> <code>${finding.path}:${finding.line}</code></p>
<p>${prose(finding.claim)}</p><p class="quiet">${prose(finding.howItFails)}</p>${finding.suggestion === undefined ? NOTHING : html`<p>${prose(finding.suggestion)}</p>`}</div>`;
}

export function gateOf({ gate, risk }: RunPageData): readonly Part[] {
  if (gate.length === 0) return [];
  const lines = gate.map(
    ({ name, ok, sentence }) => html`<li>${mark(ok)} <b>${name}</b> <span>${sentence}</span></li>`,
  );
  const assessed =
    risk === undefined
      ? NOTHING
      : html`<p class="aside">Risk <b>${risk.risk}</b>: ${risk.reasons.join("; ")}</p>`;
  const body = html`<ol class="criteria">${lines}</ol>${assessed}`;
  const met = gate.filter(({ ok }) => ok).length;
  return [{ title: `The gate: ${met} of ${counted(gate.length, "condition")} met`, body }];
}

export function smokeOf({ smoke, pullRequest }: RunPageData): readonly Section[] {
  if (smoke === undefined) return [];
  const probes = smoke.probes.map(
    (probe) =>
      html`<li>${mark(markOf(probe.status))} <span><code>${probe.url}</code><br><small>${sayProbe(probe)} · ${probe.found} · ${sayDuration(probe.durationMs)}</small></span></li>`,
  );
  const merged = pullRequest?.mergeSha?.slice(0, 7);
  const body = html`<p class="lead">${merged === undefined ? "" : html`The merge <code>${merged}</code>: `}${saySmoke(smoke)}, after ${sayDuration(smoke.waitedMs)} of waiting.</p>
${lookedFor(smoke)}
<ol class="criteria">${probes}</ol>`;
  const title = wasSeenLive(smoke) ? "Live" : "After the merge";
  return [{ id: "smoke", label: title, title, body }];
}

/** Where nobody could tell, or the merge did not do it, nothing is ticked or crossed. */
function markOf(status: ProbeResult["status"]): boolean | undefined {
  return status === "passed" ? true : status === "failed" ? false : undefined;
}

function lookedFor({ lookedFor }: NonNullable<RunPageData["smoke"]>): Html {
  if (lookedFor === null) return NOTHING;
  return html`<p class="aside"><code>${lookedFor.where}</code>: ${lookedFor.found}</p>`;
}
