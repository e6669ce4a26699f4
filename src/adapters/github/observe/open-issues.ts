import { z } from "zod";
import type { OpenIssue, Scope, Snapshot } from "../../../domain/github/snapshot.ts";
import { waitingLabel } from "../../../domain/label.ts";
import { type Client, parseAnswer } from "../client/client.ts";
import { type AskedPage, IssuePage } from "./look/answers.ts";
import type { Look } from "./look/look.ts";
import { issuesQuery } from "./look/query.ts";

type Listed = IssuePage["nodes"][number];

/** The requested open issues, page by page; one request for each hundred after the first. */
export async function readOpenIssues(
  client: Client,
  { repository: { open, waiting, asked } }: Look,
  scope: Scope,
): Promise<Pick<Snapshot, "openIssues" | "waiting" | "asked">> {
  const [all, waits] = await Promise.all([
    open === undefined ? [] : issuesBehind(client, open.pageInfo),
    waiting === undefined ? [] : issuesBehind(client, waiting.pageInfo, waitingLabel(scope.prefix)),
  ]);
  return {
    openIssues:
      open === undefined
        ? { unknown: "not asked for" }
        : { known: [...open.nodes, ...all].map(openIssue) },
    ...(waiting === undefined ? {} : { waiting: [...waiting.nodes, ...waits].map(openIssue) }),
    ...(asked === undefined ? {} : { asked: askedIssues(asked) }),
  };
}

const Page = z.object({ repository: z.object({ issues: IssuePage }) });

/** Open issues after a page, all of them or those with a label. A partial page rejects. */
export async function issuesBehind(
  client: Client,
  page: IssuePage["pageInfo"],
  label?: string,
): Promise<readonly Listed[]> {
  const query = issuesQuery(label !== undefined);
  const found: Listed[] = [];
  let { hasNextPage, endCursor: after } = page;
  while (hasNextPage) {
    const { data, errors } = await client.query(query, { after, ...(label && { label }) });
    if (errors[0] !== undefined) throw new Error(`the open issues: ${errors[0].message}`);
    const { issues } = parseAnswer(Page, "the open issues", data).repository;
    found.push(...issues.nodes);
    ({ hasNextPage, endCursor: after } = issues.pageInfo);
  }
  return found;
}

function askedIssues({ nodes, pageInfo }: AskedPage): NonNullable<Snapshot["asked"]> {
  return pageInfo.hasNextPage
    ? { unknown: `more than ${nodes.length} issues are open` }
    : { known: nodes };
}

function openIssue({ subIssuesSummary, issueDependenciesSummary, ...issue }: Listed): OpenIssue {
  return { ...issue, ...blockedBy(subIssuesSummary, issueDependenciesSummary?.blockedBy) };
}

/**
 * Open sub-issues of an issue, and open issues that block it. If GitHub shows only one of the two, a value of none there
 * says nothing about the other, so the sum is unknown.
 *
 * @param blockers how many open issues block it; undefined or null if that is not shown
 */
export function blockedBy(
  parts: Listed["subIssuesSummary"],
  blockers: number | null | undefined,
): Pick<OpenIssue, "blockedBy"> {
  const isWhole = parts != null && blockers != null;
  const open = (parts == null ? 0 : parts.total - parts.completed) + (blockers ?? 0);
  return open > 0 || isWhole ? { blockedBy: open } : {};
}
