import type { Refusal } from "../../../domain/refusal.ts";
import { cut } from "../../../domain/text/cut.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { halt } from "../../outcome/conclude.ts";
import type { NewEntry } from "../../outcome/ledger-entry.ts";
import { WHY } from "../../three-way/steps.ts";
import { checkedAttempt } from "../own/checked-head.ts";
import { conflictsWithBase } from "../own/moved-base.ts";
import { refuseAnotherRound } from "./another-round.ts";
import { goTo } from "./route-command.ts";

const MOST_NAMED = 8;
const FINDING = 300;

/** A pull request that conflicts with a base that moved is built anew on it, as a commit on the same pull request. */
export function followBase(view: OnIssue): Decision | Wants | undefined {
  const found = conflictsWithBase(view);
  if (found === undefined || "wants" in found) return found;
  const { head, conflicts } = found;
  const named = conflicts.map(({ path, why }) => `${path}: ${WHY[why]}`);
  const sent: NewEntry = {
    stage: "ready",
    event: {
      kind: "sent-back",
      attempt: checkedAttempt(view),
      findings: [
        `base-moved: conflicts with the default branch at ${head}`,
        ...named.slice(0, MOST_NAMED).map((text) => cut(text, FINDING)),
      ],
    },
  };
  const exhausted = refuseAnotherRound(view);
  if (exhausted === undefined) return goTo(view, { target: "ready", entries: [sent] });
  const refusal: Refusal = {
    code: "base-moved",
    subject: view.snapshot.repository.defaultBranch,
    found: cut(named.join("; "), 2_000),
  };
  return halt(view, { before: [sent], refusals: [exhausted, refusal] });
}
