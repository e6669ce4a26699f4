import type { Coverage, Subject } from "../../domain/evidence.ts";
import { readBounded, rootsOf } from "../checks/report-files.ts";
import { type Bench, checkNames, type Found, runAll, type Task } from "../checks/workbench.ts";
import { coveragePaths, readCoverage } from "./coverage.ts";

/** Every check once on the base, and the coverage report that the tests left: what the nightly audit grades on. */
export async function checkBase({ order, subject, workbench, ports }: Task): Promise<Found> {
  const bench = await workbench.prepare("base", []);
  if ("refusal" in bench) return bench;
  const runs = await runAll(bench, checkNames(order.config));
  const committed = new Set((await ports.repository.list(order.base)).map(({ path }) => path));
  for (const path of coveragePaths(order.config.checks.test?.report?.files)) {
    // A report that is committed was not written by this run.
    if (committed.has(path)) continue;
    const coverage = await coverageAt(path, { bench, subject });
    if (coverage !== undefined) return { evidence: [...runs, coverage] };
  }
  return { evidence: runs };
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
