import { CHECK_NAMES } from "../../domain/config/check.ts";
import { MOST_PROBLEMS } from "../../domain/evidence/problem.ts";
import type { Effect, EffectKind, EffectOf } from "../../domain/github/effect.ts";
import {
  type DoneOf,
  type Receipt,
  type Withheld,
  wasDone,
  withhold,
} from "../../domain/github/receipt.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { LINE } from "../../line.ts";
import type { View } from "../observed/issue-view.ts";
import { factsOfEdit, factsOfPin, isAboutDead } from "./board-bounds.ts";
import { factsOfAgain } from "./check-bounds.ts";
import { isCommentedOn } from "./commented-on.ts";
import {
  areParents,
  examinedIn,
  factsOfAnswer,
  factsOfExamination,
  factsOfResolution,
  factsOfUpdate,
  isPublishedTo,
  MOST_ANSWERS,
} from "./continued-bounds.ts";
import { isAlerted, isBeat, MOST_OF_A_BEAT } from "./incident-bounds.ts";
import { labelsToWrite } from "./labels-to-write.ts";
import { changedFrom, isLearnedFrom } from "./lesson-bounds.ts";
import { hasOwnLabels, isOfLoop, MOST_OF_A_LOOP, mostStarts, settlesLoop } from "./loop-bounds.ts";
import { isIncident, isLabelled, isOwnBranch } from "./own-places.ts";
import { factsOfProof } from "./proof-bounds.ts";
import { factsOfReview } from "./review-bounds.ts";
import { factsOfReviewers, isOwnPullRequest } from "./reviewer-bounds.ts";
import { BODY, isPlace, isTitle, MESSAGE } from "./texts.ts";
import { claimedAt, ofNoOpenIssue } from "./unblock-bounds.ts";

/** The most writes of each kind in one run, plus one check run for each check. Every control run stays below. */
const MOST_OF_A_KIND = 4;
/** Three of each kind that a heartbeat rings for: four of turns, labels and deleted issues, seven of resting ones. */
const MOST_RINGS = 33;
const MOST_CHECK_RUNS = MOST_OF_A_KIND + CHECK_NAMES.length;

/** A property of an effect, and whether it is within bounds. */
type Fact = readonly [property: string, holds: boolean];
type Bounds = {
  readonly [Kind in EffectKind]: (effect: EffectOf<Kind>, view: View) => readonly Fact[];
};

/**
 * Bounds of each effect, by what this run knows itself: its task, its order, the issue that it observed and the receipts
 * of its own writes. Reads nothing from a proposal (threats GOV-01, GIT-17, GIT-19, OUT-08).
 */
