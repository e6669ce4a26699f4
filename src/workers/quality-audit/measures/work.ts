import type { NoticedLines } from "../../../domain/evidence/noticed.ts";
import type { MeasureName } from "../../../domain/quality/measures.ts";
import type { WorkRecord } from "../../../domain/quality/record.ts";
import type { Measure } from "../../../domain/quality.ts";
import { type Facts, measured, missing, nothing, type Part, share } from "./part.ts";

const NAMES = ["noticed", "flaky", "escaped"] as const satisfies readonly MeasureName[];
const NO_CHANGE = "no change of the factory in 90 days";

/** Facts from ledgers about the factory's work on a part: who notices its changes, flaky tests, and escaped defects. */
export function measureWork(part: Part, facts: Facts): readonly Measure[] {
  const { record } = facts;
  if (record === undefined) return allMissing("the order carries no record of the factory's work");
  if ("unknown" in record) return allMissing(record.unknown);
  const placed = createPlacing(part, facts);
  if (placed === undefined) {
    return allMissing(
      "the history that holds its changes is not there: check out with fetch-depth: 0",
    );
  }
  const { known } = record;
  return [
    measureNoticed(known, placed),
    measureFlaky(part, known, facts),
    measureEscaped(known, placed),
  ];
}

function allMissing(source: string): readonly Measure[] {
  return NAMES.map((name) => missing(name, source));
}

interface OfIssue {
  readonly issue: number;
  readonly commit: string;
}

/** Entries that touch the part, and those at an unknown place. */
interface Placed<Entry> {
  readonly here: readonly Entry[];
  readonly lost: readonly Entry[];
}

type Placing = <Entry extends OfIssue>(entries: readonly Entry[]) => Placed<Entry>;

/** A change belongs to the parts whose files its commit touches; everything belongs to the whole repository. Undefined for a shallow history. */
function createPlacing({ area, files }: Part, { recent }: Facts): Placing | undefined {
  if (area === undefined) return (entries) => ({ here: entries, lost: [] });
  if (recent === undefined) return undefined;
  const own = new Set(files);
  const pathsOf = new Map(recent.map(({ id, paths }) => [id, paths]));
  return (entries) => ({
    here: entries.filter(({ commit }) => pathsOf.get(commit)?.some((path) => own.has(path))),
    lost: entries.filter(({ commit }) => !pathsOf.has(commit)),
  });
}

type Change = WorkRecord["changes"][number];
type Tried = Change & { readonly noticed: NoticedLines };

function measureNoticed({ changes }: WorkRecord, placing: Placing): Measure {
  const { here, lost } = placing(changes);
  const withSource = here.filter(({ noticed }) => noticed?.changed !== 0);
  if (withSource.length === 0) return nothing("noticed", `${NO_CHANGE}${notPlaced(lost)}`);
  const tried = withSource.filter((change): change is Tried => change.noticed !== undefined);
  const untold = withSource.filter(({ noticed }) => noticed === undefined);
  const sum = (of: (lines: NoticedLines) => number) =>
    tried.reduce((total, { noticed }) => total + of(noticed), 0);
  const noticed = sum(({ byTests, byCompiler }) => byTests + byCompiler);
  const judged = noticed + sum(({ unnoticed }) => unnoticed);
  const untried = sum((lines) => lines.untried);
  const also = `${untold.length === 0 ? "" : `; nobody looked at ${sayIssues(untold)}`}${notPlaced(lost)}`;
  // A remark that could reverse the figure would be no mere remark.
  if (judged === 0 || untried > judged) {
    return missing(
      "noticed",
      `most lines of ${sayIssues(withSource)} were not tried${notPlaced(lost)}`,
    );
  }
  return measured("noticed", {
    source: `ledgers of ${sayIssues(tried)}${also}`,
    ...share(noticed, judged, "lines"),
    where: tried
      .map((change) => ({ at: `issue ${change.issue}`, weight: change.noticed.unnoticed }))
      .filter(({ weight }) => weight > 0),
  });
}

/** Counts the attempts of all areas, because each runs all tests. A test that a ledger does not name belongs to no area. */
function measureFlaky({ area }: Part, { attempts }: WorkRecord, { areasOfTest }: Facts): Measure {
  if (attempts.length === 0) return nothing("flaky", "no attempt of the factory in 90 days");
  const belongs = (name: string) => area === undefined || areasOfTest(name).includes(area.name);
  const seen = attempts
    .map(({ issue, attempt, flaky }) => ({
      id: `${issue}-${attempt}`,
      tests: (flaky?.tests ?? []).filter(belongs),
      isFlaky: area === undefined && flaky !== undefined,
    }))
    .filter(({ tests, isFlaky }) => isFlaky || tests.length > 0);
  const unnamed = attempts.reduce(
    (sum, { flaky }) => sum + (flaky === undefined ? 0 : flaky.all - flaky.tests.length),
    0,
  );
  const also = area === undefined || unnamed === 0 ? "" : `; ${unnamed} flaky tests are not named`;
  const said =
    seen.length === 0 ? "no attempt saw one" : `attempts ${seen.map(({ id }) => id).join(", ")}`;
  const tests = seen.flatMap((attempt) => attempt.tests);
  return measured("flaky", {
    source: `ledgers: ${said}${also}`,
    ...share(seen.length, attempts.length, "attempts"),
    where: [...new Set(tests)].map((at) => ({
      at,
      weight: tests.filter((test) => test === at).length,
    })),
  });
}

function measureEscaped({ escaped }: WorkRecord, placing: Placing): Measure {
  const { here, lost } = placing(escaped);
  const alerts = here.map(
    ({ issue, fingerprint }) => `alert ${fingerprint.slice(0, 12)} of issue ${issue}`,
  );
  const said = alerts.length === 0 ? "no alert came back" : alerts.join(", ");
  return measured("escaped", {
    value: here.length,
    source: `ledgers: ${said}${notPlaced(lost)}`,
    where: here.map(({ issue }) => ({ at: `issue ${issue}`, weight: 1 })),
  });
}

/** A change that a person squashed, or that is older than the history that was read, is in no known commit. */
function notPlaced(lost: readonly OfIssue[]): string {
  return lost.length === 0 ? "" : `; in no area: ${sayIssues(lost)}`;
}

function sayIssues(of: readonly Pick<OfIssue, "issue">[]): string {
  const numbers = [...new Set(of.map(({ issue }) => issue))].sort((left, right) => left - right);
  return `issue${numbers.length === 1 ? "" : "s"} ${numbers.join(", ")}`;
}
