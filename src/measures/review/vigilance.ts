import { type Figure, known, unknown } from "../figure.ts";
import type {
  History,
  Merge,
  ScheduledWorkflow,
  Stop,
  Told,
  TrustChange,
  Window,
} from "../history/history.ts";
import { mergesWithin } from "./delivery.ts";
import { isWithin, overlap } from "./window.ts";

/** Lines of an area that were merged without a recorded reader. */
export interface DebtRow {
  readonly area: string;
  /** Lines merged in the window, */
  readonly merged: Figure;
  /** and of them those of changes that no person reviewed, merged or wrote. */
  readonly unopened: Figure;
}

export interface OwnerRow {
  readonly area: string;
  readonly files: number;
  /** Of its files, those with an owner. */
  readonly owned: Figure;
  /** Paths without an owner. */
  readonly unowned: readonly string[];
}

/** Unnoticed risks. */
export interface Vigilance {
  readonly comprehensionDebt: Figure;
  readonly debt: readonly DebtRow[];
  readonly owners: Told<readonly OwnerRow[]>;
  readonly automations: Told<readonly ScheduledWorkflow[]>;
  readonly stops: Told<readonly (Stop & { readonly ms: number })[]>;
  /** Time of stops within the window, in ms. */
  readonly stopped: Figure;
  readonly trust: Told<readonly TrustChange[]>;
  /** Defects that were reported again after their fix was live. */
  readonly escaped: Figure;
}

export function vigilanceOf(history: History, window: Window): Vigilance {
  const { owners, automations, trust, work } = history;
  const stops = stopsWithin(history, window);
  return {
    ...debtOf(history, window),
    owners: "untold" in owners ? owners : { known: owners.known.map(ownerRow) },
    automations,
    stops,
    stopped:
      "untold" in stops
        ? unknown("ms", stops.untold)
        : known(
            "ms",
            stops.known.reduce((sum, { ms }) => sum + ms, 0),
            stops.known.map(({ issue }) => `#${issue}`),
          ),
    trust:
      "untold" in trust ? trust : { known: trust.known.filter(({ at }) => isWithin(at, window)) },
    escaped:
      "untold" in work ? unknown("count", work.untold) : escapedOf(work.known.escapes, window),
  };
}

function escapedOf(
  escapes: readonly { readonly at: string; readonly issue: number }[],
  window: Window,
): Figure {
  const within = escapes.filter(({ at }) => isWithin(at, window));
  return known(
    "count",
    within.length,
    within.map(({ issue }) => `#${issue}`),
  );
}

function ownerRow({
  area,
  files,
  unowned,
}: {
  readonly area: string;
  readonly files: number;
  readonly unowned: readonly string[];
}): OwnerRow {
  const owned: Figure =
    files === 0
      ? unknown("share", "no-owners")
      : known("share", (files - unowned.length) / files, unowned);
  return { area, files, owned, unowned };
}

/** Stops that were up at any time in the window. */
function stopsWithin({ stops }: History, window: Window): Vigilance["stops"] {
  if ("untold" in stops) return stops;
  return {
    known: stops.known
      .map((stop) => {
        const { raisedAt, liftedAt } = stop;
        const span = { from: raisedAt, ...(liftedAt === undefined ? {} : { until: liftedAt }) };
        return { ...stop, ms: overlap(span, window) };
      })
      .filter(({ ms }) => ms > 0)
      .toSorted((left, right) => left.raisedAt.localeCompare(right.raisedAt)),
  };
}

/**
 * A merge with unknown lines or readers may add to the debt, so the sum and the areas are unknown, too.
 */
function debtOf(history: History, window: Window): Pick<Vigilance, "comprehensionDebt" | "debt"> {
  const merges = mergesWithin(history, window);
  if (merges.length === 0) {
    return { comprehensionDebt: unknown("lines", "nothing-merged"), debt: [] };
  }
  if (merges.some(({ lines }) => lines === undefined)) {
    return { comprehensionDebt: unknown("lines", "no-changed-files"), debt: [] };
  }
  if (merges.some(({ person }) => person === undefined)) {
    return { comprehensionDebt: unknown("lines", "no-reviews"), debt: [] };
  }
  const byArea = Map.groupBy(piecesOf(merges, history), ({ area }) => area);
  const debt = [...byArea].map(([area, own]) => ({
    area,
    merged: sum(own),
    unopened: sum(own.filter(({ isUnopened }) => isUnopened)),
  }));
  return {
    comprehensionDebt: sum([...byArea.values()].flat().filter(({ isUnopened }) => isUnopened)),
    debt: debt.toSorted((left, right) => linesIn(right.unopened) - linesIn(left.unopened)),
  };
}

interface Piece {
  readonly id: string;
  readonly area: string;
  readonly added: number;
  readonly isUnopened: boolean;
}

function piecesOf(merges: readonly Merge[], { areaOf }: History): readonly Piece[] {
  return merges.flatMap(({ id, lines = [], person }) =>
    lines.map(({ path, added }) => ({
      ...{ id, area: areaOf(path), added },
      isUnopened: person !== true,
    })),
  );
}

function sum(pieces: readonly Piece[]): Figure {
  return known(
    "lines",
    pieces.reduce((all, { added }) => all + added, 0),
    pieces.filter(({ added }) => added > 0).map(({ id }) => id),
  );
}

function linesIn(figure: Figure): number {
  return "value" in figure ? figure.value : 0;
}
