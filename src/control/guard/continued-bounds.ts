import type { EffectOf } from "../../domain/github/effect.ts";
import {
  type Continued,
  type Examined,
  parentsOf,
} from "../../domain/github/owned-pull-request.ts";
import { leaseOfBranch } from "../../domain/lease.ts";
import type { View } from "../observed/issue-view.ts";
import { isOwnBranch } from "./own-places.ts";
import { BODY, isTitle } from "./texts.ts";
import { areUnblockParents, unblockedIn } from "./unblock-bounds.ts";

/** The open pull request that this run's order continues. */
export function continuedIn({ input }: View): Continued | undefined {
  return input.order?.kind === "line" ? input.order.continues : undefined;
}

/** The pull request that this run only examines. */
export function examinedIn({ input }: View): Examined | undefined {
  return input.order?.kind === "line" ? input.order.examines : undefined;
}

/** An examination of somebody's commit neither passes nor blocks it. */
export function factsOfExamination(
  effect: EffectOf<"write-check-run">,
  view: View,
): readonly (readonly [property: string, holds: boolean])[] {
  const examined = examinedIn(view);
  return [
    ["name", effect.name === `factory/${examined?.asks}`],
    ["sha", effect.sha === examined?.head],
    ["conclusion", effect.conclusion === "neutral"],
  ];
}

/** A commit goes to the branch of the pull request that its order continues, or else to the claimed branch. */
export function isPublishedTo(branch: string, view: View): boolean {
  const continued = continuedIn(view);
  if (continued === undefined) return isOwnBranch(branch, view);
  return branch === continued.branch && leaseOfBranch(branch)?.issue === view.issue?.number;
}

/** Without a statement, it is the base of the change; otherwise exactly what the order continues. */
export function areParents(parents: readonly string[] | undefined, view: View): boolean {
  const mended = unblockedIn(view);
  if (mended !== undefined) return areUnblockParents(parents, mended);
  const continued = continuedIn(view);
  const base = view.input.order?.base;
  if (continued === undefined || base === undefined) return parents === undefined;
  return parents?.join() === parentsOf(continued, base).join();
}

/** Each answer is a request that creates content. Threads beyond this number wait for the next attempt. */
export const MOST_ANSWERS = 10;

/** A thread that people opened on the pull request that this run continues. */
export function factsOfAnswer(
  effect: EffectOf<"answer-thread">,
  view: View,
): readonly (readonly [property: string, holds: boolean])[] {
  const threads = view.owned?.threads ?? [];
  return [
    ["pullRequest", effect.pullRequest === continuedIn(view)?.pullRequest],
    ["thread", threads.some(({ id }) => id === effect.thread)],
    ["marker", /^\*\*Millwright · attempt [1-9][0-9]{0,3}\*\*$/.test(effect.marker)],
    ["body", effect.body.startsWith(`${effect.marker}\n`) && effect.body.length <= BODY],
  ];
}

/** The thread's own id identifies it, as read with its comments. */
export function factsOfResolution(
  effect: EffectOf<"resolve-thread">,
  view: View,
): readonly (readonly [property: string, holds: boolean])[] {
  const thread = view.owned?.threads.find(({ id }) => id === effect.thread);
  return [
    ["pullRequest", effect.pullRequest === continuedIn(view)?.pullRequest],
    ["thread", thread !== undefined],
    ["node", effect.node === thread?.node],
  ];
}

export function factsOfUpdate(
  effect: EffectOf<"update-pull-request">,
  view: View,
): readonly (readonly [property: string, holds: boolean])[] {
  return [
    ["pullRequest", effect.pullRequest === continuedIn(view)?.pullRequest],
    ["title", isTitle(effect.title)],
    ["body", effect.body.length <= BODY],
  ];
}
