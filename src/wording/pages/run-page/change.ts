import { counted } from "../../figures.ts";
import type { RunPageData } from "./data.ts";
import { renderDiff } from "./diff.ts";
import { html, NOTHING, prose, type Section } from "./html.ts";

/** What was changed: in a sentence, then file by file, the tests folded. */
export function changeOf({ change, draft, pullRequest, repository }: RunPageData): Section {
  const head = { id: "change", label: "Change", title: "The change" } as const;
  if (change === undefined) {
    const said = draft.length === 0 ? "Nothing was changed." : "Nothing came out but a draft.";
    return { ...head, body: html`<p class="quiet">${said}</p>` };
  }
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
${leftOut.length === 0 ? NOTHING : html`<p>New in the workspace and left out by .gitignore:</p><ul>${leftOut}</ul>`}
<p class="aside">${counted(change.changedLines, "changed line")} on <code>${change.base.slice(0, 7)}</code>, tree <code>${change.tree.slice(0, 7)}</code> · ${published}</p>
${renderDiff(change.diff, { whole, truncated: change.truncated })}`;
  return { ...head, body };
}
