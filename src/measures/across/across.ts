import { type Figure, known, unknown } from "../figure.ts";
import type { Untold, Window } from "../history/history.ts";
import type { Review } from "../review/review.ts";

/**
 * Figures that can be added over repositories: counts, money, time spent, and shares of countable things. A median of
 * medians means nothing, and deployments of unrelated applications have no common rate, so neither is included.
 */
export const ADDED = [
  "merged",
  "takenBack",
  "repairs",
  "byAgents",
  "withoutPeople",
  "spent",
  "costPerMerged",
  "waitedForPeople",
  "attempts",
  "sentBack",
  "escaped",
  "stopped",
  "comprehensionDebt",
] as const;
export type Added = (typeof ADDED)[number];

/** A repository that is missing from the figures, and why. */
export interface Unread {
  readonly name: string;
  readonly because: string;
}

/** The sum of several repositories, of those that have the figure; the others are named. */
export interface Sum {
  readonly figure: Figure;
  readonly missing: readonly { readonly repository: string; readonly because: Untold }[];
}

/** The reviews of several repositories over the same window, and their sums. */
export interface Across {
  readonly window: Window;
  readonly reviews: readonly Review[];
  readonly sums: Readonly<Record<Added, Sum>>;
  /** Asked for, and not read. */
  readonly unread: readonly Unread[];
  /** Listed by an organization, without a factory config that the token may see. */
  readonly withoutFactory: readonly string[];
}

/** A figure of one repository. */
interface Part {
  readonly repository: string;
  readonly figure: Figure;
}

/** A share of nothing adds nothing, and is no gap. */
const OF_NOTHING: ReadonlySet<Untold> = new Set(["nothing-merged", "nothing-attempted"]);

/** The same reviews always make the same sums, in whatever order they come. Pure. */
export function acrossOf(
  reviews: readonly Review[],
  asked: {
    readonly window: Window;
    readonly unread?: readonly Unread[];
    readonly withoutFactory?: readonly string[];
  },
): Across {
  const { window, unread = [], withoutFactory = [] } = asked;
  const sorted = reviews.toSorted((left, right) => compare(left.repository, right.repository));
  const sums = Object.fromEntries(ADDED.map((name) => [name, sumOf(name, sorted)]));
  return { window, reviews: sorted, sums: sums as Record<Added, Sum>, unread, withoutFactory };
}

/** Figures of a review that can be added. */
export function addedOf(review: Review): Readonly<Record<Added, Figure>> {
  const { delivery, efficiency, funnel, vigilance } = review;
  const { merged, takenBack, repairs } = delivery;
  const { byAgents, withoutPeople, spent, costPerMerged, waitedForPeople } = efficiency;
  const { attempts, sentBack } = funnel;
  const { escaped, stopped, comprehensionDebt } = vigilance;
  return {
    ...{ merged, takenBack, repairs, byAgents, withoutPeople, spent, costPerMerged },
    ...{ waitedForPeople, attempts, sentBack, escaped, stopped, comprehensionDebt },
  };
}

function sumOf(name: Added, reviews: readonly Review[]): Sum {
  const parts = reviews.map((review) => ({
    repository: review.repository,
    figure: addedOf(review)[name],
  }));
  const missing = parts.flatMap(({ repository, figure }) =>
    "unknown" in figure && !OF_NOTHING.has(figure.unknown)
      ? [{ repository, because: figure.unknown }]
      : [],
  );
  if (name !== "costPerMerged") return { figure: added(parts), missing };
  return { figure: costPerMerged(reviews), missing };
}

function added(parts: readonly Part[]): Figure {
  const told = parts.flatMap(({ repository, figure }) =>
    "unknown" in figure ? [] : [{ repository, figure }],
  );
  const [first] = told;
  if (first === undefined) return nothingTold(parts);
  const from = told.flatMap(({ repository, figure }) => figure.from.map(idIn(repository)));
  const { unit } = first.figure;
  if (unit !== "share") {
    const value = told.reduce((sum, { figure }) => sum + figure.value, 0);
    return known(unit, value, from);
  }
  const among = told.flatMap(({ repository, figure }) =>
    (figure.among ?? []).map(idIn(repository)),
  );
  const part = new Set(from);
  const value = among.filter((id) => part.has(id)).length / among.length;
  return { ...known(unit, value, from), among };
}

/** All known money over all merges, because a mean of means would overweight small repositories. */
function costPerMerged(reviews: readonly Review[]): Figure {
  const told = reviews.filter(({ efficiency }) => "value" in efficiency.spent);
  if (told.length === 0) {
    return nothingTold(reviews.map(partOf(({ efficiency }) => efficiency.costPerMerged)));
  }
  const spent = added(told.map(partOf(({ efficiency }) => efficiency.spent)));
  const merges = told.flatMap(({ repository, delivery }) => {
    const repairs = new Set("value" in delivery.repairs ? delivery.repairs.from : []);
    const merged = "value" in delivery.merged ? delivery.merged.from : [];
    return merged.filter((id) => !repairs.has(id)).map(idIn(repository));
  });
  if ("unknown" in spent || merges.length === 0) return unknown("usd", "nothing-merged");
  return known("usd", spent.value / merges.length, [...spent.from, ...merges]);
}

function partOf(of: (review: Review) => Figure): (review: Review) => Part {
  return (review) => ({ repository: review.repository, figure: of(review) });
}

/** Why it is unknown: the reason of the first gap, or that there was nothing to share. */
function nothingTold(parts: readonly Part[]): Figure {
  const reasons = parts.flatMap(({ figure }) => ("unknown" in figure ? [figure] : []));
  const gap = reasons.find(({ unknown: because }) => !OF_NOTHING.has(because));
  return gap ?? reasons[0] ?? unknown("count", "nothing-merged");
}

/** `OWNER/NAME#12`, `OWNER/NAME@SHA`, and anything else after a colon. */
function idIn(repository: string): (id: string) => string {
  return (id) => {
    if (id.startsWith("#")) return `${repository}${id}`;
    return `${repository}${/^[0-9a-f]{40}$/.test(id) ? "@" : ":"}${id}`;
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
