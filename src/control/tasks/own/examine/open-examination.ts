import type { ChangeSet } from "../../../../domain/change-set.ts";
import type { ObjectId } from "../../../../domain/digest.ts";
import type { PullRequestState } from "../../../../domain/github/snapshot.ts";
import type { LineOrder } from "../../../../domain/order.ts";
import type { Refusal } from "../../../../domain/refusal.ts";
import { isOnWords, type OnIssue, type OnWords } from "../../../observed/issue-view.ts";
import { type EntryOf, entriesOf, lastOf } from "../../../observed/ledger/ledger.ts";
import { openPullRequestOf } from "../../../observed/pull-requests.ts";
import type { Decision, Wants } from "../../../observed/situation.ts";
import { answer, conclude, stayQuiet } from "../../../outcome/conclude.ts";
import { commonOrder, issueTextOf } from "../../../outcome/orders.ts";
import { makeStep } from "../../../three-way/make-step.ts";
import { WHY } from "../../../three-way/steps.ts";
import { readContract } from "../../../vetoes/approved-contract.ts";
import { refuseAtStage } from "../../../vetoes/command-stage.ts";
import { approvedDependencies } from "../../../vetoes/dependency-approval.ts";
import {
  refuseActor,
  refuseAndon,
  refuseClosed,
  refuseEdited,
  refuseSpent,
  WORDS_GONE,
} from "../../../vetoes/preconditions.ts";
import { commandAt } from "../on-pull.ts";

/** A head that a person asks to have examined, without anything being accepted or built. */
export type Examination = "verify" | "review";

/** The command that asks for it; undefined for any other event. */
export function examinationAsked(view: OnIssue): Examination | undefined {
  const name = commandAt(view)?.name;
  return name === "verify" || name === "review" ? name : undefined;
}

/**
 * Pins the head of the issue's pull request as it is, whoever made it, on the base of its attempt. The checks run on
 * exactly that tree. Nothing is claimed or written.
 */
export function decideExamination(view: OnIssue, asks: Examination): Decision | Wants {
  const stranger = refuseActor(view.actor);
  if (stranger !== undefined) return stayQuiet(view, [stranger]);
  if (view.ledger.refusal !== undefined) return answer(view, view.ledger.refusal);
  const open = openPullRequestOf(view);
  if (open !== undefined && view.owned === undefined) return { wants: [], owned: open.number };
  const refusal = refuseExamination(view, asks);
  if (refusal !== undefined || !isOnWords(view)) return answer(view, refusal ?? WORDS_GONE);
  const target = targetOf(view, open);
  return target === undefined ? answer(view, NOTHING_OPEN) : pin(view, { asks, ...target });
}

interface Target {
  readonly open: PullRequestState;
  readonly published: EntryOf<"published">["event"];
  /** Base of the attempt that it came from. */
  readonly base: ObjectId;
}

/** The pull request that the ledger knows, or a refusal. */
function targetOf(view: OnIssue, open: PullRequestState | undefined): Target | undefined {
  const { entries } = view.ledger;
  const published = lastOf(entries, "published")?.event;
  const claimed = entriesOf(entries, "claimed").find(
    ({ event }) => event.attempt === published?.attempt,
  );
  if (open === undefined || published?.pullRequest !== open.number) return undefined;
  return claimed === undefined ? undefined : { open, published, base: claimed.event.base };
}

function pin(
  view: OnWords,
  { asks, open, published, base }: Target & { readonly asks: Examination },
): Decision | Wants {
  const { number: pullRequest, head } = open;
  const made = changeAt(view, { base, head: head.sha });
  if ("wants" in made) return made;
  if ("refusal" in made) return answer(view, made.refusal);
  const contract = readContract(view);
  if ("refusal" in contract) return answer(view, contract.refusal);
  const { attempt, said } = published;
  const order: LineOrder = {
    ...commonOrder(view, "line", view.actor),
    base,
    issue: issueTextOf(view),
    attempt,
    examines: { pullRequest, head: head.sha, asks, comment: view.comment.id },
    rebuilt: {
      of: attempt,
      changeSet: made.changeSet,
      summary: said?.summary ?? "",
      namings: said?.namings ?? [],
    },
    contract: contract.contract,
    contractDigest: contract.contractDigest,
    prior: [],
    approvedDependencies: [...new Set(approvedDependencies(view))].slice(-20),
  };
  const next = asks === "review" ? "line" : "verify";
  return conclude(view, { headline: "examination-next", effects: [], next, order });
}

const NOTHING_OPEN: Refusal = {
  code: "event-not-understood",
  subject: "no pull request of this issue is open",
  accepted: "an open pull request that the ledger knows",
};

function refuseExamination(view: OnIssue, asks: Examination): Refusal | undefined {
  return (
    view.configRefusal ??
    (view.comment === undefined ? WORDS_GONE : refuseEdited(view)) ??
    refuseAtStage(asks, view.stage) ??
    refuseClosed(view.issue) ??
    refuseAndon(view) ??
    // Checks cost no model.
    (asks === "review" ? refuseSpent(view) : undefined)
  );
}

/** What the head holds otherwise than the base, as a change set: whole, or why not. */
function changeAt(
  { trees, files }: OnIssue,
  { base, head }: { readonly base: string; readonly head: string },
): { readonly changeSet: ChangeSet } | Wants | { readonly refusal: Refusal } {
  const [before, after] = [base, head].map((commit) => trees?.get(commit));
  if (before === undefined || after === undefined) return { wants: [], trees: [base, head] };
  if ("unknown" in before.files || "unknown" in after.files) {
    const found = "GitHub does not list them all";
    return { refusal: { code: "state-unknown", subject: "the files of the pull request", found } };
  }
  const [from, to] = [before.files.known, after.files.known];
  const made = makeStep(
    { commits: { from: base, to: head, onto: base }, trees: { from, to, onto: from } },
    files,
  );
  if (!("conflicts" in made)) return made;
  const [first] = made.conflicts;
  const found = first === undefined ? "nothing" : WHY[first.why];
  return { refusal: { code: "state-unknown", subject: first?.path.slice(0, 300) ?? "", found } };
}
