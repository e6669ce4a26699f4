import { countsAsPassed } from "../../../domain/evidence/known-failure.ts";
import { lengthOf } from "../../../domain/evidence/summed.ts";
import type { CheckRun, Evidence, TestComparison } from "../../../domain/evidence.ts";
import { sayScope } from "../../checks/scope.ts";
import { counted, sayDuration } from "../../figures.ts";
import type { RunPageData } from "./data.ts";
import { folded, type Html, html, NOTHING, type Part } from "./html.ts";
import { noticedOf } from "./noticed.ts";
import { mark } from "./verdict.ts";

/** What ran on the base and on the change, and how the tests fell. */
export function checksOf(data: RunPageData): readonly Part[] {
  const checks = data.evidence.filter((piece) => piece.kind === "check");
  const comparison = data.evidence.find((piece) => piece.kind === "test-comparison");
  if (data.evidence.length === 0) return [];
  const body = html`${comparison === undefined ? NOTHING : renderComparison(comparison)}
${noticedOf(data)}
<h3>Checks</h3>
<div class="cards"><table class="checks"><thead><tr><th>Check</th><th>On</th><th>Command</th><th>Said</th><th class="figure">Took</th></tr></thead>
<tbody>${checks.map((run) => checkRow(run, data.evidence))}</tbody></table></div>
${checks.filter(({ status }) => status !== "passed").map(renderTail)}`;
  return [{ title: `Checks and tests: ${counted(checks.length, "run")}`, body }];
}

/** Only on the change does a failure count against it: the base and its new tests are there to fail. */
function checkRow(run: CheckRun, evidence: readonly Evidence[]): Html {
  const counts = run.on === "change";
  const passed = counts ? countsAsPassed(run, evidence) : run.status === "passed";
  return html`<tr><td>${mark(passed || counts ? passed : undefined)} <b>${run.name}</b>${sayScope(run)}</td><td>${run.on.replaceAll("-", " ")}</td><td><code>${run.command}</code></td><td>${sayEnd(run, counts && passed)}</td><td class="figure">${sayDuration(run.durationMs)}</td></tr>`;
}

function sayEnd(run: CheckRun, forgiven: boolean): string {
  const tests = run.tests === undefined ? "" : `, ${counted(lengthOf(run, "tests"), "test")}`;
  const note = run.note === undefined ? "" : `: ${run.note}`;
  if (run.status === "passed") return `passed${tests}${note}`;
  if (run.status === "timed-out") return `timed out${note}`;
  if (forgiven) return `passes but for known failures${tests}${note}`;
  const code = run.exitCode === null ? "killed" : `exit code ${run.exitCode}`;
  return `failed, ${code}${tests}${note}`;
}

function renderTail(run: CheckRun): Html {
  if (run.tail.trim() === "") return NOTHING;
  return html`<details><summary>End of the output of ${run.name} on ${run.on.replaceAll("-", " ")}</summary><pre class="tail">${run.tail}</pre></details>`;
}

const GROUPS = [
  ["new", "failed before, pass now", "failToPass"],
  ["unseen", "new, never seen failing", "new"],
  ["same", "pass on both", "passToPass"],
  ["lost", "passed before, do not now", "passToFail"],
  ["lost", "new and failing", "newFailing"],
  ["lost", "gone", "gone"],
  ["lost", "taken out of a test file by the change", "removed"],
  ["unseen", "named differently in each run", "unstable"],
  ["unseen", "flaky: failed once and passed once on the same bytes", "flaky"],
  ["old", "fail on both", "failToFail"],
] as const;

function renderComparison(comparison: TestComparison): Html {
  if (comparison.source === "exit-code") {
    return html`<h3>Tests</h3><p class="quiet">No report was found: only the exit code speaks.</p>`;
  }
  const groups = GROUPS.map(([kind, title, key]) => ({
    kind,
    title,
    names: comparison[key] ?? [],
    count: lengthOf(comparison, key),
  }));
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  const lists = groups
    .filter(({ names }) => names.length > 0)
    .map(
      ({ kind, title, names, count }) =>
        html`<details><summary><span class="count ${kind}">${count}</span> ${title}</summary>${folded(names, { open: 100, maximum: 500 })}</details>`,
    );
  const altered = comparison.altered ?? [];
  // They stand in the groups above, too: here is what they no longer say.
  const asserted =
    altered.length === 0
      ? NOTHING
      : html`<details open><summary><span class="count lost">${altered.length}</span> asserted something else before</summary>${folded(altered, { open: 100, maximum: 500 })}</details>`;
  return html`<h3>Tests, before and after</h3>${renderBar(groups, all)}${lists}${asserted}`;
}

/** How the tests fell, as one bar; the smallest group stays visible. */
function renderBar(
  groups: readonly {
    readonly kind: string;
    readonly title: string;
    readonly count: number;
  }[],
  all: number,
): Html {
  if (all === 0) return NOTHING;
  const shown = groups.filter(({ count }) => count > 0);
  const widths = shown.map(({ count }) => Math.max(12, (1_000 * count) / all));
  const sum = widths.reduce((total, width) => total + width, 0);
  let left = 0;
  const bars = shown.map(({ kind }, index) => {
    const width = (1_000 * (widths[index] ?? 0)) / sum;
    const bar = html`<rect class="${kind}" x="${left.toFixed(1)}" y="0" width="${Math.max(0, width - 3).toFixed(1)}" height="10"/>`;
    left += width;
    return bar;
  });
  const label = shown.map(({ count, title }) => `${count} ${title}`).join(", ");
  return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${label}">${bars}</svg>`;
}
