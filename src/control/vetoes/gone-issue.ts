import type { Refusal } from "../../domain/refusal.ts";
import type { View } from "../observed/issue-view.ts";
import { issueSpokenOn } from "../observed/review/words.ts";
import { issueOfTask } from "../observed/scope.ts";

/** Somebody transferred or deleted the issue: nothing can be written on it, and what its attempts hold is a person's. */
export function refuseGone({ input, trigger, snapshot }: View): Refusal | undefined {
  const number = issueOfTask(input) ?? issueSpokenOn(trigger, snapshot);
  const gone = snapshot.gone?.find((one) => one.number === number);
  if (gone === undefined) return undefined;
  const { url, branches } = gone;
  const found = url === undefined ? "GitHub shows no issue of that number" : `it is ${url} now`;
  const left = branches.length === 0 ? "" : `; what stays of it: ${branches.join(", ")}`;
  return {
    // What GitHub does not show may only be late: then a run that is repeated sees it.
    code: url === undefined ? "state-unknown" : "issue-changed",
    subject: `issue ${gone.number}`,
    found: `${found}${left}`.slice(0, 2_000),
    accepted: "an issue of this repository",
    hint: "go-where-it-went",
  };
}
