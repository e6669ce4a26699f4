import { isQuiet } from "../../domain/config/quiet-hours.ts";
import type { EffectOf } from "../../domain/github/effect.ts";
import type { OnIssue } from "../observed/issue-view.ts";
import { askedPeople } from "../observed/people/asked.ts";

/**
 * Requests the review of an open pull request from those whom the config names. People and teams are asked apart, because GitHub
 * refuses a whole request for one of them. A team of another owner cannot review here. In quiet hours nobody is asked.
 */
export function reviewRequests(
  view: OnIssue,
  { pullRequest, commit }: { readonly pullRequest: number; readonly commit: string },
): readonly EffectOf<"request-review">[] {
  const { input, config, snapshot, now } = view;
  const { ask } = input.order?.config ?? config;
  if (ask.length === 0 || isQuiet(config.quietHours, now)) return [];
  // GitHub ignores case in logins, and refuses a review request for the author.
  const self = input.identity.login.toLowerCase();
  const names = askedPeople(view).filter((name) => name.toLowerCase() !== self);
  const [owner = ""] = snapshot.repository.name.split("/");
  const people = names.filter((name) => !name.includes("/"));
  const teams = names.flatMap((name) => {
    const [of = "", team] = name.split("/");
    return team !== undefined && of.toLowerCase() === owner.toLowerCase() ? [team] : [];
  });
  const key = `review/${pullRequest}/${commit}`;
  const requests = [
    { kind: "request-review", key: `${key}/people`, pullRequest, people, teams: [] },
    { kind: "request-review", key: `${key}/teams`, pullRequest, people: [], teams },
  ] as const;
  return requests.filter((one) => one.people.length + one.teams.length > 0);
}
