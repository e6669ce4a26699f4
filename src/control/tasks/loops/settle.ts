import { keyOf, type LoopPlan, planLoop } from "../../../domain/loop/plan.ts";
import type { View } from "../../observed/issue-view.ts";
import { readLoop } from "../../observed/loops/loop-issues.ts";
import { readProposal } from "../../observed/proposals.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { readOrder } from "../../outcome/orders.ts";
import { refuseAndon } from "../../vetoes/preconditions.ts";
import type { LoopAtWork } from "./at-work.ts";
import { actsOf, isCurrent, stopsOf } from "./effects.ts";
import { refuseStopped } from "./open.ts";

/**
 * Files, keeps and closes what was gathered, within the bounds of the loop file at the base; or stops the loop, where a guard
 * worsened since it acted last, and undoes that. What nobody could gather closes nothing.
 */
export function decideLoopSettle(view: View): Decision {
  const pinned = readOrder(view, "loop");
  if ("refusal" in pinned) return stayQuiet(view, [pinned.refusal]);
  const { order } = pinned;
  const { name } = order.loop;
  const refusal = refuseAndon(view) ?? refuseStopped(view, name);
  if (refusal !== undefined) return stayQuiet(view, [refusal]);
  const reading = readProposal(view, { worker: "run-loop", order });
  if (reading.kind !== "proposal") return stayQuiet(view, [reading.refusal]);
  const github = readLoop(view, name);
  const { state } = github;
  const known = state !== undefined && "known" in state ? state.known : undefined;
  const work = { order, found: reading.proposal, github, state: known };
  return carryOut(view, work, planOf(view, work));
}

function planOf(view: View, work: LoopAtWork): LoopPlan {
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
  });
}

/** What is given to the line is what code has written and a person could read: it stood there before this run. */
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
      return stayQuiet(view, [
        {
          code: "state-unknown",
          subject: `the measure ${plan.measure} of loop ${name}`,
          found: "nothing that it gathers says it",
        },
      ]);
    case "stops":
      return conclude(view, { headline: "loop-stops", effects: stopsOf(view, { work, plan }) });
    case "acts": {
      const nothing = work.found.gathered.items.length === 0;
      const done = plan.reached ? "loop-reached" : "loop-filed";
      return conclude(view, {
        headline: nothing ? "loop-found-nothing" : done,
        effects: actsOf(view, { work, plan }),
      });
    }
  }
}
