import type { CheckRun, Coverage, Evidence } from "../../domain/evidence.ts";
import type { Measure } from "../../domain/quality.ts";
import { cut } from "../../domain/text/cut.ts";
import type { SourceArea } from "./areas.ts";
import { type Defect, defectsOf } from "./defects.ts";
import { countFindings, countFindingsIn, type FindingCount } from "./findings.ts";
import type { Survey } from "./survey.ts";

/** Everything the figures are counted from. */
export interface Facts {
  readonly survey: Survey;
  /** From verify on the base; empty when it did not run. */
  readonly evidence: readonly Evidence[];
  /** Changes per path in 90 days; undefined for a shallow history. */
  readonly churn: ReadonlyMap<string, number> | undefined;
  /** Undefined where nobody looked: the page that is computed without the tracker. */
  readonly openDefects: readonly Defect[] | undefined;
  /** Area names by the name of a test or the path of a test file. */
  readonly areasOfTest: (name: string) => readonly string[];
}

/** One part to measure: an area, or with `area` undefined the whole repository. */
interface Part {
  readonly area: SourceArea | undefined;
  readonly files: ReadonlySet<string>;
}

export function measureArea(area: SourceArea, facts: Facts): Measure[] {
  return measurePart({ area, files: new Set(area.files) }, facts);
}

export function measureRepository(facts: Facts): Measure[] {
  return measurePart({ area: undefined, files: new Set(facts.survey.lines.keys()) }, facts);
}

/** The run of a check on the base, where verify made one. */
export function runOf(evidence: readonly Evidence[], name: string): CheckRun | undefined {
  return evidence.find(
    (piece): piece is CheckRun =>
      piece.kind === "check" && piece.name === name && piece.on === "base",
  );
}

function measurePart(part: Part, facts: Facts): Measure[] {
  const measured = [...part.files].filter((path) => facts.survey.lines.has(path));
  const lines = measured.reduce((sum, path) => sum + (facts.survey.lines.get(path) ?? 0), 0);
  return [
    { name: "files", value: measured.length, unit: "count", source: "source files in the tree" },
    { name: "lines", value: lines, unit: "lines", source: "line ends in these files" },
    ...measureTests(part, facts),
    measureCoverage(part, facts),
    finding("lint-findings", "lint", part, facts),
    finding("type-findings", "types", part, facts),
    measureChurn(measured, facts),
    measureDefects(part, facts),
  ];
}

function measureTests(
  { area }: Part,
  { evidence, survey, areasOfTest }: Facts,
): readonly Measure[] {
  const belongs = (name: string) => area === undefined || areasOfTest(name).includes(area.name);
  const run = runOf(evidence, "test");
  if (run?.tests !== undefined) {
    const tests = run.tests.filter(({ name, status }) => status !== "skipped" && belongs(name));
    const failures = tests.filter(({ status }) => status === "failed").length;
    const source = cut(`run by \`${run.command}\`, counted in its report`, 400);
    return [
      { name: "tests", value: tests.length, unit: "count", source },
      { name: "test-failures", value: failures, unit: "count", source },
    ];
  }
  const written = [...survey.writtenTests].filter(([path]) => belongs(path));
  const value = written.reduce((sum, [, count]) => sum + count, 0);
  return [
    {
      name: "tests",
      value,
      unit: "count",
      source: "written in test files; no report says how many ran",
    },
    { name: "test-failures", ...failuresByExit(run, area) },
  ];
}

function failuresByExit(
  run: CheckRun | undefined,
  area: SourceArea | undefined,
): Pick<Measure, "value" | "unit" | "source"> {
  const unit = "count";
  if (run === undefined) return { value: null, unit, source: "the tests were not run" };
  const command = cut(`\`${run.command}\``, 200);
  if (run.status === "passed") return { value: 0, unit, source: `${command}, exit code 0` };
  const why = cut(run.note ?? `exit code ${run.exitCode}`, 150);
  if (area !== undefined)
    return { value: null, unit, source: `${command}: ${why}; no report names tests` };
  return { value: 1, unit, source: `${command}, at least one: ${why}` };
}

function measureCoverage(part: Part, { evidence }: Facts): Measure {
  const head = { name: "coverage", unit: "percent" } as const;
  const report = evidence.find((piece): piece is Coverage => piece.kind === "coverage");
  if (report === undefined)
    return { ...head, value: null, source: "no lcov or Cobertura report was written" };
  const files = report.files.filter(({ path }) => part.files.has(path));
  const total = files.reduce((sum, file) => sum + file.total, 0);
  if (total === 0)
    return { ...head, value: null, source: `${report.source} names none of its files` };
  const covered = files.reduce((sum, file) => sum + file.covered, 0);
  const value = Math.round((covered * 1_000) / total) / 10;
  return {
    ...head,
    value,
    source: cut(
      `${covered} of ${total} lines in ${report.source}, ${files.length} of ${part.files.size} files`,
      400,
    ),
  };
}

function finding(
  name: "lint-findings" | "type-findings",
  check: "lint" | "types",
  part: Part,
  { evidence }: Facts,
): Measure {
  const run = runOf(evidence, check);
  const counted: FindingCount =
    part.area === undefined ? countFindings(check, run) : countFindingsIn(check, run, part.files);
  return { name, unit: "count", value: counted.value, source: cut(counted.source, 400) };
}

function measureChurn(files: readonly string[], { churn }: Facts): Measure {
  const head = { name: "churn", unit: "changes-in-90-days" } as const;
  if (churn === undefined) {
    return {
      ...head,
      value: null,
      source: "the history is not there: check out with fetch-depth: 0",
    };
  }
  const value = files.reduce((sum, path) => sum + (churn.get(path) ?? 0), 0);
  return { ...head, value, source: "commits per file in git's history, summed" };
}

function measureDefects({ area }: Part, { openDefects }: Facts): Measure {
  const head = { name: "open-defects", unit: "count" } as const;
  if (openDefects === undefined)
    return { ...head, value: null, source: "the order carries no list of defects" };
  const defects = area === undefined ? openDefects : defectsOf(area, openDefects);
  const numbers = defects.map(({ number }) => number).sort((left, right) => left - right);
  const none = area === undefined ? "no defect is open" : "no open defect names it";
  const source = numbers.length === 0 ? none : `issues ${numbers.join(", ")}`;
  return { ...head, value: numbers.length, source: cut(source, 400) };
}
