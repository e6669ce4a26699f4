import type { Refusal } from "../../../domain/refusal.ts";
import type { Ends } from "./loop-scenario.ts";

/** What one beat of a loop left behind, issues by their titles. */
export interface PlayedBeat {
  /** Of the runs that it started. */
  readonly conclusions: readonly string[];
  readonly gathered: boolean;
  readonly filed: readonly string[];
  readonly closed: readonly string[];
  /** Put on the line by the loop itself, and merged. */
  readonly started: readonly string[];
  readonly merged: readonly string[];
  /** What the owner did, in order. */
  readonly owner: readonly string[];
  readonly open: readonly string[];
  /** Texts of the open ones. */
  readonly bodies: readonly string[];
  /** Labels that all open ones share. */
  readonly labels: readonly string[];
  /** Names of the pictures that an open one tells the digest of, and that lie in an artifact of the run. */
  readonly pictures: readonly string[];
  /** The measure that stopped the loop; null: it goes on. */
  readonly stopped: string | null;
  /** Model calls of its jobs. */
  readonly requests: number;
  /** The text of the issue that tells of the loop; empty before there is one. */
  readonly told: string;
  /** Why a worker gave nothing. */
  readonly failed: readonly Refusal[];
}

/** Where a beat did not end as it should, a line for each. */
export function missedBy(ends: Ends, played: PlayedBeat): readonly string[] {
  const lists = (["filed", "started", "merged", "closed", "open", "pictures"] as const).flatMap(
    (name) => {
      const [wanted, found] = [sorted(ends[name]), sorted(played[name])];
      return wanted === found ? [] : [`${name}: ${found}, expected ${wanted}`];
    },
  );
  const rest = (["stopped", "gathered", "requests"] as const).flatMap((name) =>
    ends[name] === played[name] ? [] : [`${name}: ${played[name]}, expected ${ends[name]}`],
  );
  const red = played.conclusions.filter((conclusion) => conclusion !== "success");
  const { says } = ends;
  const isSaid = says === undefined || played.bodies.some((body) => body.includes(says));
  const unsaid = isSaid ? [] : [`no open issue says “${says}”`];
  const unlabelled = ends.labels
    .filter((label) => !played.labels.includes(label))
    .map((label) => `an open issue has no label ${label}`);
  const untold = ends.tells
    .filter((text) => !played.told.includes(text))
    .map((text) => `the issue of the loop does not say “${text}”`);
  const [did, wanted] = [played.owner.join(", "), ends.owner.join(", ")];
  const undone = did === wanted ? [] : [`the owner: ${did || "nothing"}, expected ${wanted}`];
  return [
    ...lists,
    ...undone,
    ...untold,
    ...rest,
    ...unsaid,
    ...unlabelled,
    ...red.map((conclusion) => `a run ended as ${conclusion}`),
  ];
}

function sorted(titles: readonly string[]): string {
  return titles.length === 0 ? "none" : titles.toSorted().join(", ");
}
