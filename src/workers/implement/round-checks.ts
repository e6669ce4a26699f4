import type { CheckName } from "../../domain/config/check.ts";
import { type BaseFindings, baseFailure } from "./base-checks.ts";
import type { Bench } from "./bench.ts";
import { type CheckRecord, checksToPass, recordCheck } from "./checks.ts";
import { type CheckOutcome, judgeAgainstBase } from "./known-failures.ts";

/** Runs a named check in the workspace as it is. */
export function onBench(
  { workspace, order, subject, remainingMs }: Bench,
  name: CheckName,
  run: typeof recordCheck,
): Promise<CheckRecord> {
  const { config } = order;
  return run(workspace, { name, config, on: "change", subject, remainingMs: remainingMs() });
}

/** The meaning of a check, compared with its result on the base. */
export function judge(record: CheckRecord, base: BaseFindings): CheckOutcome {
  const { name, tests } = record.run;
  const outcome = judgeAgainstBase(record, baseFailure(base, name));
  return tests === undefined ? outcome : { ...outcome, tests: tests.map((test) => test.name) };
}

/** In config order, one at a time, because a build may need the files of an earlier one. Stops, and says so, if time is spent. */
export async function runChecks(
  bench: Bench,
  base: BaseFindings,
): Promise<readonly CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  for (const name of checksToPass(bench.order.config)) {
    if (bench.remainingMs() > 0)
      outcomes.push(judge(await onBench(bench, name, recordCheck), base));
    else
      outcomes.push({ name, status: "not-run", said: "was not run: the time is spent", lines: "" });
  }
  return outcomes;
}

/** Checks that cannot run here, because approved dependencies are not installed yet. */
export function leftToVerify({ order }: Bench): readonly CheckOutcome[] {
  const said = "was not run: verify installs the approved dependencies first";
  return checksToPass(order.config).map((name) => ({ name, status: "not-run", said, lines: "" }));
}
