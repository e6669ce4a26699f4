import { GraphQLError } from "graphql";
import { type ApiRequest, identified, reaches } from "../routes/api.ts";
import { grants, roleIn } from "../state/access.ts";
import { noteEvent } from "../state/issue-changes.ts";
import type { IssueState } from "../state/issue-state.ts";
import type { RepositoryState, Twin } from "../state/state.ts";

/** Source: docs.github.com/en/issues/tracking-your-work-with-issues/administering-issues/pinning-an-issue-to-your-repository */
const MOST_PINNED = 3;

function isPinned({ events }: IssueState): boolean {
  return events.findLast(({ event }) => /^(?:un)?pinned$/.test(event))?.event === "pinned";
}

/** Numbers of the pinned issues of a repository. */
export function pinnedIn(twin: Twin, repository: string): readonly number[] {
  const issues = twin.repositories.get(repository.toLowerCase())?.issues.values() ?? [];
  return [...issues].filter(isPinned).map(({ number }) => number);
}

/** Pins or unpins an issue, for which REST has no route. Throws if the caller may not. */
export function setPinned(
  request: ApiRequest,
  repository: RepositoryState,
  { issue, wanted }: { readonly issue: IssueState; readonly wanted: boolean },
): void {
  const { caller, twin } = request;
  if (!mayPin(request, repository)) {
    const message = "Resource not accessible by integration";
    throw new GraphQLError(message, { extensions: { type: "FORBIDDEN" } });
  }
  if (isPinned(issue) === wanted || caller.kind === "anonymous") return;
  if (wanted && pinnedIn(twin, repository.fullName).length >= MOST_PINNED) {
    const message = `A repository has at most ${MOST_PINNED} pinned issues`;
    throw new GraphQLError(message, { extensions: { type: "UNPROCESSABLE" } });
  }
  const change = { twin, repository, caller: identified(request) };
  noteEvent(change, issue, { event: wanted ? "pinned" : "unpinned" });
}

/** People with write access may. For tokens GitHub's documentation says nothing, and the twin requires `issues: write`. */
function mayPin({ caller }: ApiRequest, repository: RepositoryState): boolean {
  return caller.kind === "job" || caller.kind === "app"
    ? grants(caller.grant.permissions, "issues:write")
    : reaches(roleIn(repository, caller) ?? "read", "write");
}
