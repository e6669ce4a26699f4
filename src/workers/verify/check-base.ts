import { partsOf } from "../../domain/config/scoped-checks.ts";
import type { Coverage, Evidence, Subject } from "../../domain/evidence.ts";
import { readBounded, rootsOf } from "../checks/report-files.ts";
import { type Bench, checkNames, type Found, type Task } from "../checks/workbench.ts";
import { coveragePaths, readCoverage } from "./coverage.ts";

/** Every check once on the base, and the tests' coverage report, for the nightly audit. */
export async function checkBase({ order, subject, workbench, ports }: Task): Promise<Found> {
  const bench = await workbench.prepare("base", []);
  if ("refusal" in bench) return bench;
  const committed = new Set((await ports.repository.list(order.base)).map(({ path }) => path));
  // A committed report was not written by this run.
  const reports = partsOf(order.config.checks.test).map(({ report }) => report?.files);
  const places = (reports.length === 0 ? [undefined] : reports).flatMap(coveragePaths);
  const paths = [...new Set(places)].filter((path) => !committed.has(path));
  const runs: Evidence[] = bench.setup === undefined ? [] : [bench.setup];
  let coverage: Coverage | undefined;
  for (const name of checkNames(order.config)) {
    runs.push(await bench.run(name));
    // The next check finds none of its files.
    coverage ??= await findCoverage(paths, { bench, subject });
  }
  return { evidence: coverage === undefined ? runs : [...runs, coverage] };
}

async function findCoverage(
  paths: readonly string[],
  where: { readonly bench: Bench; readonly subject: Subject },
): Promise<Coverage | undefined> {
  for (const path of paths) {
    const coverage = await coverageAt(path, where);
    if (coverage !== undefined) return coverage;
  }
  return undefined;
}

async function coverageAt(
  path: string,
  { bench, subject }: { readonly bench: Bench; readonly subject: Subject },
): Promise<Coverage | undefined> {
  const file = await readBounded(bench.workspace, path);
  if (!("bytes" in file)) return undefined;
  const reading = readCoverage({ path, bytes: file.bytes }, rootsOf(bench.workspace));
  if ("problem" in reading) return undefined;
  return { kind: "coverage", subject, source: path, files: [...reading.files] };
}
