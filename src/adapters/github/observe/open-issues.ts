import { z } from "zod";
import type { OpenIssue, Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { andonLabel, waitingLabel } from "../../../domain/label.ts";
import { IssueAnswer } from "../answers.ts";
import type { Client } from "../client.ts";
import { type Labelled, readLabellers } from "./andon.ts";

/** Entries of a page; a list that fills it may go on. */
const PAGE = 100;

type Read = Pick<Snapshot, "openIssues" | "waiting" | "asked"> & {
  readonly labelled: readonly Labelled[];
};

/**
 * Open issues, andon and waiting ones among them: with all of them asked for, both are in that list. Where the waiting ones
 * are asked for, one page holds everything in most repositories; only where it is full two lists follow, by label. GitHub
 * lists pull requests too.
 */
export async function readOpenIssues(client: Client, scope: Scope): Promise<Read> {
  const andon = andonLabel(scope.prefix);
  const { listed, isAll } = await listIssues(client, scope);
  const issues = listed.filter((issue) => issue.pull_request === undefined);
  const shown = (label: string) =>
    issues.filter(({ labels }) => labels.some((one) => one.toLowerCase() === label.toLowerCase()));
  return {
    labelled: await readLabellers(client, shown(andon), andon),
    openIssues:
      scope.openIssues === true ? { known: issues.map(openIssue) } : { unknown: "not asked for" },
    ...(scope.waiting === true
      ? {
          waiting: shown(waitingLabel(scope.prefix)).map(openIssue),
          asked: isAll
            ? { known: issues.map(openIssue) }
            : { unknown: `more than ${PAGE} issues are open` },
        }
      : {}),
  };
}

interface Listing {
  readonly listed: readonly IssueAnswer[];
  /** Every open issue is in it. */
  readonly isAll: boolean;
}

async function listIssues(client: Client, scope: Scope): Promise<Listing> {
  const list = (labels?: string) =>
    client.list(IssueAnswer, "GET /issues", { state: "open", ...(labels && { labels }) });
  const andon = andonLabel(scope.prefix);
  if (scope.openIssues === true) return { listed: await list(), isAll: true };
  if (scope.waiting !== true) return { listed: await list(andon), isAll: false };
  const page = await client.ask(z.array(IssueAnswer), "GET /issues", {
    state: "open",
    per_page: PAGE,
  });
  if (page.length < PAGE) return { listed: page, isAll: true };
  const both = [...(await list(andon)), ...(await list(waitingLabel(scope.prefix)))];
  const listed = [...new Map(both.map((issue) => [issue.number, issue])).values()];
  return { listed, isAll: false };
}

function openIssue(issue: IssueAnswer): OpenIssue {
  const { number, title, body, labels, user, updated_at } = issue;
  return {
    number,
    title,
    body: body ?? "",
    labels,
    author: user,
    updatedAt: updated_at,
    ...blockedBy(issue),
  };
}

/** What an issue waits for by its relations to others. A GitHub that knows none of them says nothing. */
export function blockedBy(issue: IssueAnswer): Pick<OpenIssue, "blockedBy"> {
  const { issue_dependencies_summary: blocking, sub_issues_summary: parts } = issue;
  if (blocking == null && parts == null) return {};
  const open = parts == null ? 0 : parts.total - parts.completed;
  return { blockedBy: (blocking?.blocked_by ?? 0) + Math.max(0, open) };
}
