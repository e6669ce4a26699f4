import { talliesOf, totalOf } from "../../../domain/evidence/tally.ts";
import type { CheckRun, Tally } from "../../../domain/evidence.ts";
import { type SideTests, UNBLOCK_LISTED } from "../../../domain/github/unblock.ts";

/** The runs of the tests that say what became of the tests of one side. */
export interface SideRuns {
  /** Where both sides parted. */
  readonly parted: CheckRun;
  readonly side: CheckRun;
  readonly other: CheckRun;
  /** The base as it is now: one of the two sides. */
  readonly base: CheckRun;
  readonly result: CheckRun;
  /** The result with this side's test files as it wrote them; the same run where they stand there so. */
  readonly own: CheckRun;
}

type Fate = "kept" | "lost" | "known" | "removed";

/**
 * The law of two sides: each test that a side added has to pass on the result, whether or not it passed there, as it stands in
 * the result and as that side wrote it; and so has each test that passed on that side, as it stands in the result; but for those that the other side took out, and those that fail on the base as it is. Null
 * where a run named no tests: then nobody can tell.
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

/** One that is skipped on its own side asks nothing of the result. */
function hasToPass({ parted, side }: Tallies): boolean {
  return side.passed > 0 || (totalOf(parted) === 0 && side.failed > 0);
}

function fateOf({ parted, side, other, base, result, own }: Tallies): Fate {
  const passes = (now: Tally) => now.failed === 0 && now.passed >= Math.max(1, side.passed);
  // An old test may ask something else now because the other side says so; a new one is of this side alone.
  if (passes(result) && (totalOf(parted) > 0 || passes(own))) return "kept";
  if (totalOf(result) === 0 && totalOf(parted) > 0 && totalOf(other) === 0) return "removed";
  return base.failed > 0 ? "known" : "lost";
}

function listed(names: readonly string[]): SideTests["lost"] {
  const shown = names.toSorted().slice(0, UNBLOCK_LISTED.tests);
  return { total: names.length, names: shown.map((name) => name.slice(0, 300)) };
}
