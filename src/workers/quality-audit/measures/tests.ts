import type { CheckRun, Evidence } from "../../../domain/evidence.ts";
import type { Measure } from "../../../domain/quality.ts";
import { cut } from "../../../domain/text/cut.ts";
import { countFindings, countFindingsIn } from "../findings.ts";
import { type Facts, measured, missing, type Part } from "./part.ts";

/** The run of a check on the base, if verify made one. */
export function runOf(evidence: readonly Evidence[], name: string): CheckRun | undefined {
  return evidence.find(
    (piece): piece is CheckRun =>
      piece.kind === "check" && piece.name === name && piece.on === "base",
  );
}

export function measureTests(part: Part, facts: Facts): readonly Measure[] {
  const { evidence, survey, areasOfTest } = facts;
  const { area } = part;
  const belongs = (name: string) => area === undefined || areasOfTest(name).includes(area.name);
  const run = runOf(evidence, "test");
  if (run?.tests !== undefined) {
    const tests = run.tests.filter(({ name, status }) => status !== "skipped" && belongs(name));
    const failing = tests.filter(({ status }) => status === "failed");
    const source = `run by \`${run.command}\`, counted in its report`;
    return [
      density("tests", { count: tests.length, what: "tests", source }, part),
      measured("test-failures", {
        value: failing.length,
        source,
        where: failing.map(({ name }) => ({ at: name, weight: 1 })),
      }),
    ];
  }
  const written = [...survey.writtenTests].filter(([path]) => belongs(path));
  const count = written.reduce((sum, [, tests]) => sum + tests, 0);
  const source = "written in test files; no report says how many ran";
  return [
    density("tests", { count, what: "tests", source }, part),
    measured("test-failures", failuresByExit(run, part)),
  ];
}

function failuresByExit(
  run: CheckRun | undefined,
  { area }: Part,
): Pick<Measure, "value" | "source"> {
  if (run === undefined) return { value: null, source: "the tests were not run" };
  const command = cut(`\`${run.command}\``, 200);
  if (run.status === "passed") return { value: 0, source: `${command}, exit code 0` };
  const why = cut(run.note ?? `exit code ${run.exitCode}`, 150);
  if (area !== undefined)
    return { value: null, source: `${command}: ${why}; no report names tests` };
  return { value: 1, source: `${command}, at least one: ${why}` };
}

export function measureFindings(part: Part, { evidence }: Facts): readonly Measure[] {
  const checks = [
    ["lint-findings", "lint"],
    ["type-findings", "types"],
  ] as const;
  return checks.map(([name, check]) => {
    const run = runOf(evidence, check);
    const { value, source } =
      part.area === undefined
        ? countFindings(check, run)
        : countFindingsIn(check, run, new Set(part.files));
    if (value === null) return missing(name, source);
    return density(name, { count: value, what: "findings", source }, part);
  });
}

/** Number for each 1,000 lines; nothing in no lines gives none. */
function density(
  name: Measure["name"],
  {
    count,
    what,
    source,
  }: { readonly count: number; readonly what: string; readonly source: string },
  { lines }: Part,
): Measure {
  const value = lines === 0 ? count : (count * 1_000) / lines;
  return measured(name, { value, source, counted: `${count} ${what} on ${lines} lines` });
}
