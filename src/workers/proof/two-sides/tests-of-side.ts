import { talliesOf, totalOf } from "../../../domain/evidence/tally.ts";
import type { CheckRun, Tally } from "../../../domain/evidence.ts";
import { type SideTests, UNBLOCK_LISTED } from "../../../domain/github/unblock.ts";

/** Test runs that show the results for one side's tests. */
export interface SideRuns {
  /** The merge base. */
  readonly parted: CheckRun;
  readonly side: CheckRun;
  readonly other: CheckRun;
  /** The current base: one of the two sides. */
  readonly base: CheckRun;
  readonly result: CheckRun;
  /** The result with this side's test files as it wrote them; the same run if they are unchanged. */
  readonly own: CheckRun;
}

type Fate = "kept" | "lost" | "known" | "removed";

/**
 * The law of two sides. Each test that a side added has to pass on the result, whether or not it passed there, as it is
 * in the result and as that side wrote it. Each test that passed on that side has to pass as it is in the result. Tests
 * that the other side removed, and tests that fail on the base as it is, are exempt. Null if a run named no tests.
 */
export function testsOfSide(runs: SideRuns): SideTests | null {
  const all = [runs.parted, runs.side, runs.other, runs.base, runs.result, runs.own];
  if (all.some(({ tests }) => tests === undefined)) return null;
  const names = (runs.side.tests ?? []).map(({ name }) => name);
  const told = {
    parted: talliesOf(runs.parted),
    side: talliesOf(runs.side),
    other: talliesOf(runs.other),
    base: talliesOf(runs.base),
    result: talliesOf(runs.result),
    own: talliesOf(runs.own),
  };
  const found: Record<Fate, string[]> = { kept: [], lost: [], known: [], removed: [] };
  let added = 0;
  for (const name of names) {
    const tallies = {
      parted: told.parted(name),
      side: told.side(name),
      other: told.other(name),
      base: told.base(name),
      result: told.result(name),
      own: told.own(name),
    };
    if (!hasToPass(tallies)) continue;
    if (totalOf(tallies.parted) === 0) added += 1;
    found[fateOf(tallies)].push(name);
  }
  return {
    added,
    kept: found.kept.length,
    lost: listed(found.lost),
    known: listed(found.known),
    removed: listed(found.removed),
  };
}

type Tallies = Readonly<Record<keyof SideRuns, Tally>>;

/** A test that is skipped on its own side demands nothing. */
function hasToPass({ parted, side }: Tallies): boolean {
  return side.passed > 0 || (totalOf(parted) === 0 && side.failed > 0);
}

function fateOf({ parted, side, other, base, result, own }: Tallies): Fate {
  const passes = (now: Tally) => now.failed === 0 && now.passed >= Math.max(1, side.passed);
  // The other side may have changed an old test; a new one belongs to this side alone.
  if (passes(result) && (totalOf(parted) > 0 || passes(own))) return "kept";
  if (totalOf(result) === 0 && totalOf(parted) > 0 && totalOf(other) === 0) return "removed";
  return base.failed > 0 ? "known" : "lost";
}

function listed(names: readonly string[]): SideTests["lost"] {
  const shown = names.toSorted().slice(0, UNBLOCK_LISTED.tests);
  return { total: names.length, names: shown.map((name) => name.slice(0, 300)) };
}
