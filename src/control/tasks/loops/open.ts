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
 * Finds the loop that this run is for in the files at the head: by the schedule line that rang, the event, or the name
 * that a person gave. Pins it into the order. Writes nothing.
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
  // A fault in another file does not stop this loop. The summary names it.
  return conclude(view, {
    headline: "loop-next",
    effects: [],
    next: "loop",
    order: judged.order,
    refusals: faulty,
  });
}

/**
 * The order of a loop that asks a model. The file sets its budget, and the day's budget has to cover all of it. The
 * fingerprints of its issues go along, so that nothing is judged twice.
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

/** One line of a schedule may belong to one loop only. With two, nobody can tell which is meant. */
function refuseBoth(one: LoopRead, another: LoopRead): Refusal {
  return {
    code: "loop-invalid",
    subject: `${one.path} and ${another.path}`.slice(0, 300),
    found: "both are started by the same",
    accepted: "a schedule or event of its own for each loop",
  };
}

/** Refuses a label of the factory on issues that a loop files: it would start the line without a person, or be untrue. */
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

/** A stopped loop waits for a person. An unreadable state may mean a stop. */
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
