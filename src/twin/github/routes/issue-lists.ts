import { renderIssue } from "../render/issue.ts";
import type { IssueState } from "../state/issue-state.ts";
import { type Answer, type RepositoryRequest, refuseFilters } from "./api.ts";
import { paged } from "./paging.ts";

type Order = "created" | "updated" | "comments";

function orderKey(issue: IssueState, order: Order): string | number {
  switch (order) {
    case "created":
      return issue.createdAt;
    case "updated":
      return issue.updatedAt;
    case "comments":
      return issue.comments.length;
  }
}

export function sortIssues<Item extends IssueState>(
  issues: readonly Item[],
  query: URLSearchParams,
): Item[] {
  const wanted = query.get("sort");
  const order: Order = wanted === "updated" || wanted === "comments" ? wanted : "created";
  const direction = query.get("direction") === "asc" ? 1 : -1;
  return [...issues].sort((left, right) => {
    const [a, b] = [orderKey(left, order), orderKey(right, order)];
    if (a !== b) return a < b ? -direction : direction;
    return (left.number - right.number) * direction;
  });
}

export function matchesState(issue: IssueState, query: URLSearchParams): boolean {
  const wanted = query.get("state") ?? "open";
  return wanted === "all" || issue.state === wanted;
}

const NOT_FILTERED = ["milestone", "assignee", "mentioned", "type"];

export function listIssues(request: RepositoryRequest): Promise<Answer> {
  const { query, repository, twin } = request;
  refuseFilters(request, NOT_FILTERED);
  const labels = (query.get("labels") ?? "").toLowerCase().split(",").filter(Boolean);
  const creator = query.get("creator")?.toLowerCase();
  const since = Date.parse(query.get("since") ?? "1970-01-01T00:00:00Z");
  const found = [...repository.issues.values()].filter(
    (issue) =>
      issue.movedTo === undefined &&
      matchesState(issue, query) &&
      labels.every((name) => issue.labels.some((label) => label.name.toLowerCase() === name)) &&
      (creator === undefined || issue.author.login.toLowerCase() === creator) &&
      Date.parse(issue.updatedAt) >= since,
  );
  return paged(request, sortIssues(found, query), (issue) => renderIssue(twin, repository, issue));
}
