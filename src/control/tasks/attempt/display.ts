import type { Effect, EffectOf } from "../../../domain/github/effect.ts";
import { wasRefused } from "../../../domain/github/receipt.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { refusalOfReceipt } from "../../observed/receipts.ts";
import { reviewRequests } from "../../outcome/review-requests.ts";
import { answerEffects, resolutions } from "../own/answers.ts";
import { checkEffect, checkRunEffects, type Published } from "./publication.ts";

/** The gate goes first: if GitHub refuses one check run, it refuses all. */
function checksOf(view: View, published: Published): readonly EffectOf<"write-check-run">[] {
  return [checkEffect(published), ...checkRunEffects(view, published)];
}

/** Threads that still need an answer or have to be resolved. After one refusal, no more of that kind are tried. */
export function unanswered(view: View, published: Published): readonly Effect[] {
  const { answers, resolved } = threadEffects(view, published);
  const unsaid = leftOf(view, answers);
  return unsaid.length > 0 ? unsaid : leftOf(view, resolved);
}

function leftOf<One extends Effect>(view: View, effects: readonly One[]): readonly One[] {
  const receipts = effects.map(({ kind, key }) =>
    view.receipts.find((one) => one.kind === kind && one.key === key),
  );
  return receipts.some(wasRefused)
    ? []
    : effects.filter((_effect, index) => receipts[index] === undefined);
}

function threadEffects(view: View, { attempt: { order }, gate, commit }: Published) {
  const made = gate.implement;
  return {
    answers: answerEffects(view, { order, made, commit }),
    resolved: resolutions(view, { order, made }),
  };
}

/** Check runs that still have to be written; none after one was refused. */
export function unshown(view: View, published: Published): readonly EffectOf<"write-check-run">[] {
  return leftOf(view, checksOf(view, published));
}

/** Reviews that still have to be requested; none after one was refused. */
export function unasked(
  view: OnIssue,
  published: Published,
): readonly EffectOf<"request-review">[] {
  return leftOf(view, reviewRequests(view, published));
}

/** Check runs, answers and resolved threads only inform. If GitHub refuses one, the line continues and reports that it is missing. */
export function tolerated(view: View, published: Published): readonly Refusal[] {
  const { answers, resolved } = threadEffects(view, published);
  const shown = [...checksOf(view, published), ...answers, ...resolved];
  return refusedOf(view, shown);
}

/** Reviewers are also mentioned in a comment, so a refused review request is only reported. */
export function unrequested(view: OnIssue, published: Published): readonly Refusal[] {
  return refusedOf(view, reviewRequests(view, published));
}

function refusedOf(view: View, effects: readonly Effect[]): readonly Refusal[] {
  const receipts = effects.map(({ kind, key }) =>
    view.receipts.find((one) => one.kind === kind && one.key === key),
  );
  return receipts.filter(wasRefused).map(refusalOfReceipt);
}
