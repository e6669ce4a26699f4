import { keyOf, type Mistake, type Place } from "../../domain/lesson/mistake.ts";
import type { AreaOf, MadeMistake, Window } from "../history/history.ts";
import { isWithin } from "../review/window.ts";

/** As often a mistake has to be made, */
export const LEAST_TIMES = 3;
/** and on as many issues: one issue that goes wrong thrice is no habit. */
export const LEAST_ISSUES = 2;

/** The same mistake at the same place, made often. */
export interface Cluster extends Mistake {
  readonly made: readonly MadeMistake[];
  readonly issues: readonly number[];
}

/**
 * Mistakes of one cause at one place: by the very path, check or test first; paths that do not make one come together by their
 * area. Each counts in one cluster. What has no known cause makes none. The most frequent first, then by the alphabet.
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

/** Whether a mistake belongs to what a lesson is about. */
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
