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

/** A check that is red, or was, and why. */
export interface RedCheck {
  readonly check: RepositoryCheck;
  readonly cause: CheckCause;
}

/** What the repository's own checks of the open pull request ask for. */
export type CheckStep =
  /** Failed jobs are run once more: whether they pass then tells more than anything they say. */
  | { readonly kind: "again"; readonly effects: readonly EffectOf<"run-jobs-again">[] }
  /** All that are red, or were, and nothing is written of it yet. */
  | { readonly kind: "red"; readonly commit: string; readonly red: readonly RedCheck[] }
  | { readonly kind: "unseen"; readonly found: string };

/** The checks have to be read first; or what follows from them. Undefined where nothing does, or nothing is known yet. */
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
    // GitHub refused to run it again: then nothing tells.
    cause: finding === "run-again" ? ("unknown" as const) : finding,
  }));
  return isSaid(view, seen.head, red) ? undefined : { kind: "red", commit: seen.head, red };
}

/** The most runs that one job begins again; the others follow when it looks again. */
const MOST_AT_ONCE = 4;

function againEffect(run: NonNullable<RepositoryCheck["run"]>): EffectOf<"run-jobs-again"> {
  return {
    kind: "run-jobs-again",
    key: `again/${run.id}/${run.attempt}`,
    run: run.id,
    attempt: run.attempt,
  };
}

/** So much of a name a line of the ledger keeps. */
const NAME = 100;

/** In an order of their own: GitHub may list the same checks in another one, and that is no news. */
export function namesOf(
  red: readonly RedCheck[],
): { readonly name: string; readonly cause: CheckCause }[] {
  return red
    .map(({ check, cause }) => ({ name: nameOf(check), cause }))
    .toSorted((left, right) => orderOf(left.name, right.name) || orderOf(left.cause, right.cause))
    .slice(0, CHECKED_NAMED);
}

/** A change can choose the names of its jobs: one that may not stand in the ledger must not keep the line from it. */
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

/** The attempt whose commit the head is. */
export function checkedAttempt({ ledger }: OnIssue): number {
  return lastOf(ledger.entries, "published")?.event.attempt ?? 1;
}
