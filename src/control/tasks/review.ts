import { type Contract, digestOfContract, emptyContract } from "../../domain/contract.ts";
import type { Effect } from "../../domain/github/effect.ts";
import type { PullRequestState } from "../../domain/github/snapshot.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import { sealKeysOf } from "../../domain/ledger/seal-key.ts";
import { digestOfIssue, type ReviewOrder } from "../../domain/order.ts";
import type { Refusal } from "../../domain/refusal.ts";
import {
  REVIEW_MARKER,
  renderReview,
  titleOfReview,
} from "../../wording/pull-request/review-comment.ts";
import type { Trigger } from "../observed/event.ts";
import { repositoryUrl, type View } from "../observed/issue-view.ts";
import { listedPull } from "../observed/listed-pull.ts";
import { type Reading, readProposal } from "../observed/proposals.ts";
import type { Decision } from "../observed/situation.ts";
import { mostFor, readWorkToday } from "../observed/turns/work-today.ts";
import { conclude, stayQuiet } from "../outcome/conclude.ts";
import { commonOrder, ownActor, readOrder } from "../outcome/orders.ts";
import { unknownDay } from "../schedule/turns.ts";
import { refuseDay } from "../vetoes/day.ts";
import { refuseActor } from "../vetoes/preconditions.ts";
import { costAlone, worksWith } from "./review-cost.ts";

type Offered = Extract<Trigger, { kind: "offered" }>;

/** A person's change has no contract. It is reviewed against its own description, and against the rules for any change. */
const CONTRACT: Contract = {
  ...emptyContract(),
  goal: "The pull request does what its own title and description say",
  acceptance: [
    {
      id: "AC1",
      statement: "The change does what the description says, and nothing that it does not say",
      kind: "judgement",
    },
    {
      id: "AC2",
      statement: "The change breaks nothing that worked, and opens no way to misuse it",
      kind: "judgement",
    },
    {
      id: "AC3",
      statement: "What the change does is shown by a test, where it can be",
      kind: "judgement",
    },
  ],
};

/** Pins a person's pull request for a review. Writes nothing, and skips pull requests that are not for review without a comment. */
export function decideReviewOpen(view: View): Decision {
  const offered = offeredOf(view);
  const refusal =
    view.configRefusal ??
    refuseOffered(view, offered) ??
    refuseActor(view.actor) ??
    refuseMoney(view);
  const pullRequest = listedPull(view.snapshot, offered?.pullRequest);
  if (refusal !== undefined || offered === undefined || pullRequest === undefined) {
    return stayQuiet(view, refusal === undefined ? [] : [refusal]);
  }
  const actor = view.actor ?? ownActor(view);
  const text = { title: offered.title.slice(0, 1_000), body: pullRequest.body.slice(0, 65_536) };
  const { number } = pullRequest;
  const order: ReviewOrder = {
    ...commonOrder(view, "review", actor),
    issue: { number, ...text, author: actor, remarks: [], digest: digestOfIssue(text) },
    pullRequest: { number, head: pullRequest.head.sha },
    contract: CONTRACT,
    contractDigest: digestOfContract(CONTRACT),
  };
  return conclude(view, { headline: "review-next", effects: [], next: "review", order });
}

/**
 * The day's budget has to cover all that the review may spend. A caller without a key cannot read the sealed costs of
 * others; then the review continues, and runs with the key count its cost.
 */
function refuseMoney(view: View): Refusal | undefined {
  const work = readWorkToday(view);
  if ("known" in work) return refuseDay(view, work.known, mostFor(view, []));
  return sealKeysOf(view.input.sealKey).length === 0 ? undefined : unknownDay(work.unknown);
}

function offeredOf({ trigger }: View): Offered | undefined {
  return trigger?.kind === "offered" ? trigger : undefined;
}

function refuseOffered(view: View, offered: Offered | undefined): Refusal | undefined {
  const refuse = (found: string, accepted: string): Refusal => ({
    code: "event-not-understood",
    subject: offered === undefined ? "a review" : `pull request ${offered.pullRequest}`,
    found,
    accepted,
  });
  if (offered === undefined) {
    const nothing = refuse(view.trigger?.kind ?? "nothing", "a pull request that was opened");
    return view.triggerRefusal ?? nothing;
  }
  if (offered.fork) {
    return refuse(
      "its branch lies in a fork, whose runs GitHub gives no secret and no right to write",
      "a branch of this repository",
    );
  }
  const pullRequest = listedPull(view.snapshot, offered.pullRequest);
  if (pullRequest === undefined || pullRequest.state !== "open") {
    return refuse("it is not open", "an open pull request");
  }
  if (leaseOfBranch(pullRequest.head.branch) !== undefined) {
    return refuse("it is the factory's own, and was reviewed", "a pull request of a person");
  }
  const { defaultBranch } = view.snapshot.repository;
  if (pullRequest.base.branch !== defaultBranch) {
    return refuse(`it goes into ${pullRequest.base.branch}`.slice(0, 300), defaultBranch);
  }
  return refuseMoved(pullRequest, offered.head);
}

/** New commits start a run of their own, which reviews them. */
function refuseMoved({ number, head }: PullRequestState, seen: string): Refusal | undefined {
  if (head.sha === seen) return undefined;
  return {
    code: "base-moved",
    subject: `pull request ${number}`,
    found: `its head is ${head.sha} now`,
    accepted: seen,
  };
}

/** The review is not shown, but a model was asked, so the day has to count its cost. */
function withoutReview(view: View, order: ReviewOrder, refusal: Refusal | undefined): Decision {
  const { effects, remarks } = costAlone(view, order);
  const refusals = refusal === undefined ? [] : [refusal];
  if (effects.length === 0) return stayQuiet(view, refusals);
  return conclude(view, { headline: "review-unwritten", effects, refusals, remarks });
}

function refusalOf(reading: Reading<"review">): Refusal | undefined {
  return "refusal" in reading ? reading.refusal : undefined;
}

/** One comment, edited in place by every later review, and a check that blocks nothing. It never approves. */
export function decideReviewSettle(view: View): Decision {
  const pinned = readOrder(view, "review");
  if ("refusal" in pinned) return stayQuiet(view, [pinned.refusal]);
  const { order } = pinned;
  const target = order.pullRequest;
  const pullRequest = listedPull(view.snapshot, target.number);
  const moved = pullRequest === undefined ? undefined : refuseMoved(pullRequest, target.head);
  const reading = readProposal(view, { worker: "review", order });
  if (moved !== undefined || reading.kind !== "proposal") {
    return withoutReview(view, order, moved ?? refusalOf(reading));
  }
  const { verdict, usage } = reading.proposal;
  const runUrl = `${repositoryUrl(view)}/actions/runs/${view.input.run.id}`;
  const { works, remarks } = worksWith(view, order, usage);
  const body = renderReview({ verdict, usage, head: target.head, runUrl, works });
  const comment: Effect = {
    kind: "write-comment",
    key: `review/${target.number}/${target.head}`,
    issue: target.number,
    marker: REVIEW_MARKER,
    body,
    comment: null,
  };
  const check: Effect = {
    kind: "write-check-run",
    key: `review-check/${target.head}`,
    name: "factory/review",
    sha: target.head,
    conclusion: "neutral",
    title: titleOfReview(verdict),
    summary: body,
  };
  return conclude(view, { headline: "review-written", effects: [comment, check], remarks });
}
