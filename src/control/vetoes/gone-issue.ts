import type { Refusal } from "../../domain/refusal.ts";
import type { View } from "../observed/issue-view.ts";
import { issueSpokenOn } from "../observed/review/words.ts";
import { issueOfTask } from "../observed/scope.ts";

/** The issue was transferred or deleted. It cannot be written to, and what its attempts hold is for a person. */
export function refuseGone({ input, trigger, snapshot }: View): Refusal | undefined {
  const number = issueOfTask(input) ?? issueSpokenOn(trigger, snapshot);
  const gone = snapshot.gone?.find((one) => one.number === number);
  if (gone === undefined) return undefined;
  const { url, branches } = gone;
  const found = url === undefined ? "GitHub shows no issue of that number" : `it is ${url} now`;
  const left = branches.length === 0 ? "" : `; what stays of it: ${branches.join(", ")}`;
  return {
    // A missing issue may only be late. A repeated run sees it then.
    code: url === undefined ? "state-unknown" : "issue-changed",
    subject: `issue ${gone.number}`,
    found: `${found}${left}`.slice(0, 2_000),
    accepted: "an issue of this repository",
    hint: "go-where-it-went",
  };
}
