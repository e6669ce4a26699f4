import type { BaselineCheck } from "../../../domain/proposal.ts";
import type { RunPageData } from "./data.ts";
import { folded, type Html, html, NOTHING, type Part } from "./html.ts";

/** What the agents looked at and what ran for them, beside what was broken before they came. */
export function workOf({ work }: RunPageData): readonly Part[] {
  const parts = [renderBaseline(work.baseline), renderRead(work.read), renderRan(work.ran)];
  if (parts.every((part) => part === NOTHING)) return [];
  return [{ title: "What the agents read and ran", body: html`${parts}` }];
}

function renderBaseline(baseline: readonly BaselineCheck[]): Html {
  const broken = baseline.filter(({ status }) => status !== "passed");
  if (broken.length === 0) {
    return baseline.length === 0
      ? NOTHING
      : html`<p class="aside">Before work began, every check passed: ${baseline.map(({ name }) => name).join(", ")}.</p>`;
  }
  const rows = broken.map(
    ({ name, said, failing }) =>
      html`<li><b>${name}</b> <span>${said}${failing.length === 0 ? NOTHING : html`<details><summary>${failing.length} failing there</summary>${folded(failing, { open: 50, maximum: 50 })}</details>`}</span></li>`,
  );
  return html`<h3>Before work began</h3><ol class="criteria">${rows}</ol><p class="aside">The coder knows what failed here, and does not have to repair it.</p>`;
}

function renderRead(read: RunPageData["work"]["read"]): Html {
  if (read.length === 0) return NOTHING;
  const workers = read.map(
    ({ by, places }) => html`<dt>${by}</dt><dd>${folded(places, { open: 8, maximum: 200 })}</dd>`,
  );
  return html`<h3>Read</h3><dl class="bounds">${workers}</dl>`;
}

const COMMAND = /^(?<kind>bash|run_check) (?<rest>.*)$/su;

/** A command as it was typed; a check by what it said. */
function renderRan(ran: readonly string[]): Html {
  if (ran.length === 0) return NOTHING;
  const rows = ran.map((line) => {
    const { kind, rest } = COMMAND.exec(line)?.groups ?? {};
    if (kind === "bash") return html`<li><code>${rest}</code></li>`;
    if (kind === "run_check") return html`<li>asked for the check <b>${rest}</b></li>`;
    return html`<li>${line}</li>`;
  });
  const open = 12;
  const more =
    rows.length <= open
      ? NOTHING
      : html`<details><summary>${rows.length - open} more</summary><ol class="ran">${rows.slice(open)}</ol></details>`;
  return html`<h3>Ran</h3><ol class="ran">${rows.slice(0, open)}</ol>${more}`;
}
