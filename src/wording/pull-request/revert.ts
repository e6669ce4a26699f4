import type { ObjectId } from "../../domain/digest.ts";
import type { Evidence } from "../../domain/evidence.ts";
import { renderConditions } from "../checks/gate-checklist.ts";
import { type RuleOutcome, sayOutcome } from "../checks/gate-sentences.ts";
import { counted } from "../figures.ts";
import { fold } from "../fold.ts";
import { boundBody, ownLink, safeText } from "../safe-text.ts";
import { sayChecks } from "./body.ts";

/** Files that the body names. */
const MOST_FILES = 10;

interface Taken {
  readonly issue: number;
  readonly attempt: number;
  readonly mergeSha: ObjectId;
}

/** The commit that takes a merge back; its trailers name the merge, and the tree that was verified. */
export function renderRevertCommit(taken: Taken & { readonly tree: ObjectId }): string {
  const { issue, attempt, mergeSha, tree } = taken;
  return [
    `Take back the merge of issue ${issue}, attempt ${attempt}`,
    "",
    "Its smoke test failed in production, and passed at the commit before it.",
    "",
    `Reverts: ${mergeSha}`,
    `Verified-Tree: ${tree}`,
  ].join("\n");
}

/** Title and body of its pull request: what was seen, what is taken back, what was checked. */
export function renderRevertPullRequest(
  taken: Taken & {
    readonly pullRequest: number;
    readonly seen: readonly { readonly subject: string; readonly found: string }[];
    readonly paths: readonly string[];
    readonly evidence: readonly Evidence[];
    /** Address of the repository. */
    readonly repository: string;
    readonly runUrl: string;
  },
): { readonly title: string; readonly body: string } {
  const { issue, mergeSha, pullRequest, repository, paths, seen } = taken;
  const commit = ownLink(mergeSha.slice(0, 7), `${repository}/commit/${mergeSha}`);
  const pull = ownLink(`pull request ${pullRequest}`, `${repository}/pull/${pullRequest}`);
  const more = paths.length > MOST_FILES ? [`- and ${paths.length - MOST_FILES} more`] : [];
  const lines = [
    `**This takes back the merge of ${pull}** (${commit}), which broke production: these probes passed at the commit before it and fail since.`,
    "",
    ...seen.map(({ subject, found }) => `- ${safeText(subject)}: ${safeText(found)}`),
    "",
    `**Checks** on the tree that is left: ${sayChecks(taken.evidence)}`,
    "",
    `${counted(paths.length, "file is", "files are")} as before that merge; what else was merged since stays.`,
    "",
    ...fold("The files", [
      ...paths.slice(0, MOST_FILES).map((path) => `- ${safeText(path)}`),
      ...more,
    ]),
    "",
    `Made by code from git data alone; no model was asked. ${ownLink("The issue", `${repository}/issues/${issue}`)} stays open. ${ownLink("The run", taken.runUrl)}`,
    "",
  ];
  return { title: `Take back the merge of issue ${issue}`, body: boundBody(lines.join("\n")) };
}

/** Title and summary of its check run. */
export function renderRevertCheck(
  outcomes: readonly RuleOutcome[],
  mergedBy: "factory" | "person",
): { readonly title: string; readonly summary: string } {
  return renderConditions(outcomes.map(sayOutcome), mergedBy);
}
