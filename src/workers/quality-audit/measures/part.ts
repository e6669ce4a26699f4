import type { Evidence } from "../../../domain/evidence.ts";
import type { NightlyOrder } from "../../../domain/order.ts";
import type { Measure } from "../../../domain/quality.ts";
import { cut } from "../../../domain/text/cut.ts";
import type { RecentCommit } from "../../../ports/repository.ts";
import type { SourceArea } from "../areas.ts";
import type { Defect } from "../defects.ts";
import type { EarlierPackages } from "../reading/earlier-packages.ts";
import type { Survey } from "../survey.ts";

/** The facts behind all figures. */
export interface Facts {
  readonly survey: Survey;
  /** From verify on the base; empty if it did not run. */
  readonly evidence: readonly Evidence[];
  /** Commits of the last 90 days; undefined for a shallow history. */
  readonly recent: readonly RecentCommit[] | undefined;
  /** Undefined if nobody looked: the page is computed without the tracker. */
  readonly openDefects: readonly Defect[] | undefined;
  /** Packages that were locked a year before. */
  readonly earlierPackages: EarlierPackages;
  /** Facts from the ledgers about the factory's work; undefined if nobody looked. */
  readonly record: NightlyOrder["audit"]["record"];
  /** Area names by the name of a test or the path of a test file. */
  readonly areasOfTest: (name: string) => readonly string[];
}

/** One part to measure: an area, or with `area` undefined the whole repository. */
export interface Part {
  readonly area: SourceArea | undefined;
  /** Its source files that were read, sorted. */
  readonly files: readonly string[];
  readonly lines: number;
}

/** A place to look at first, with its weight. */
export interface Place {
  readonly at: string;
  readonly weight: number;
}

const PLACES = 3;

/** A measure whose texts fit, with the worst places; equal weights sorted by name. */
export function measured(
  name: Measure["name"],
  figure: {
    readonly value: number | null;
    readonly source: string;
    readonly counted?: string;
    readonly where?: readonly Place[];
  },
): Measure {
  const worst = [...(figure.where ?? [])].sort(
    (left, right) => right.weight - left.weight || (left.at < right.at ? -1 : 1),
  );
  return {
    name,
    value: figure.value,
    source: cut(figure.source, 400),
    ...(figure.counted !== undefined && { counted: cut(figure.counted, 200) }),
    ...(worst.length > 0 && { where: worst.slice(0, PLACES).map(({ at }) => cut(at, 320)) }),
  };
}

/** An unavailable figure, with the reason. */
export function missing(name: Measure["name"], source: string): Measure {
  return measured(name, { value: null, source });
}

/** There is nothing to measure, with the reason: no config could change that. */
export function nothing(name: Measure["name"], source: string): Measure {
  return { ...missing(name, source), nothing: true };
}

/** A percentage of a whole that is not zero, and its counts. */
export function share(
  part: number,
  whole: number,
  what: string,
): { readonly value: number; readonly counted: string } {
  return { value: (part * 100) / whole, counted: `${part} of ${whole} ${what}` };
}
