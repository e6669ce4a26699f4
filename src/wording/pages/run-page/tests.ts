import type { Correction, TestsWritten } from "../../../domain/evidence/tests-written.ts";
import { sayCorrection, sayShare, sayWhy, WRITERS } from "../../criteria/who-wrote.ts";
import type { RunPageData } from "./data.ts";
import { folded, type Html, html, NOTHING, type Part, prose } from "./html.ts";

/** Who wrote the tests, what the tester was asked to correct, and what each role might spend. */
export function testsOf({ work: { tests } }: RunPageData): readonly Part[] {
  if (tests === undefined) return [];
  const rows = tests.criteria.map((row) => {
    const why = sayWhy(row);
    return html`<li><b>${row.criterion}</b> <span>${WRITERS[row.by]}</span>${why === "" ? NOTHING : html` <span class="quiet">${prose(why)}</span>`}</li>`;
  });
  const body = html`<ol class="criteria">${rows}</ol>
${summaryOf(tests)}
${filesOf(tests)}
${correctionsOf(tests.corrections)}
${sharesOf(tests)}`;
  return [{ title: "Who wrote the tests", body }];
}

function summaryOf({ summary }: TestsWritten): Html {
  return summary === undefined ? NOTHING : html`<p class="aside">The tester: ${prose(summary)}</p>`;
}

function filesOf({ files, takenBack }: TestsWritten): Html {
  const own =
    files.length === 0
      ? NOTHING
      : html`<p class="aside">The tester's files, byte for byte as they were before the coder began: ${folded(files, { open: 8, maximum: 100 })}</p>`;
  const back =
    takenBack.length === 0
      ? NOTHING
      : html`<p class="aside">Touched by the coder once, and put back: ${folded(takenBack, { open: 8, maximum: 50 })}</p>`;
  return html`${own}${back}`;
}

function correctionsOf(corrections: readonly Correction[]): Html {
  if (corrections.length === 0) return NOTHING;
  const rows = corrections.map((one) => {
    const diff =
      one.diff === undefined
        ? NOTHING
        : html`<details open><summary>What changed</summary><pre class="tail">${one.diff}</pre></details>`;
    return html`<li><span>${prose(sayCorrection(one))}${diff}</span></li>`;
  });
  return html`<h3>Corrections</h3><ol class="criteria">${rows}</ol>`;
}

function sharesOf({ shares }: TestsWritten): Html {
  if (shares.length === 0) return NOTHING;
  return html`<h3>What each might spend</h3><ul>${shares.map((share) => html`<li>${sayShare(share)}</li>`)}</ul>`;
}
