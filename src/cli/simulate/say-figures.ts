import { counted } from "../../wording/figures.ts";
import type { SimulateArguments } from "./arguments.ts";
import type { Figures } from "./figures.ts";
import { layColumns } from "./lay-columns.ts";
import { GITHUB } from "./profile.ts";
import type { SimulateResult } from "./result.ts";

type Row = readonly [name: string, of: (figures: Figures) => string];

const ROWS: readonly Row[] = [
  ["merged", ({ merged }) => count(merged)],
  ["merged an hour, while they came", ({ mergedPerHour }) => count(mergedPerHour)],
  ["given up", ({ givenUp }) => count(givenUp)],
  ["lost / starved", ({ lost, starved }) => `${lost} / ${starved}`],
  ["slots busy", ({ load }) => percent(load)],
  ["wait for a start, half", ({ wait }) => sayTime(wait.p50)],
  ["wait for a start, 95 %", ({ wait }) => sayTime(wait.p95)],
  ["wait for a start, longest", ({ wait }) => sayTime(wait.most)],
  ["… started within a minute", ({ wait }) => percent(wait.withinMinute)],
  ["… 95 %, by Erlang C", ({ chance }) => (chance.p95 === null ? "no end" : sayTime(chance.p95))],
  ["a place is held for", ({ chance }) => sayTime(chance.heldFor)],
  [
    "head moved while it was built",
    ({ moved }) => `${count(moved.count)} (${moved.perAttempt} an attempt)`,
  ],
  ["made again after a collision", ({ reruns }) => `${reruns.built} (${percent(reruns.share)})`],
  ["… while a person was asked", ({ reruns }) => count(reruns.asked)],
  ["… of both, of what was merged", ({ reruns }) => percent(reruns.shareOfAll)],
  ["requests an hour, a repository", ({ requests }) => count(requests.perHour)],
  ["… in the fullest hour", ({ requests }) => `${requests.peak} of ${GITHUB.requestsPerHour}`],
  ["… waited for the limit, 95 %", ({ requests }) => sayTime(requests.delayP95)],
  [
    "creations, fullest hour",
    (one) => `${one.creations.peakPerHour} of ${GITHUB.creationsPerHour}`,
  ],
  ["jobs", ({ jobs }) => count(jobs.count)],
  ["… at a time, at most", ({ jobs }) => count(jobs.peak)],
  ["billed minutes", ({ jobs }) => count(jobs.minutes)],
  [
    "runners / model",
    ({ usd }) => `$${count(Math.round(usd.runners))} / $${count(Math.round(usd.model))}`,
  ],
  ["cost of one that was merged", ({ usd }) => `$${usd.perMerge.toFixed(2)}`],
  ["all done after", ({ drainedAfter }) => `${drainedAfter} h`],
  [
    "computed in",
    ({ compute }) =>
      `${(compute.ms / 1_000).toFixed(1)} s (processor ${(compute.cpuMs / 1_000).toFixed(1)} s)`,
  ],
  ["… the slowest schedule", ({ compute }) => `${compute.slowestMs} ms`],
];

export function rowsOf(columns: readonly Figures[]): readonly (readonly string[])[] {
  return ROWS.map(([name, of]) => [name, ...columns.map(of)]);
}

/** What no schedule can mend, and what would: places cost money, order does not. */
export function sayChance(
  { load, chance }: Figures,
  { slots }: { readonly slots: number },
): string {
  if (load >= FULL) {
    return "More issues came than the places can build, so the wait grows with every hour: it says how long it went on, and nothing of the schedule.";
  }
  const remedy =
    chance.slotsForMinute === null
      ? ""
      : `, or ${counted(chance.slotsForMinute, "place")} at this load`;
  return `At ${percent(load)} load of ${slots} places, ${percent(chance.late)} of arrivals wait for more than a minute in whatever order they start, because every place is taken for longer (Erlang C). For 95 % within a minute: at most ${percent(chance.loadForMinute)} load${remedy}.`;
}

const MOVED = {
  anew: "a change whose base moved is built anew by a model",
  rebuilt:
    "a change whose base moved is rebuilt by code where it applies, and examined again, as the factory does",
  applied: "a change whose base moved is merged where it applies, unexamined",
} as const;

/** Later fate of a change after the head has moved. */
export function sayMoved({ movedBase }: SimulateArguments["plan"]): string {
  return MOVED[movedBase];
}

/** From here on the queue grows for as long as issues come. */
const FULL = 0.95;

export function titleOf({ plan }: Pick<SimulateArguments, "plan">): string {
  return `${count(plan.issues)} issues in ${plan.hours} h over ${plan.repositories} ${plan.repositories === 1 ? "repository" : "repositories"}, ${plan.slots} slots each`;
}

/** For people: what was asked, one column a policy, and whether it held. @param width of the terminal, if there is one */
export function sayFigures(
  asked: SimulateArguments,
  result: SimulateResult,
  width?: number,
): string {
  const { plan, requestsFrom } = asked;
  const { scheduled, firstInFirstOut, conflictsAvoided } = result;
  const columns = [...(scheduled === undefined ? [] : [scheduled]), firstInFirstOut];
  const measured = requestsFrom === "measured" ? "as bench measured them last" : "as you gave them";
  return [
    `${titleOf(asked)}, seed ${plan.seed}`,
    `${plan.requestsPerIssue} API requests an issue, ${measured}; ${sayMoved(plan)}`,
    "",
    ...layColumns(
      columns.map(({ policy }) => policy),
      rowsOf(columns),
      width,
    ),
    "",
    ...(conflictsAvoided === undefined ? [] : [sayAvoided(conflictsAvoided)]),
    ...columns.slice(0, 1).map((one) => sayChance(one, plan)),
    ...columns.flatMap(({ policy, violations }) => violations.map((one) => `${policy}: ${one}`)),
    result.ok
      ? "No limit was violated, no issue was lost or starved."
      : "A limit was violated, or an issue was lost or starved: see above.",
    "",
  ].join("\n");
}

/** Where hardly anything waits there is nothing to choose from, and chance decides between the two. */
export function sayAvoided(collisions: number): string {
  const word = Math.abs(collisions) === 1 ? "collision" : "collisions";
  return `${Math.abs(collisions)} ${word} ${collisions < 0 ? "more" : "fewer"} than first in, first out.`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

export function sayTime(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 5_400) return `${(seconds / 60).toFixed(1)} min`;
  return `${(seconds / 3_600).toFixed(1)} h`;
}
