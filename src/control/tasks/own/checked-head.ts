import type { EffectOf } from "../../../domain/github/effect.ts";
import { receiptOf, wasRefused } from "../../../domain/github/receipt.ts";
import type {
  CheckCause,
  ChecksSeen,
  RepositoryCheck,
} from "../../../domain/github/repository-check.ts";
import { CHECKED_NAMED } from "../../../domain/ledger/checked.ts";
import { recordable } from "../../guard/withhold.ts";
import { findingsIn, isRunning } from "../../observed/checks/causes.ts";
import type { OnIssue } from "../../observed/issue-view.ts";
import { entriesOf, lastOf } from "../../observed/ledger/ledger.ts";
import { continuedBy } from "../../observed/pull-requests.ts";
import type { Wants } from "../../observed/situation.ts";

/** A check that is or was red, with the reason. */
export interface RedCheck {
  readonly check: RepositoryCheck;
  readonly cause: CheckCause;
}

/** What the repository's own checks on the open pull request require. */
export type CheckStep =
  /** Failed jobs run once more, because a second result says more than their output. */
  | { readonly kind: "again"; readonly effects: readonly EffectOf<"run-jobs-again">[] }
  /** All checks that are or were red, when none of them is recorded yet. */
  | { readonly kind: "red"; readonly commit: string; readonly red: readonly RedCheck[] }
  | { readonly kind: "unseen"; readonly found: string };

/** The next step after the repository's checks, or a request to read them first. Undefined if nothing follows, or nothing is known yet. */
export function checkedHead(view: OnIssue): CheckStep | Wants | undefined {
  const going = continuedBy(view);
  if ("refusal" in going || going.continues === undefined) return undefined;
  const { pullRequest, head, base } = going.continues;
  const { checks, input, snapshot } = view;
  if (checks === undefined) {
    const bases = [...new Set([...(base === undefined ? [] : [base]), snapshot.repository.head])];
    const own = { run: input.run.id, workflowFile: input.run.workflowFile };
    return { wants: [], checks: { pullRequest, head, bases, own } };
  }
  if ("unknown" in checks) return { kind: "unseen", found: checks.unknown };
  return stepOf(view, checks.known);
}

function stepOf(view: OnIssue, seen: ChecksSeen): CheckStep | undefined {
  const found = findingsIn(seen);
  const effects = found.flatMap(({ check: { run }, finding }) =>
    finding === "run-again" && run !== undefined ? [againEffect(run)] : [],
  );
  const byKey = [...new Map(effects.map((effect) => [effect.key, effect])).values()];
  const begun = byKey.filter((effect) => !wasRefused(receiptOf(view.receipts, effect)));
  if (begun.length > 0) return { kind: "again", effects: begun.slice(0, MOST_AT_ONCE) };
  if (found.length === 0 || isRunning(seen)) return undefined;
  const red = found.map(({ check, finding }) => ({
    check,
    // GitHub refused to run it again, so it stays unknown.
    cause: finding === "run-again" ? ("unknown" as const) : finding,
  }));
  return isSaid(view, seen.head, red) ? undefined : { kind: "red", commit: seen.head, red };
}

/** The most runs that one job restarts. The others follow when it looks again. */
const MOST_AT_ONCE = 4;

function againEffect(run: NonNullable<RepositoryCheck["run"]>): EffectOf<"run-jobs-again"> {
  return {
    kind: "run-jobs-again",
    key: `again/${run.id}/${run.attempt}`,
    run: run.id,
    attempt: run.attempt,
  };
}

/** The most characters of a name that a ledger entry keeps. */
const NAME = 100;

/** Sorted, because GitHub may list the same checks in another order, which is no news. */
export function namesOf(
  red: readonly RedCheck[],
): { readonly name: string; readonly cause: CheckCause }[] {
  return red
    .map(({ check, cause }) => ({ name: nameOf(check), cause }))
    .toSorted((left, right) => orderOf(left.name, right.name) || orderOf(left.cause, right.cause))
    .slice(0, CHECKED_NAMED);
}

/** A change can choose the names of its jobs. A name that is not allowed in the ledger must not block the entry. */
function nameOf({ name }: RepositoryCheck): string {
  return [...recordable(name.toWellFormed())].slice(0, NAME).join("");
}

function orderOf(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function isSaid({ ledger }: OnIssue, commit: string, red: readonly RedCheck[]): boolean {
  const last = entriesOf(ledger.entries, "checked").findLast(
    ({ event }) => event.commit === commit,
  );
  return last !== undefined && JSON.stringify(last.event.red) === JSON.stringify(namesOf(red));
}

/** The attempt whose commit is the head. */
export function checkedAttempt({ ledger }: OnIssue): number {
  return lastOf(ledger.entries, "published")?.event.attempt ?? 1;
}
