import { z } from "zod";
import { renderAccount } from "../../render/account.ts";
import { renderSimplePull } from "../../render/pull.ts";
import { changeOf, touch } from "../../state/issue-changes.ts";
import type { RepositoryState } from "../../state/state.ts";
import type { Account } from "../../twin-github.ts";
import {
  type Answer,
  created,
  findPull,
  ok,
  parseBody,
  type RepositoryRequest,
  type RepositoryRoutes,
} from "../api.ts";
import { ApiRefusal, unprocessable } from "../refusals.ts";

const Wanted = z.object({
  reviewers: z.array(z.string()).optional(),
  team_reviewers: z.array(z.string()).optional(),
});

function isCollaborator(repository: RepositoryState, { id, login }: Account): boolean {
  return id === repository.owner.id || repository.collaborators.has(login.toLowerCase());
}

/** GitHub refuses the whole request if one is no collaborator, or is the author of the pull request. */
function requestReviewers(request: RepositoryRequest): Answer {
  const { repository, twin } = request;
  const pull = findPull(request);
  const { reviewers = [], team_reviewers: teams = [] } = parseBody(request, Wanted);
  if (teams.length > 0) throw unprocessable("The twin has no teams: a review is asked of people.");
  const asked = reviewers.map((login) => {
    const account = twin.accounts.get(login.toLowerCase());
    if (account !== undefined && account.id === pull.author.id) {
      throw new ApiRefusal(422, "Review cannot be requested from pull request author.");
    }
    if (account === undefined || !isCollaborator(repository, account)) {
      const message = `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${repository.fullName} repository.`;
      throw new ApiRefusal(422, message);
    }
    return account;
  });
  const waiting = pull.pull.requestedReviewers;
  waiting.push(...asked.filter(({ id }) => !waiting.some((one) => one.id === id)));
  touch(changeOf(request), pull);
  return created(renderSimplePull(twin, repository, pull));
}

export const requestedReviewerRoutes = {
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers": (request) => {
    const { requestedReviewers } = findPull(request).pull;
    const users = requestedReviewers.map((one) => renderAccount(request.twin, one));
    return ok({ users, teams: [] });
  },
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers": requestReviewers,
} as const satisfies RepositoryRoutes;
