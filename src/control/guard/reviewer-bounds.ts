import type { EffectOf } from "../../domain/github/effect.ts";
import { wasDone } from "../../domain/github/receipt.ts";
import { isOnIssue, type View } from "../observed/issue-view.ts";
import { askedPeople } from "../observed/people/asked.ts";
import { continuedIn } from "./continued-bounds.ts";

/** The pull request that this run has opened or continues. */
export function isOwnPullRequest(number: number, view: View): boolean {
  const opened = view.receipts.flatMap((receipt) =>
    receipt.kind === "open-pull-request" && wasDone(receipt) ? [receipt.number] : [],
  );
  return [...opened, continuedIn(view)?.pullRequest].includes(number);
}

/** On its own pull request, people whom it would mention in a comment. */
export function factsOfReviewers(
  { pullRequest, people, teams }: EffectOf<"request-review">,
  view: View,
): readonly (readonly [property: string, holds: boolean])[] {
  const asked = isOnIssue(view) ? askedPeople(view) : [];
  const [owner = ""] = view.snapshot.repository.name.split("/");
  const ofOwner = new Set(asked.map((name) => name.toLowerCase()));
  const isTeam = (team: string) => ofOwner.has(`${owner}/${team}`.toLowerCase());
  return [
    ["pullRequest", isOwnPullRequest(pullRequest, view)],
    ["people", people.every((login) => asked.includes(login))],
    ["teams", teams.every(isTeam)],
  ];
}
