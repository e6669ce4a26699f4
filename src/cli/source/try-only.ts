import type { Config } from "../../domain/config/schema.ts";
import { partsOf } from "../../domain/config/scoped-checks.ts";
import { servicesFor } from "../../domain/config/services/plan.ts";
import type { CheckRun } from "../../domain/evidence.ts";
import type { Workspace } from "../../ports/sandbox.ts";
import { runCheck } from "../../workers/checks/check.ts";
import { selectTests } from "../../workers/checks/only.ts";
import { testPlaces } from "../../workers/proof/criteria/test-places.ts";

/** What came of running one test alone. */
export interface TriedOnly {
  /** The report holds the test, and says that it passed. */
  readonly keep: boolean;
  readonly said: string;
}

/**
 * Runs one test that passes on the base alone, as `checks.test.only` says. Undefined where the config does not say how, or
 * no test passed that could be selected.
 */
export async function tryOnly(
  workspace: Workspace,
  about: {
    readonly config: Config;
    /** The whole check on the same bytes. */
    readonly run: CheckRun;
    readonly paths: readonly string[];
    readonly remainingMs: number;
  },
): Promise<TriedOnly | undefined> {
  const { config, run, paths, remainingMs } = about;
  const [check, ...others] = partsOf(config.checks.test);
  if (check?.only === undefined || others.length > 0) return undefined;
  const place = testPlaces(paths, []);
  const alone = (run.tests ?? [])
    .filter(({ status, several }) => status === "passed" && several === undefined)
    .slice(0, TRIED)
    .map(({ name }) => {
      const { file } = place(name);
      const wanted = { name, ...(file === undefined ? {} : { file }) };
      return { name, selected: selectTests(config, [wanted]) };
    })
    .find(({ selected }) => selected !== undefined);
  if (alone?.selected === undefined) {
    return { keep: false, said: "no test that passes could be selected by it" };
  }
  const { name, selected } = alone;
  const { subject } = run;
  const whole = { name: "test", check, on: "base", subject } as const;
  const task = { ...whole, remainingMs, selected, services: servicesFor(config, "test") };
  const again = await runCheck(workspace, task);
  const seconds = `${(again.durationMs / 1_000).toFixed(1)} s`;
  const keep = again.tests?.some((test) => test.name === name && test.status === "passed") === true;
  return keep
    ? { keep, said: `one test alone: ${ranIn(again)} of ${ranIn(run)} ran in ${seconds}` }
    : {
        keep,
        said: `one test alone did not pass in ${seconds}, so the whole check runs`,
      };
}

/** vitest and jest list what a pattern leaves out as skipped. */
function ranIn({ tests = [] }: CheckRun): number {
  return tests.filter(({ status }) => status !== "skipped").length;
}

/** Tests looked at for one that can be selected. */
const TRIED = 200;
