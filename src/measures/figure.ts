import type { Told, Untold } from "./history/history.ts";

/** Unit of a figure. */
export type Unit = "count" | "share" | "ms" | "usd" | "per-day" | "lines";

/**
 * A figure with all its sources: `#12` is an issue or pull request, 40 hexadecimal digits a commit, anything else a path
 * or a workflow. An unknown figure has no value, but a reason.
 */
export type Figure =
  | {
      readonly unit: Unit;
      readonly value: number;
      readonly from: readonly string[];
      /** For a share: the whole, including those in `from`. */
      readonly among?: readonly string[];
    }
  | { readonly unit: Unit; readonly unknown: Untold };

export type KnownFigure = Extract<Figure, { readonly value: number }>;

export function known(unit: Unit, value: number, from: readonly string[]): KnownFigure {
  return { unit, value: roundedTo(unit, value), from: [...new Set(from)] };
}

export function unknown(unit: Unit, because: Untold): Figure {
  return { unit, unknown: because };
}

/** A share; of nothing there is none. */
export function share(
  part: readonly string[],
  whole: readonly string[],
  ofNothing: Untold,
): Figure {
  if (whole.length === 0) return unknown("share", ofNothing);
  return { ...known("share", part.length / whole.length, part), among: whole };
}

/** The median; of an even number it is the mean of the middle two. */
export function median(
  unit: Unit,
  counted: readonly { readonly id: string; readonly value: number }[],
  ofNothing: Untold,
): Figure {
  const sorted = counted.map(({ value }) => value).toSorted((left, right) => left - right);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (low === undefined || high === undefined) return unknown(unit, ofNothing);
  return known(
    unit,
    (low + high) / 2,
    counted.map(({ id }) => id),
  );
}

export function count(from: readonly string[]): KnownFigure {
  return { unit: "count", value: from.length, from };
}

/** The figure of a source's answer, or its reason if there is none. */
export function ofTold<Value>(told: Told<Value>, unit: Unit, of: (value: Value) => Figure): Figure {
  return "untold" in told ? unknown(unit, told.untold) : of(told.known);
}

/** Removes rounding errors of sums; nobody reads so many digits. */
function roundedTo(unit: Unit, value: number): number {
  return unit === "ms" ? Math.round(value) : Number(value.toFixed(4));
}
