import type { GatheredItem, Measures } from "./gathered.ts";
import { figureOf } from "./guards.ts";
import type { Tie } from "./judgement.ts";

/** Facts that a judgement can refer to. */
export interface Grounds {
  /** All gathered items. */
  readonly items: readonly GatheredItem[];
  readonly measures: Measures;
  /** Whether these lines are in the tree at the base. */
  readonly stands: (quote: Extract<Tie, { kind: "quote" }>) => boolean;
}

/** Why a judge's statement is not accepted. Each is a comparison of a reference with the facts. */
export const TIE_FAULTS = [
  "item-not-asked",
  "item-twice",
  "nothing-shown",
  "item-unknown",
  "item-itself",
  "lines-not-there",
  "figure-differs",
  "target-not-filed",
  "item-filed-itself",
  "item-proposed-twice",
  "too-many",
] as const;
export type TieFault = (typeof TIE_FAULTS)[number];

/** The first invalid reference, with its target; undefined if all are valid. `own`: the item that they are about. */
export function loose(
  ties: readonly Tie[],
  grounds: Grounds & { readonly own?: string },
): { readonly fault: TieFault; readonly at: string } | undefined {
  for (const tie of ties) {
    const fault = faultOf(tie, grounds);
    if (fault !== undefined) return { fault, at: placeOf(tie) };
  }
  return undefined;
}

function faultOf(
  tie: Tie,
  { items, measures, stands, own }: Grounds & { readonly own?: string },
): TieFault | undefined {
  switch (tie.kind) {
    case "item":
      if (tie.key === own) return "item-itself";
      return items.some(({ key }) => key === tie.key) ? undefined : "item-unknown";
    case "quote":
      return stands(tie) ? undefined : "lines-not-there";
    case "figure":
      return figureOf(measures, tie.measure) === tie.value ? undefined : "figure-differs";
  }
}

function placeOf(tie: Tie): string {
  switch (tie.kind) {
    case "item":
      return tie.key;
    case "quote":
      return `${tie.path}:${tie.line}`;
    case "figure":
      return `${tie.measure} = ${tie.value}`;
  }
}
