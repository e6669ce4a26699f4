import { z } from "zod";
import { renderIssue } from "../render/issue.ts";
import type { IssueState } from "../state/issue-state.ts";
import {
  type Answer,
  created,
  findIssue,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "./api.ts";
import { notFound, unprocessable } from "./refusals.ts";

/** By its id, as in these routes, not its number. The twin does not link issues of other repositories. */
function issueById({ repository }: RepositoryRequest, id: number): IssueState {
  const found = [...repository.issues.values()].find((issue) => issue.id === id);
  if (found === undefined || found.pull !== undefined) throw notFound();
  return found;
}

function join(request: RepositoryRequest, other: number, to: "blockers" | "parts"): Answer {
  const issue = findIssue(request);
  const joined = issueById(request, other);
  if (joined === issue || issue[to].includes(joined)) throw unprocessable("Validation Failed");
  issue[to].push(joined);
  // For a dependency the blocked issue is shown, for a sub-issue its parent.
  return created(renderIssue(request.twin, request.repository, issue));
}

export const issueRelationRoutes = {
  "POST /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by": (request) =>
    join(request, parseBody(request, z.object({ issue_id: z.int() })).issue_id, "blockers"),
  "POST /repos/{owner}/{repo}/issues/{issue_number}/sub_issues": (request) =>
    join(request, parseBody(request, z.object({ sub_issue_id: z.int() })).sub_issue_id, "parts"),
} as const satisfies RepositoryRoutes;
