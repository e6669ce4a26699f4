import { digestOf } from "../digest.ts";
import type { CheckRun, Evidence, TestComparison, TestResult } from "../evidence.ts";
import type { Summed } from "./summed.ts";

/** How many names of a list are written, tried in this order. */
const STEPS: readonly number[] = [5_000, 1_000, 200, 50];

/**
 * Evidence that fits its bounds: unchanged if possible, or with its long lists summed up. The facts that the gate
 * decides by stay. A list with names never becomes empty. A run whose old and new failures cannot be distinguished lists
 * no tests, so that nothing is excused by it.
 */
export function fitEvidence(
  evidence: readonly Evidence[],
  fits: (evidence: readonly Evidence[]) => boolean,
): readonly Evidence[] {
  if (fits(evidence)) return evidence;
  const tried = STEPS.map((most) => () => sumUp(evidence, most));
  let last = evidence;
  for (const attempt of tried) {
    last = attempt();
    if (fits(last)) return last;
  }
  return last;
}

function sumUp(evidence: readonly Evidence[], most: number): readonly Evidence[] {
  const runs = evidence.filter((piece) => piece.kind === "check");
  const long = new Set(
    runs.filter(({ tests = [] }) => tests.length > most).map(({ name }) => name),
  );
  const failedElsewhere = new Set(
    runs.filter(({ on }) => on !== "change").flatMap(({ tests = [] }) => failuresOf(tests)),
  );
  return evidence.map((piece) => {
    if (piece.kind === "test-comparison") return sumUpComparison(piece, most);
    if (piece.kind !== "check" || !long.has(piece.name)) return piece;
    return sumUpRun(piece, { most, failedElsewhere });
  });
}

function failuresOf(tests: readonly TestResult[]): readonly string[] {
  return tests.filter(({ status }) => status === "failed").map(({ name }) => name);
}

function sumUpRun(
  run: CheckRun,
  { most, failedElsewhere }: { readonly most: number; readonly failedElsewhere: Set<string> },
): CheckRun {
  const { tests = [], ...rest } = run;
  if (tests.length === 0) return run;
  const telling = tests.filter(
    ({ name, status }) => status === "failed" || (run.on === "change" && failedElsewhere.has(name)),
  );
  // Which runs are compared. Only the lists of the check `test` have a comparison made of all of them.
  const kept = run.name === "test" && telling.length <= most ? telling : undefined;
  const shown = kept !== undefined && run.on === "change" ? withOthers(tests, kept, most) : kept;
  const note = noteOf(tests, shown?.length ?? 0, rest.note);
  const listed = new Set(shown);
  const left = tests.filter((test) => !listed.has(test)).map(({ name }) => name);
  const summed = { tests: { total: tests.length, digest: digestOf(left.join("\n")) } };
  return { ...rest, ...(shown === undefined ? {} : { tests: [...shown] }), note, summed };
}

/** First those that say something, then the first of each file, to show that it ran, and then the first of all. */
function withOthers(
  tests: readonly TestResult[],
  telling: readonly TestResult[],
  most: number,
): readonly TestResult[] {
  const files = new Map<string, TestResult>();
  for (const test of tests) {
    const [file = ""] = test.name.split(" > ");
    if (!files.has(file)) files.set(file, test);
  }
  const kept = new Set([...telling, ...[...files.values()].slice(0, most)]);
  for (const test of tests) {
    if (kept.size >= most) break;
    kept.add(test);
  }
  return tests.filter((test) => kept.has(test));
}

function noteOf(tests: readonly TestResult[], listed: number, before: string | undefined): string {
  const count = (status: TestResult["status"]) =>
    tests.filter((test) => test.status === status).length;
  const counts = `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`;
  const said = `summed up: ${tests.length} tests, ${counts}; ${listed} of them are listed`;
  return (before === undefined ? said : `${said}. ${before}`).slice(0, 500);
}

function sumUpComparison(comparison: TestComparison, most: number): TestComparison {
  const summed: Summed = {};
  const cut = Object.entries(comparison).map(([key, value]) => {
    const isList = Array.isArray(value) && key !== "repeated";
    if (!isList || value.length <= most) return [key, value] as const;
    const left = value.slice(most);
    summed[key] = { total: value.length, digest: digestOf(left.join("\n")) };
    return [key, value.slice(0, most)] as const;
  });
  if (Object.keys(summed).length === 0) return comparison;
  return { ...(Object.fromEntries(cut) as TestComparison), summed };
}
