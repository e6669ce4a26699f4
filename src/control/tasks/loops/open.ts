import { discussionsAsked } from "../../../domain/loop/discussions-asked.ts";
import { factoryLabels } from "../../../domain/loop/loop.ts";
import type { LoopOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { View } from "../../observed/issue-view.ts";
import { dueLoops, readLoopFiles } from "../../observed/loops/loop-files.ts";
import { readLoop, standingOf } from "../../observed/loops/loop-issues.ts";
import type { LoopRead, LoopReading } from "../../observed/loops/loop-text.ts";
import type { Decision, Wants } from "../../observed/situation.ts";
import { readWorkToday } from "../../observed/turns/work-today.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { commonOrder, ownActor } from "../../outcome/orders.ts";
import { refuseDay } from "../../vetoes/day.ts";
import { refuseAndon, refuseCaller } from "../../vetoes/preconditions.ts";
import { visibleTo } from "./visible.ts";

/**
 * Which loop this run is for, by the files at the head: the line of the schedule that rang, the event, or the name that a
 * person gave. Pins it into the order. Nothing is written here.
 */
export function decideLoopOpen(view: View): Decision | Wants {
  const refusal = view.configRefusal ?? refuseCaller(view) ?? refuseAndon(view);
  if (refusal !== undefined) return stayQuiet(view, [refusal]);
  const reading = readLoopFiles(view);
  if ("wants" in reading) return reading;
  if ("unknown" in reading) {
    const { unknown: found } = reading;
    return stayQuiet(view, [{ code: "state-unknown", subject: "the loop files", found }]);
  }
  const faulty = reading.known.flatMap(refuseFaulty);
  const loops = reading.known.flatMap((one) => ("read" in one ? [one.read] : []));
  const [due, another] = dueLoops(view, loops);
  if (due === undefined) {
    const asked = view.trigger?.kind === "doorbell" ? [refuseAsked(view, loops)] : [];
    const headline = "loop-none-due";
    return conclude(view, { headline, effects: [], refusals: [...faulty, ...asked] });
  }
  if (another !== undefined) return stayQuiet(view, [refuseBoth(due, another)]);
  return openLoop(view, { due, faulty });
}

function openLoop(
  view: View,
  { due, faulty }: { readonly due: LoopRead; readonly faulty: readonly Refusal[] },
): Decision | Wants {
  const refused = refuseLabels(view, due) ?? refuseStopped(view, due.name);
  if (refused !== undefined) return stayQuiet(view, [...faulty, refused]);
  const label = discussionsAsked(due.loop);
  if (label !== undefined && view.discussions === undefined) {
    return { wants: [], discussions: label };
  }
  const visible = visibleTo(view, due);
  if ("refusal" in visible) return stayQuiet(view, [...faulty, visible.refusal]);
  const common = commonOrder(view, "loop", view.actor ?? ownActor(view));
  const asked = { ...due, visible: visible.text };
  const order = { ...common, loop: asked };
  const judged = due.loop.roles.judge === undefined ? { order } : withJudge(view, order);
  if ("refusal" in judged) return stayQuiet(view, [...faulty, judged.refusal]);
  // What is wrong with another file does not keep this one from its work; the summary names it.
  return conclude(view, {
    headline: "loop-next",
    effects: [],
    next: "loop",
    order: judged.order,
    refusals: faulty,
  });
}

/**
 * The order of a loop that asks a model: its budget is the file's, and the day's money has to cover all of it. What its issues
 * stand for goes along, so that nothing is judged twice.
 */
function withJudge(
  view: View,
  order: LoopOrder,
): { readonly order: LoopOrder } | { readonly refusal: Refusal } {
  const { name, loop } = order.loop;
  const usd = loop.budget?.usd ?? 0;
  const work = readWorkToday(view);
  if ("unknown" in work) {
    const { unknown: found } = work;
    return { refusal: { code: "state-unknown", subject: "what the day has cost", found } };
  }
  const spent = refuseDay(view, work.known, usd);
  if (spent !== undefined) return { refusal: spent };
  const standing = standingOf(readLoop(view, name));
  return {
    order: { ...order, budget: { ...order.budget, usd }, loop: { ...order.loop, standing } },
  };
}

function refuseFaulty(reading: LoopReading): readonly Refusal[] {
  if ("read" in reading) return [];
  const { path, faults } = reading;
  const found = faults.join("; ").slice(0, 2_000);
  return [{ code: "loop-invalid", subject: path.slice(0, 300), found }];
}

function refuseAsked({ trigger }: View, loops: readonly LoopRead[]): Refusal {
  const name = trigger?.kind === "doorbell" ? trigger.loop : undefined;
  return {
    code: "loop-invalid",
    subject: name === undefined ? "the input loop" : `loop ${name}`,
    found: name === undefined ? "no name" : "no loop file of this name at the head",
    accepted:
      loops
        .map((one) => one.name)
        .join(", ")
        .slice(0, 500) || "no loop at all",
  };
}

/** One line of a schedule is one loop's: which of two was meant, nobody can tell. */
function refuseBoth(one: LoopRead, another: LoopRead): Refusal {
  return {
    code: "loop-invalid",
    subject: `${one.path} and ${another.path}`.slice(0, 300),
    found: "both are started by the same",
    accepted: "a schedule or event of its own for each loop",
  };
}

/** A label of the factory's on what a loop files would start the line without a person, or say what is not so. */
function refuseLabels({ prefix }: View, { path, loop }: LoopRead): Refusal | undefined {
  const [own] = factoryLabels(loop, prefix);
  if (own === undefined) return undefined;
  return {
    code: "loop-invalid",
    subject: `${path}: effects.labels`.slice(0, 300),
    found: own,
    accepted: `labels that do not begin with ${prefix}`,
  };
}

/** A stopped loop waits for a person; what nobody can read of it may say that it is stopped. */
export function refuseStopped(view: View, name: string): Refusal | undefined {
  const { state, resumed } = readLoop(view, name);
  if (state === undefined) return undefined;
  if ("unknown" in state) {
    return { code: "state-unknown", subject: `what loop ${name} did last`, found: state.unknown };
  }
  const { stopped } = state.known;
  if (stopped === undefined || resumed) return undefined;
  return {
    code: "loop-stopped",
    subject: `loop ${name}`,
    found: `${stopped.measure} went from ${stopped.from} to ${stopped.to} at ${stopped.at}`,
  };
}