const BOUNDS: Bounds = {
  "write-comment": (effect, view) => [
    ["issue", isCommentedOn(effect.issue, view)],
    ["marker", /^### Millwright · [^\r\n]{1,80}$/.test(effect.marker)],
    ["body", effect.body.startsWith(`${effect.marker}\n`) && effect.body.length <= BODY],
    ["comment", effect.comment === null || isOwnComment(effect, view)],
  ],
  "set-labels": (effect, view) => [
    ["issue", isLabelled(effect, view)],
    ["add", effect.add.every((label) => labelsToWrite(view).includes(label))],
    ["remove", effect.remove.every((label) => labelsToWrite(view).includes(label))],
  ],
  "claim-branch": (effect, view) => [
    ["branch", isOwnBranch(effect.branch, view)],
    ["sha", effect.sha === claimedAt(view)],
  ],
  "publish-commit": (effect, view) => [
    ["branch", isPublishedTo(effect.branch, view)],
    ["parents", areParents(effect.parents, view)],
    ["changeSet", effect.changeSet.base === changedFrom(view)],
    ["files", isLearnedFrom(effect, view)],
    ["message", effect.message.length <= MESSAGE],
  ],
  "open-pull-request": (effect, view) => [
    ["head", isOwnBranch(effect.head, view)],
    ["base", isTargetBranch(effect.base, view)],
    ["title", isTitle(effect.title)],
    ["body", effect.body.length <= BODY],
  ],
  "update-pull-request": factsOfUpdate,
  "answer-thread": factsOfAnswer,
  "resolve-thread": factsOfResolution,
  "request-review": factsOfReviewers,
  "write-check-run": (effect, view) => [
    ...factsOfCheck(effect, view),
    ["title", isTitle(effect.title)],
    ["summary", effect.summary.length <= BODY],
    ["annotations", (effect.annotations ?? []).length <= MOST_PROBLEMS],
    ["places", (effect.annotations ?? []).every(isPlace)],
  ],
  "merge-pull-request": (effect, view) => [
    ["pullRequest", isOwnPullRequest(effect.pullRequest, view)],
    ["base", isTargetBranch(effect.base, view)],
    ["sha", ownReceipts(view, "publish-commit").some(({ sha }) => sha === effect.sha)],
    ["expectedParent", effect.expectedParent === view.input.order?.base],
    ["title", isTitle(effect.title)],
    ["message", effect.message.length <= MESSAGE],
  ],
  "dispatch-workflow": (effect, view) => [
    ["workflow and inputs", isDoorbell(effect, view) || isDeploy(effect, view)],
    ["ref", isTargetBranch(effect.ref, view)],
  ],
  "run-jobs-again": factsOfAgain,
  "close-issue": (effect, view) => [
    ["issue", effect.issue === view.issue?.number || mayClose(effect.issue, view)],
  ],
  "reopen-issue": (effect, view) => [["issue", effect.issue === view.issue?.number]],
  "open-issue": (effect, view) => [
    ["marker", /^Fingerprint: `millwright:[A-Za-z0-9._:/-]{1,200}`$/.test(effect.marker)],
    ["title", isTitle(effect.title)],
    ["body", effect.body.length <= BODY],
    ["labels", hasOwnLabels(effect, view)],
  ],
  "edit-issue": factsOfEdit,
  "pin-issue": factsOfPin,
};

/**
 * Effects up to the first that is out of bounds, and a refusal as the receipt of that one, which never reaches GitHub.
 * Correct code produces none, so this stands between a bug and a write.
 */
export function keepWithin(
  effects: readonly Effect[],
  view: View,
): { readonly within: readonly Effect[]; readonly refused?: Withheld } {
  for (const [index, effect] of effects.entries()) {
    const refusal = refuseOutOfBounds(effect, view) ?? refuseCount(effects, index, view);
    if (refusal === undefined) continue;
    return { within: effects.slice(0, index), refused: withhold(effect, refusal) };
  }
  return { within: effects };
}

/** Undefined if this run may do this: its station in the line allows the kind, and its own facts allow the rest. */
export function refuseOutOfBounds(effect: Effect, view: View): Refusal | undefined {
  const { task } = view.input;
  const station = LINE.find((one) => one.kind === "control" && one.task === task);
  const allowed: readonly string[] = station?.kind === "control" ? station.mayWrite : [];
  if (!allowed.includes(effect.kind) || !Object.hasOwn(BOUNDS, effect.kind)) {
    return outside(`${effect.kind} by ${task}`, allowed.join(", ") || "no write at all");
  }
  const factsOf = BOUNDS[effect.kind] as (one: Effect, view: View) => readonly Fact[];
  const broken = factsOf(effect, view).find(([, holds]) => !holds);
  return broken === undefined
    ? undefined
    : outside(`the ${broken[0]} of ${effect.kind}`, "what belongs to this run's own order");
}

function refuseCount(effects: readonly Effect[], index: number, view: View): Refusal | undefined {
  const kind = effects[index]?.kind;
  const before = effects.slice(0, index + 1).filter((effect) => effect.kind === kind).length;
  const answered = view.receipts.filter((receipt) => receipt.kind === kind).length;
  const most = mostOf(kind, view);
  return before + answered <= most
    ? undefined
    : outside(`${kind}, written ${before + answered} times`, `at most ${most} in a run`);
}

function mostOf(kind: EffectKind | undefined, view: View): number {
  if (kind === "dispatch-workflow" && view.input.task === "heartbeat") return MOST_RINGS;
  if (kind === "write-check-run") return MOST_CHECK_RUNS;
  if (kind === "answer-thread" || kind === "resolve-thread") return MOST_ANSWERS;
  if (settlesLoop(view)) return kind === "set-labels" ? mostStarts(view) : MOST_OF_A_LOOP;
  return isBeat(view) ? MOST_OF_A_BEAT : MOST_OF_A_KIND;
}

function outside(subject: string, accepted: string): Refusal {
  return { code: "proposal-invalid", subject: subject.slice(0, 300), accepted };
}

/** Issues that may be closed: an incident of a smoke test of this issue, an alert that went quiet, a failure that works again, or an issue of a loop. */
function mayClose(issue: number, view: View): boolean {
  if (isIncident(issue, view) || isAlerted(issue, view)) return true;
  return isAboutDead(issue, view) || isOfLoop(issue, view);
}

function isOwnComment({ comment: id, issue }: EffectOf<"write-comment">, view: View): boolean {
  const made = ownReceipts(view, "write-comment").some(({ number }) => number === id);
  const { issues, input } = view;
  const { comments = [] } = issues.find((one) => one.issue.number === issue) ?? {};
  return made || comments.some((one) => one.id === id && one.author.id === input.identity.id);
}

function isTargetBranch(branch: string, { input, snapshot }: View): boolean {
  return branch === (input.order?.repository.defaultBranch ?? snapshot.repository.defaultBranch);
}

function ownReceipts<Kind extends EffectKind>(
  { receipts }: View,
  kind: Kind,
): readonly DoneOf<Kind>[] {
  return receipts.filter(
    (receipt): receipt is Receipt & DoneOf<Kind> => receipt.kind === kind && wasDone(receipt),
  );
}

/** Another run of the calling workflow, for this issue only. */
function isDoorbell({ workflow, inputs }: EffectOf<"dispatch-workflow">, view: View): boolean {
  const names = Object.keys(inputs);
  return (
    workflow === view.input.run.workflowFile &&
    names.join() === "issue" &&
    issuesToRing(view).some((number) => inputs.issue === `${number}`)
  );
}

function factsOfCheck(effect: EffectOf<"write-check-run">, view: View): readonly Fact[] {
  const { task } = view.input;
  if (task === "prove-report") return factsOfProof(effect, view);
  if (examinedIn(view) !== undefined) return factsOfExamination(effect, view);
  return task === "review-settle" ? factsOfReview(effect, view) : factsOfGate(effect, view);
}

function factsOfGate(effect: EffectOf<"write-check-run">, view: View): readonly Fact[] {
  return [
    ["name", effect.name === "factory/gate" || isCheck(effect.name, view)],
    ["sha", ownReceipts(view, "publish-commit").some(({ sha }) => sha === effect.sha)],
  ];
}

/** Whether it is a check of the config that this run's order pins. */
function isCheck(name: string, { input }: View): boolean {
  const check = name.replace(/^factory\//, "");
  const checks = Object.entries(input.order?.config.checks ?? {});
  return name !== check && checks.some(([known, one]) => known === check && one !== undefined);
}

/** Issues to ring for. The heartbeat belongs to no issue, and may ring for any open one; an attempt that ends, for those that waited for it. */
function issuesToRing(view: View): readonly number[] {
  const { input, issue, snapshot } = view;
  if (input.task === "heartbeat" && "known" in snapshot.openIssues) {
    return [...snapshot.openIssues.known.map(({ number }) => number), ...ofNoOpenIssue(view)];
  }
  const waiting = input.task === "settle" ? (snapshot.waiting ?? []) : [];
  return [...(issue === undefined ? [] : [issue]), ...waiting].map(({ number }) => number);
}

/** A run that finds an unrecorded merge has no order, and uses the config of the head. */
function isDeploy({ workflow, inputs }: EffectOf<"dispatch-workflow">, view: View): boolean {
  const found = view.input.task === "route" ? view.config : undefined;
  const deploy = (view.input.order?.config ?? found)?.smoke.deploy;
  return workflow === deploy?.workflow && Object.keys(inputs).length === 0;
}
