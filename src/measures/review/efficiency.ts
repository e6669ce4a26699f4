import { AT_PEOPLE } from "../../domain/stage.ts";
import { millisecondsBetween } from "../../domain/text/time.ts";
import { type Figure, known, share, unknown } from "../figure.ts";
import type { History, Merge, Window, Work } from "../history/history.ts";
import { mergesWithin } from "./delivery.ts";
import { ALIVE_DAYS, DAY_MS, isWithin, overlap } from "./window.ts";

/** Cost of merges, and the share of people's work. */
export interface Efficiency {
  /** USD for models, over all issues. */
  readonly spent: Figure;
  /** USD spent in the window for each pull request merged in it; work without a result is included. */
  readonly costPerMerged: Figure;
  /** Of merges that became fourteen days old in the window: the share not reverted by then, */
  readonly alive: Figure;
  /** and USD of all their issues for each of those. */
  readonly costPerSurviving: Figure;
  /** Of merged issues, those on which no person did anything after the label. */
  readonly withoutPeople: Figure;
  /** Of merges, those that an agent wrote or helped to write. */
  readonly byAgents: Figure;
  /** Total time of issues at stages where a person is next, in ms. */
  readonly waitedForPeople: Figure;
}

/** A history of other tools has stages that we have not. */
function isAtPeople(stage: string): boolean {
  return AT_PEOPLE.some((one) => one === stage);
}

export function efficiencyOf(history: History, window: Window): Efficiency {
  const merges = mergesWithin(history, window).filter(({ repairs }) => !repairs);
  const { work } = history;
  const written = mergesWithin(history, window);
  const told = written.filter(({ writer }) => writer !== undefined);
  const byAgents = told.filter(({ writer }) => writer === "agent" || writer === "both");
  const cohort = cohortOf(history, window);
  return {
    alive: aliveOf(cohort),
    byAgents: share(
      byAgents.map(({ id }) => id),
      told.map(({ id }) => id),
      written.length === 0 ? "nothing-merged" : "no-authors",
    ),
    ...("untold" in work
      ? {
          spent: unknown("usd", work.untold),
          costPerMerged: unknown("usd", work.untold),
          costPerSurviving: unknown("usd", work.untold),
          withoutPeople: unknown("share", work.untold),
          waitedForPeople: unknown("ms", work.untold),
        }
      : {
          ...spentOn(work.known, merges, window),
          costPerSurviving: costPerSurviving(work.known, cohort),
          withoutPeople: withoutPeople(work.known, merges),
          waitedForPeople: waitedForPeople(work.known, window),
        }),
  };
}

/** Merges that became fourteen days old in the window; younger ones are unknown yet. Reverts do not count. */
function cohortOf({ merges }: History, window: Window): readonly Merge[] {
  const age = ALIVE_DAYS * DAY_MS;
  const { from, until } = window;
  return merges.filter(({ mergedAt, repairs }) => {
    const old = millisecondsBetween(mergedAt, until) >= age;
    return old && millisecondsBetween(mergedAt, from) < age && !repairs;
  });
}

/** Not reverted fourteen days after the merge. */
export function isAlive({ mergedAt, takenBackAt }: Merge): boolean {
  return (
    takenBackAt === undefined || millisecondsBetween(mergedAt, takenBackAt) >= ALIVE_DAYS * DAY_MS
  );
}

function aliveOf(cohort: readonly Merge[]): Figure {
  return share(
    cohort.filter(isAlive).map(({ id }) => id),
    cohort.map(({ id }) => id),
    "too-young",
  );
}

function spentOn(
  { spendings }: Work,
  merges: readonly Merge[],
  window: Window,
): Pick<Efficiency, "spent" | "costPerMerged"> {
  const within = spendings.filter(({ at }) => isWithin(at, window));
  if (within.length === 0) {
    return { spent: unknown("usd", "no-usage"), costPerMerged: unknown("usd", "no-usage") };
  }
  const usd = within.reduce((sum, one) => sum + one.usd, 0);
  const from = within.map(({ issue }) => `#${issue}`);
  return {
    spent: known("usd", usd, from),
    costPerMerged:
      merges.length === 0
        ? unknown("usd", "nothing-merged")
        : known("usd", usd / merges.length, [...from, ...merges.map(({ id }) => id)]),
  };
}

function costPerSurviving({ spendings }: Work, cohort: readonly Merge[]): Figure {
  const issues = new Set(cohort.map(({ issue }) => issue));
  const own = spendings.filter(({ issue }) => issues.has(issue));
  const alive = cohort.filter(isAlive);
  if (cohort.length === 0) return unknown("usd", "too-young");
  if (alive.length === 0) return unknown("usd", "nothing-survived");
  if (own.length === 0) return unknown("usd", "no-usage");
  const usd = own.reduce((sum, one) => sum + one.usd, 0);
  return known(
    "usd",
    usd / alive.length,
    cohort.map(({ id }) => id),
  );
}

function withoutPeople({ people }: Work, merges: readonly Merge[]): Figure {
  const own = merges.filter(({ issue }) => issue !== undefined);
  const helped = new Set(people.map(({ issue }) => issue));
  const alone = own.filter(({ issue, person }) => !helped.has(issue ?? 0) && person !== true);
  return share(
    alone.map(({ id }) => id),
    own.map(({ id }) => id),
    "nothing-merged",
  );
}

function waitedForPeople({ stays }: Work, window: Window): Figure {
  const waits = stays
    .filter(({ stage }) => isAtPeople(stage))
    .map((stay) => ({ issue: stay.issue, ms: overlap(stay, window) }))
    .filter(({ ms }) => ms > 0);
  return known(
    "ms",
    waits.reduce((sum, { ms }) => sum + ms, 0),
    waits.map(({ issue }) => `#${issue}`),
  );
}

/** Issues that wait for a person at the end of the window, the longest first; times in ms. */
export function waitingNow(
  { stays }: Work,
  window: Window,
): readonly { readonly issue: number; readonly stage: string; readonly ms: number }[] {
  return stays
    .filter(({ stage, until }) => isAtPeople(stage) && until === undefined)
    .map(({ issue, stage, from }) => ({
      ...{ issue, stage, ms: millisecondsBetween(from, window.until) },
    }))
    .filter(({ ms }) => ms > 0)
    .toSorted((left, right) => right.ms - left.ms || left.issue - right.issue);
}
