import { keyOf } from "../../../domain/loop/key-of.ts";
import { type LoopPlan, planLoop } from "../../../domain/loop/plan.ts";
import type { LoopState } from "../../../domain/loop/state.ts";
import type { Taken } from "../../../domain/loop/take-judgement.ts";
import type { LoopOrder } from "../../../domain/order.ts";
import { isFailure, type Refusal } from "../../../domain/refusal.ts";
import { refuseWord } from "../../../wording/loops/judged.ts";
import type { View } from "../../observed/issue-view.ts";
import { readLoop } from "../../observed/loops/loop-issues.ts";
import { type Reading, readProposal } from "../../observed/proposals.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { readOrder } from "../../outcome/orders.ts";
import { refuseAndon } from "../../vetoes/preconditions.ts";
import type { LoopAtWork } from "./at-work.ts";
import { actsOf, isCurrent, stopsOf } from "./effects.ts";
import { readJudged, spentByJudge } from "./judge.ts";
import { refuseStopped } from "./open.ts";
import { costOf } from "./record.ts";

/**
 * Files, keeps and closes findings within the bounds of the loop file at the base. If a guard worsened since the last
 * action, stops the loop and undoes that action. Missing facts close nothing, and a finding that a judge should have
 * weighed, but did not, is not filed.
 */
export function decideLoopSettle(view: View): Decision | Wants {
  const pinned = readOrder(view, "loop");
  if ("refusal" in pinned) return stayQuiet(view, [pinned.refusal]);
  const { order } = pinned;
  const { name } = order.loop;
  const reading = readProposal(view, { worker: "run-loop", order });
  const refusal = refuseAndon(view) ?? refuseStopped(view, name);
  if (refusal !== undefined || reading.kind !== "proposal") {
    return carryCost(view, { order, reading, refusal });
  }
  const github = readLoop(view, name);
  const known = knownState(github);
  const found = reading.proposal;
  const judged = readJudged(view, { order, found });
  if (judged.kind === "wants") return { wants: judged.wants };
  const base = { order, found, github, state: known, spentUsd: 0, notTaken: [] };
  if (judged.kind === "silent") {
    return carrySilence(view, { ...base, spentUsd: judged.spentUsd }, judged.refusal);
  }
  const { taken, spentUsd } = judged;
  const work: LoopAtWork = { ...base, spentUsd, notTaken: taken?.notTaken ?? [] };
  return carryOut(view, work, planOf(view, work, taken));
}

function knownState({ state }: LoopAtWork["github"]): LoopState | undefined {
  return state !== undefined && "known" in state ? state.known : undefined;
}

/**
 * Nothing is done, whatever the judge answers, but the day has to count its cost. A state that is not trusted is left as
 * it is.
 */
function carryCost(
  view: View,
  about: {
    readonly order: LoopOrder;
    readonly reading: Reading<"run-loop">;
    readonly refusal: Refusal | undefined;
  },
): Decision {
  const { order, reading, refusal } = about;
  const refusals = [refusal ?? ("refusal" in reading ? reading.refusal : undefined)];
  const said = refusals.filter((one) => one !== undefined);
  const found = reading.kind === "proposal" ? { found: reading.proposal } : {};
  const spentUsd = spentByJudge(view, { order, ...found });
  const github = readLoop(view, order.loop.name);
  const isUnknown = github.state !== undefined && "unknown" in github.state;
  if (spentUsd === 0 || isUnknown) return stayQuiet(view, said);
  const work = { order, github, spentUsd, state: knownState(github), ...found };
  const effects = [costOf(view, work)];
  return conclude(view, { headline: "loop-untaken", effects, refusals: said });
}

/** Without the judge's answer nothing is filed, kept or closed. Only its cost is recorded. */
function carrySilence(view: View, work: LoopAtWork, refusal: Refusal): Decision {
  const plan = planOf(view, work, null);
  // A guard needs no judge.
  if (plan.kind === "stops") return carryOut(view, work, plan);
  const refusals = [refusal, ...nothingProduced(work, refusal)];
  if (work.spentUsd === 0) return stayQuiet(view, refusals);
  const effects = [costOf(view, work)];
  return conclude(view, { headline: "loop-unjudged", effects, refusals });
}

/** A run without a result is not green, whatever prevented one. */
function nothingProduced({ order }: LoopAtWork, refusal: Refusal): readonly Refusal[] {
  if (isFailure(refusal)) return [];
  return [{ code: "nothing-produced", subject: `the judge of loop ${order.loop.name}` }];
}

function planOf(view: View, work: LoopAtWork, taken: Taken | null | undefined): LoopPlan {
  const { order, found, github, state } = work;
  return planLoop({
    loop: order.loop.loop,
    name: order.loop.name,
    gathered: found.gathered,
    state,
    open: github.open.map((one) => ({ ...one, mayStart: mayStart(view, work, one) })),
    dismissed: github.dismissed,
    resumed: github.resumed,
    run: view.input.run.id,
    now: order.at,
    ...(taken === undefined ? {} : { judged: taken }),
  });
}

/** Issues given to the line are written by code, and people could read them before this run. */
function mayStart(view: View, work: LoopAtWork, issue: LoopAtWork["github"]["open"][number]) {
  const { items } = work.found.gathered;
  const item = items.find((one) => keyOf(one) === issue.key);
  if (issue.mayStart !== true || item === undefined) return false;
  return isCurrent(view, { work, item, found: issue });
}

function carryOut(view: View, work: LoopAtWork, plan: LoopPlan): Decision {
  const { name } = work.order.loop;
  switch (plan.kind) {
    case "unknown":
      return carrySilence(view, work, {
        code: "state-unknown",
        subject: `the measure ${plan.measure} of loop ${name}`,
        found: "nothing that it gathers says it",
      });
    case "stops":
      return conclude(view, { headline: "loop-stops", effects: stopsOf(view, { work, plan }) });
    case "acts": {
      const nothing = work.found.gathered.items.length === 0;
      const done = plan.reached ? "loop-reached" : "loop-filed";
      return conclude(view, {
        headline: nothing ? "loop-found-nothing" : done,
        effects: actsOf(view, { work, plan }),
        remarks: work.notTaken.map(refuseWord),
      });
    }
  }
}
