import { z } from "zod";
import type { OpenIssue, Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { andonLabel, waitingLabel } from "../../../domain/label.ts";
import { IssueAnswer } from "../answers.ts";
import type { Client } from "../client.ts";
import { type Labelled, readLabellers } from "./andon.ts";

/** Entries of a page; a list that fills it may go on. */
const PAGE = 100;

type Read = Pick<Snapshot, "openIssues" | "waiting"> & { readonly labelled: readonly Labelled[] };

/**
 * Open issues, andon and waiting ones among them: with all of them asked for, both are in that list. Where the waiting ones
 * are asked for, one page holds everything in most repositories; only where it is full two lists follow, by label. GitHub
 * lists pull requests too.
 */
export async function readOpenIssues(client: Client, scope: Scope): Promise<Read> {
  const andon = andonLabel(scope.prefix);
  const listed = await listIssues(client, scope);
  const issues = listed.filter((issue) => issue.pull_request === undefined);
  const shown = (label: string) =>
    issues.filter(({ labels }) => labels.some((one) => one.toLowerCase() === label.toLowerCase()));
  return {
    labelled: await readLabellers(client, shown(andon), andon),
    openIssues:
      scope.openIssues === true ? { known: issues.map(openIssue) } : { unknown: "not asked for" },
    ...(scope.waiting === true
      ? { waiting: shown(waitingLabel(scope.prefix)).map(openIssue) }
      : {}),
  };
}

async function listIssues(client: Client, scope: Scope): Promise<readonly IssueAnswer[]> {
  const list = (labels?: string) =>
    client.list(IssueAnswer, "GET /issues", { state: "open", ...(labels && { labels }) });
  const andon = andonLabel(scope.prefix);
  if (scope.openIssues === true) return await list();
  if (scope.waiting !== true) return await list(andon);
  const page = await client.ask(z.array(IssueAnswer), "GET /issues", {
    state: "open",
    per_page: PAGE,
  });
  if (page.length < PAGE) return page;
  const both = [...(await list(andon)), ...(await list(waitingLabel(scope.prefix)))];
  return [...new Map(both.map((issue) => [issue.number, issue])).values()];
}

function openIssue(issue: IssueAnswer): OpenIssue {
  const { number, title, body, labels, user, updated_at } = issue;
  return { number, title, body: body ?? "", labels, author: user, updatedAt: updated_at };
}
