import { counted } from "../../figures.ts";
import { sayRefusal } from "../../refusals.ts";
import type { RunPageData } from "./data.ts";
import { html, inlineHtml, NOTHING, type Section } from "./html.ts";

/** A run that stopped says why before anything else. */
export function stopOf({ outcome, refusals, draft, repository }: RunPageData): readonly Section[] {
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
