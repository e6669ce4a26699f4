import type { Refusal } from "../../../domain/refusal.ts";
import { cut } from "../../../domain/text/cut.ts";
import { recordableMistakes } from "../../guard/withhold.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { lastOf } from "../../observed/ledger/ledger.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { halt } from "../../outcome/conclude.ts";
import type { NewEntry } from "../../outcome/ledger-entry.ts";
import { refuseAndon } from "../../vetoes/preconditions.ts";
import { checkedAttempt } from "../own/checked-head.ts";
import { type MovedBase, movedBase, sayConflicts } from "../own/moved-base.ts";
import { refuseAnotherRound, refuseNoMoney } from "./another-round.ts";
import { goTo } from "./route-command.ts";

/** A pull request that conflicts with a moved base is built again on it, as a commit on the same pull request. */
export function followConflicts(view: OnIssue): Decision | Wants | undefined {
  const found = movedBase(view);
  if (found === undefined || "wants" in found) return found;
  const { made, onto, continues } = found;
  if (!("conflicts" in made)) return undefined;
  const { conflicts } = made;
  const findings = sayConflicts(view, { pullRequest: continues.pullRequest, onto, conflicts });
  if ("wants" in findings) return findings;
  return buildAnew(
    view,
    findings,
    conflicts.map(({ path }) => path),
  );
}

/** A pull request that applies, but was verified on another base, is repeated and verified again, as a commit on the same pull request. */
export function followBase(view: OnIssue): Decision | Wants | undefined {
  const found = movedBase(view);
  if (found === undefined || "wants" in found) return found;
  return "conflicts" in found.made ? undefined : makeAnew(view, found, found.made);
}

function buildAnew(view: OnIssue, findings: string[], paths: readonly string[]): Decision {
  const mistakes = recordableMistakes(
    paths.map((name) => ({ cause: "base-conflict", place: { kind: "path", name } })),
  );
  const sent: NewEntry = {
    stage: "ready",
    event: { kind: "sent-back", attempt: checkedAttempt(view), findings, mistakes },
  };
  const exhausted = refuseAnotherRound(view);
  const [, ...named] = findings;
  return exhausted === undefined
    ? goTo(view, { target: "ready", entries: [sent] })
    : halt(view, { before: [sent], refusals: [exhausted, refuseMoved(view, named.join("; "))] });
}

function refuseMoved({ snapshot }: OnIssue, found: string): Refusal {
  return {
    code: "base-moved",
    subject: snapshot.repository.defaultBranch,
    found: cut(found, 2_000),
  };
}

/** Does nothing if a merge would still make what was verified, or if its proof is unknown. */
function makeAnew(
  view: OnIssue,
  { continues, onto }: MovedBase,
  { changeSet, because }: Exclude<MovedBase["made"], { readonly conflicts: unknown }>,
): Decision | undefined {
  const said = lastOf(view.ledger.entries, "published")?.event.said;
  if (because === undefined || said === undefined || changeSet.files.length === 0) return undefined;
  // The run after the andon is lowered finds the same.
  if (refuseAndon(view) !== undefined) return undefined;
  const moved: NewEntry = {
    stage: "ready",
    event: {
      kind: "base-moved",
      attempt: checkedAttempt(view),
      head: continues.head,
      onto,
      because,
    },
  };
  const exhausted = refuseNoMoney(view);
  return exhausted === undefined
    ? goTo(view, { target: "ready", entries: [moved] })
    : halt(view, { before: [moved], refusals: [exhausted, refuseMoved(view, onto)] });
}
