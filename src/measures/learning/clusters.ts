import { keyOf, type Mistake, type Place } from "../../domain/lesson/mistake.ts";
import type { AreaOf, MadeMistake, Window } from "../history/history.ts";
import { isWithin } from "../review/window.ts";

/** The least number of mistakes in a cluster, */
export const LEAST_TIMES = 3;
/** and of its issues: one issue that fails three times is no pattern. */
export const LEAST_ISSUES = 2;

/** A frequent mistake at one place. */
export interface Cluster extends Mistake {
  readonly made: readonly MadeMistake[];
  readonly issues: readonly number[];
}

/**
 * Mistakes of one cause at one place: by exact path, check or test first; paths without enough mistakes are joined by
 * area. Each counts in one cluster. An unknown cause makes none. Most frequent first, then alphabetical.
 */
export function clustersIn(
  mistakes: readonly MadeMistake[],
  window: Window,
  areaOf: AreaOf,
): readonly Cluster[] {
  const known = mistakes.filter(({ at, cause }) => cause !== "unknown" && isWithin(at, window));
  const exact = grouped(known, ({ place }) => place).filter(isHabit);
  const taken = new Set(exact.flatMap(({ made }) => made));
  const left = known.filter((one) => one.place?.kind === "path" && !taken.has(one));
  const areas = grouped(left, ({ place }) => areaOfPlace(place, areaOf)).filter(isHabit);
  return [...exact, ...areas].toSorted(
    (left, right) => right.made.length - left.made.length || (keyOf(left) < keyOf(right) ? -1 : 1),
  );
}

/** Whether a mistake belongs to the subject of a lesson. */
export function isOf({ cause, place }: Mistake, made: Mistake, areaOf: AreaOf): boolean {
  if (cause !== made.cause) return false;
  const own = place?.kind === "area" ? areaOfPlace(made.place, areaOf) : made.place;
  return own?.kind === place?.kind && own?.name === place?.name;
}

function areaOfPlace(place: Place | undefined, areaOf: AreaOf): Place | undefined {
  return place?.kind === "path" ? { kind: "area", name: areaOf(place.name) } : place;
}

function grouped(
  mistakes: readonly MadeMistake[],
  placeOf: (mistake: MadeMistake) => Place | undefined,
): readonly Cluster[] {
  const placed = mistakes.map((made) => {
    const place = placeOf(made);
    return { made, mistake: { cause: made.cause, ...(place === undefined ? {} : { place }) } };
  });
  return [...Map.groupBy(placed, ({ mistake }) => keyOf(mistake)).values()].flatMap((own) => {
    const [first] = own;
    const made = own.map((one) => one.made);
    const issues = [...new Set(made.map(({ issue }) => issue))].toSorted((one, two) => one - two);
    return first === undefined ? [] : [{ ...first.mistake, made, issues }];
  });
}

function isHabit({ made, issues }: Cluster): boolean {
  return made.length >= LEAST_TIMES && issues.length >= LEAST_ISSUES;
}
