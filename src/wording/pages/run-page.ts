import { headOf } from "./head.ts";
import { changeOf } from "./run-page/change.ts";
import { costOf } from "./run-page/cost.ts";
import type { RunPageData } from "./run-page/data.ts";
import { renderContents, renderHead } from "./run-page/head.ts";
import { html } from "./run-page/html.ts";
import { limitsOf } from "./run-page/limits.ts";
import { machineryOf } from "./run-page/machinery.ts";
import { nightsOf } from "./run-page/nights.ts";
import { proofOf } from "./run-page/proof.ts";
import { stagedOf } from "./run-page/staged.ts";
import { stopOf } from "./run-page/stop.ts";
import { STYLE } from "./run-page/style.ts";
import { reviewOf, smokeOf } from "./run-page/verdict.ts";

/**
 * The page of a run: one HTML file. First what came out and on whose word, then what was asked and proven, the change, what
 * nobody verified, what it took; how it was done stands folded at the end. It loads nothing and runs nothing: the policy in its head
 * allows the one style below, by its hash, and no script, image, font, form or frame. All text of others is escaped.
 */
export function renderRunPage(data: RunPageData): string {
  const sections = [
    ...stopOf(data),
    proofOf(data),
    changeOf(data),
    reviewOf(data),
    ...smokeOf(data),
    ...limitsOf(data),
    ...nightsOf(data),
    costOf(data),
    machineryOf(data),
    ...stagedOf(data),
  ];
  const page = html`${headOf({ title: `${data.issue.title} · ${data.repository.name}`, style: STYLE })}<body>
${renderContents(sections)}
<main>
${renderHead(data)}
${sections.map(({ id, title, body }) => html`<section id="${id}"><h2>${title}</h2>${body}</section>\n`)}
<footer>Written by Millwright from what happened at ${data.startedAt}. You can recount every figure from the ledger and the runs.</footer>
</main>
</body>
</html>
`;
  return page.markup;
}
