import type { ChangedFile } from "../../domain/change-set.ts";
import { talliesOf, tallyOf } from "../../domain/evidence/tally.ts";
import type { CheckRun } from "../../domain/evidence.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { isTestFile } from "../checks/test-files.ts";
import type { Task } from "../checks/workbench.ts";
import { exitName } from "../proof/compare/compare-tests.ts";
import { holdsTests } from "../proof/compare/where-tests-stand.ts";

/** Effect of a change on existing tests. */
export interface TouchedTests {
  /** Test files of the base that the change edits or deletes. */
  readonly files: readonly string[];
  /** Those, with their old content. */
  readonly tests: readonly { readonly path: string; readonly text: string }[];
  /** The change without its test files: put on the base, it is the new code under the old tests. */
  readonly code: readonly ChangedFile[];
  /** Every test file that the change writes, before (empty if it is new) and after. */
  readonly written: readonly {
    readonly path: string;
    readonly before: string;
    readonly after: string;
  }[];
  /** Changed files of the base that are no test files by their path, with their old content. */
  readonly sources: readonly { readonly path: string; readonly text: string }[];
}

export async function readTouchedTests(
  { order, ports: { repository } }: Pick<Task, "order" | "ports">,
  changed: readonly ChangedFile[],
): Promise<TouchedTests> {
  const onBase = new Set((await repository.list(order.base)).map(({ path }) => path));
  const touched = changed.map(({ path }) => path).filter((path) => onBase.has(path));
  const read = async (path: string) => {
    const bytes = (await repository.read(order.base, path)) ?? new Uint8Array();
    return { path, text: new TextDecoder().decode(bytes) };
  };
  const tests = await Promise.all(touched.filter(isTestFile).map(read));
  const textOnBase = new Map(tests.map(({ path, text }) => [path, text]));
  return {
    files: touched.filter(isTestFile),
    tests,
    written: changed.flatMap((file) => {
      if ("deleted" in file || !isTestFile(file.path)) return [];
      const before = textOnBase.get(file.path) ?? "";
      return [{ path: file.path, before, after: textOf(file) }];
    }),
    code: changed.filter(({ path }) => !isTestFile(path)),
    sources: await Promise.all(touched.filter((path) => !isTestFile(path)).map(read)),
  };
}

function textOf(file: Exclude<ChangedFile, { deleted: true }>): string {
  return file.encoding === "utf-8" ? file.content : Buffer.from(file.content, "base64").toString();
}

/**
 * The old tests on the new code, if the change touches a test file of the base, because nothing else notices a test that
 * keeps its name and asserts less (threats QA-01). Undefined if there is nothing to run.
 */
export async function runOldTests(
  { order, workbench, dependencies }: Task,
  { files, code }: TouchedTests,
): Promise<CheckRun | undefined | { readonly refusal: Refusal }> {
  if (order.config.checks.test === undefined || files.length === 0) return undefined;
  // Without code it would be the base again.
  if (code.length === 0) return undefined;
  const bench = await workbench.prepare("change-with-base-tests", code, dependencies);
  return "refusal" in bench ? bench : await bench.run("test");
}

/**
 * Tests that passed on the base, pass on the change, and fail on the change in their old version: the change altered
 * their assertions. If the old tests do not run on the change at all, or share a file with changed code, it is unknown,
 * and the files are named. A person decides whether that was asked for.
 */
export function alteredTests(
  runs: { readonly base: CheckRun; readonly old: CheckRun | undefined; readonly change: CheckRun },
  touched: TouchedTests,
): readonly string[] {
  const { base, old, change } = runs;
  const passedOnBase = namesPassed(base) ?? [];
  const beside = touched.sources
    .filter((source) => holdsTests(source, passedOnBase))
    .map(({ path }) => `${path} (holds tests beside code, both changed)`);
  return [
    ...(old === undefined ? [] : noLongerPass({ base, old, change }, touched.files)),
    ...beside,
  ];
}

function noLongerPass(
  {
    base,
    old,
    change,
  }: { readonly base: CheckRun; readonly old: CheckRun; readonly change: CheckRun },
  files: readonly string[],
): readonly string[] {
  const passed = namesPassed(base);
  const now = namesPassed(change);
  if (passed === undefined || now === undefined) {
    const lost = base.status === "passed" && change.status === "passed" && old.status !== "passed";
    return lost ? [exitName(old)] : [];
  }
  const still = namesPassed(old);
  if (still === undefined || still.length === 0) {
    return passed.length === 0 ? [] : files.map((path) => `${path} (as it was, it does not run)`);
  }
  const passesNow = new Set(now);
  const [before, after] = [talliesOf(base), talliesOf(old)];
  const passesLess = (name: string) => after(name).passed < before(name).passed;
  return passed.filter((name) => passesNow.has(name) && passesLess(name)).sort();
}

/** Of several tests of one name, one that passed is enough. */
function namesPassed({ tests }: CheckRun): readonly string[] | undefined {
  return tests?.filter((test) => tallyOf(test).passed > 0).map(({ name }) => name);
}
