import type { Candidate } from "../../control/schedule/queue.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { PROFILE } from "./profile.ts";
import { SCOPES } from "./scopes.ts";

/** One issue of the model, with all that chance has laid into it before anything happens. */
export interface Issue {
  readonly number: number;
  /** Which repository. */
  readonly place: number;
  /** Seconds from the beginning at which it is labeled. */
  readonly labelledAt: number;
  readonly priority: number;
  readonly isDefect: boolean;
  readonly author: number;
  /** Files that its change touches. */
  readonly files: readonly number[];
  /** Those that its contract names, and one beside. */
  readonly named: readonly string[];
  /** Further draws, in an order of its own. */
  readonly chance: Chance;
}

export interface Load {
  readonly issues: number;
  readonly hours: number;
  readonly repositories: number;
  readonly seed: number;
}

/** People label at any time of the day; most of what they want is neither urgent nor idle, and two of five are defects: assumed. */
export function issuesOf({ issues, hours, repositories, seed }: Load): readonly Issue[] {
  const times = chanceOf(seed, 1);
  const labelled = Array.from({ length: issues }, () => times() * hours * 3_600);
  return labelled
    .toSorted((one, other) => one - other)
    .map((labelledAt, index) => {
      const chance = chanceOf(seed, 2, index);
      const place = Math.floor(chance() * repositories);
      const changes = SCOPES[place % SCOPES.length] ?? [];
      const files = changes[Math.floor(chance() * changes.length)] ?? [];
      const urgency = chance();
      return {
        number: index + 1,
        place,
        labelledAt,
        priority: urgency < 0.1 ? 1 : urgency < 0.8 ? 2 : 3,
        isDefect: chance() < 0.4,
        author: 1 + Math.floor(chance() * 20),
        files,
        named: namesOf(files, chance),
        chance,
      };
    });
}

/** A contract misses some files, and names one that is not touched. */
function namesOf(files: readonly number[], chance: Chance): readonly string[] {
  const beside = Math.floor(chance() * 60);
  const seen = files.filter(() => chance() < PROFILE.named);
  return [...seen, beside].map((file) => `src/file-${file}.ts`);
}

/** As the schedule sees it. First in, first out is the same schedule where nothing but the number is known. */
export function candidateOf(issue: Issue, seen: Seen): Candidate {
  const { number, priority, isDefect, author, named } = issue;
  const { isFlat, isBegun, waitedMs } = seen;
  const told = isFlat
    ? {
        priority: 2,
        isDefect: false,
        author: number,
        scope: { unknown: "not looked at" },
        waitedMs: 0,
      }
    : { priority, isDefect, author, scope: { known: named }, waitedMs };
  return {
    issue: number,
    work: "build",
    isBegun,
    blockedBy: { known: 0 },
    asks: { unknown: "it may end without a person" },
    most: { known: PROFILE.usdPerAttempt },
    ...told,
  };
}

export interface Seen {
  readonly isFlat: boolean;
  readonly isBegun: boolean;
  readonly waitedMs: number;
}
