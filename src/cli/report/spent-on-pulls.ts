import { isPullWorkSealed, type SealedPullWork } from "../../domain/ledger/pull-work.ts";
import type { SealContext } from "../../domain/ledger.ts";
import type { GitHubExport } from "../../measures/history/github-export.ts";
import type { Spending } from "../../measures/history/history.ts";
import { WORK_MARKERS } from "../../wording/pull-request/unblock-work.ts";
import { parseWorkFold } from "../../wording/pull-request/work-lines.ts";

/**
 * What reviews of people's pull requests, and mending them, cost: each order once, as comments of an app say it.
 * @param key without it no seal is checked
 */
export function spentOnPulls(
  { comments = [], repository }: GitHubExport,
  key: string | undefined,
): { readonly spendings: readonly Spending[]; readonly disbelieved: readonly string[] } {
  const spendings = new Map<string, Spending>();
  const disbelieved: string[] = [];
  for (const { issue_url, body } of comments.filter(isWork)) {
    const issue = Number(/\/([0-9]+)$/.exec(issue_url)?.[1]);
    const lines = believedLines(body ?? "", { place: { repositoryId: repository.id, issue }, key });
    if (lines === undefined) disbelieved.push(`#${issue}: what it cost was changed`);
    for (const { work, run, at, usage } of lines ?? []) {
      const name = `${issue} ${work} ${run} ${at}`;
      if (usage !== undefined) spendings.set(name, { issue, at, usd: usage.usd });
    }
  }
  return { spendings: [...spendings.values()], disbelieved };
}

function isWork({ user, body }: NonNullable<GitHubExport["comments"]>[number]): boolean {
  return user?.type === "Bot" && WORK_MARKERS.some((marker) => body?.startsWith(marker) === true);
}

function believedLines(body: string, context: SealContext): readonly SealedPullWork[] | undefined {
  const read = parseWorkFold(body);
  if ("fault" in read) return undefined;
  const isWhole =
    context.key === undefined || read.lines.every((line) => isPullWorkSealed(line, context));
  return isWhole ? read.lines : undefined;
}
