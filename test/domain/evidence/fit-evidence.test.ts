import { describe, expect, test } from "vitest";
import { digestOf } from "../../../src/domain/digest.ts";
import { fitEvidence } from "../../../src/domain/evidence/fit-evidence.ts";
import { bytesOf, fitProposal } from "../../../src/domain/evidence/fit-proposal.ts";
import { weighFailure } from "../../../src/domain/evidence/known-failure.ts";
import { lengthOf } from "../../../src/domain/evidence/summed.ts";
import type {
  CheckRun,
  Evidence,
  TestComparison,
  TestResult,
} from "../../../src/domain/evidence.ts";
import { PROPOSAL_BYTES, Proposal, type VerifyProposal } from "../../../src/domain/proposal.ts";
import { NO_USAGE } from "../../../src/domain/usage.ts";

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };

function run(on: CheckRun["on"], tests: readonly TestResult[], more: Partial<CheckRun> = {}) {
  const failed = tests.some(({ status }) => status === "failed");
  const status = failed ? "failed" : "passed";
  const exitCode = failed ? 1 : 0;
  return {
    kind: "check",
    name: "test",
    on,
    subject: SUBJECT,
    command: "npm test",
    status,
    exitCode,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    tests: [...tests],
    ...more,
  } satisfies CheckRun;
}

function comparison(more: Partial<TestComparison>): TestComparison {
  const none = { failToPass: [], passToPass: [], passToFail: [], failToFail: [] };
  return { kind: "test-comparison", subject: SUBJECT, source: "per-test", ...none, ...more };
}

/** 100 signs of three bytes each, as people name their tests in Japanese. */
const named = (index: number) => `test/${index % 7}.test.ts > ${"試".repeat(100)} ${index}`;
const passed = (index: number): TestResult => ({ name: named(index), status: "passed" });
const failing = (index: number): TestResult => ({ name: named(index), status: "failed" });
const from = <Item>(count: number, of: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => of(index));

function proposal(evidence: readonly Evidence[]): VerifyProposal {
  return {
    version: 1,
    order: "c".repeat(64),
    usage: NO_USAGE,
    durationMs: 1,
    worker: "verify",
    subject: SUBJECT,
    evidence: [...evidence],
    changedLines: 1,
    commands: { count: 1, durationMs: 1 },
  };
}

function pieces(fitted: Proposal) {
  const { evidence } = fitted as VerifyProposal;
  const check = (on: CheckRun["on"]) =>
    evidence.find((piece): piece is CheckRun => piece.kind === "check" && piece.on === on);
  const compared = evidence.find((piece) => piece.kind === "test-comparison");
  return { change: check("change"), base: check("base"), compared };
}

describe("evidence that does not fit", () => {
  const names = from(40_000, named);
  const failToPass = [named(39_999)];
  const large = proposal([
    run("change", from(40_000, passed)),
    run("base", [failing(39_999)]),
    comparison({ passToPass: names.slice(0, -1), failToPass }),
  ]);

  test("is summed up: counts, the first names, and the digest of those that are left out", () => {
    expect(bytesOf(large)).toBeGreaterThan(20_000_000);
    const fitted = fitProposal(large);
    expect(bytesOf(fitted)).toBeLessThanOrEqual(PROPOSAL_BYTES);
    expect(Proposal.safeParse(fitted).error).toBeUndefined();
    const { change, base, compared } = pieces(fitted);
    expect(change?.note).toMatch(
      /^summed up: 40000 tests, 40000 passed, 0 failed, 0 skipped; \d+ of them are listed$/,
    );
    expect(change?.tests?.map(({ name }) => name)).toContain(named(39_999));
    const files = new Set(change?.tests?.map(({ name }) => name.split(" > ")[0]));
    expect(files.size).toBe(7);
    expect(lengthOf(change ?? {}, "tests")).toBe(40_000);
    expect(base?.tests).toEqual([failing(39_999)]);
    const kept = compared?.passToPass ?? [];
    expect(kept).toEqual(names.slice(0, kept.length));
    const { passToPass } = compared?.summed ?? {};
    expect(passToPass).toEqual({
      total: 39_999,
      digest: digestOf(names.slice(kept.length, -1).join("\n")),
    });
    expect(compared?.failToPass).toEqual(failToPass);
  });

  test("of more tests than the schema takes is summed up, however short", () => {
    const short = (index: number): TestResult => ({ name: `t${index}`, status: "passed" });
    const fitted = fitProposal(proposal([run("change", from(60_000, short))]));
    expect(Proposal.safeParse(fitted).error).toBeUndefined();
    expect(lengthOf(pieces(fitted).change ?? {}, "tests")).toBe(60_000);
  });

  test("that fits is left as it is", () => {
    const small = proposal([run("change", [passed(1)]), comparison({ passToPass: [named(1)] })]);
    expect(fitProposal(small)).toEqual(small);
  });
});

describe("what the gate decides by stays when lists are summed up", () => {
  const always = (evidence: readonly Evidence[]) => {
    let asked = 0;
    return fitEvidence(evidence, () => asked++ > 0);
  };
  const many = from(6_000, passed);

  test("an old failure stays one", () => {
    const change = run("change", [...many, failing(6_000)]);
    const base = run("base", [failing(6_000)]);
    const fitted = always([change, base, comparison({ failToFail: [named(6_000)] })]);
    const now = fitted[0] as CheckRun;
    expect(now.tests?.length).toBeLessThan(6_000);
    expect(weighFailure(now, fitted)).toEqual({ known: true, tests: [named(6_000)] });
  });

  test("an old failure that passes now is not missed by the run that has it", () => {
    const change = run("change", [...many, failing(6_000), passed(6_001)]);
    const base = run("base", [failing(6_000), failing(6_001)]);
    const fitted = always([change, base, comparison({ failToPass: [named(6_001)] })]);
    expect(weighFailure(fitted[0] as CheckRun, fitted)).toMatchObject({ known: true });
  });

  test("a new failure stays one", () => {
    const change = run("change", [...many, failing(6_000), failing(6_001)]);
    const fitted = always([
      change,
      run("base", [failing(6_000)]),
      comparison({ newFailing: [named(6_001)] }),
    ]);
    expect(weighFailure(fitted[0] as CheckRun, fitted)).toMatchObject({ known: false });
  });

  test("a run of more failures than are listed excuses nothing, nor does one that nothing compared", () => {
    const change = run("change", from(6_000, failing));
    const fitted = always([change, run("base", from(6_000, failing))]);
    expect((fitted[0] as CheckRun).tests).toBeUndefined();
    expect(weighFailure(fitted[0] as CheckRun, fitted)).toMatchObject({ known: false });
    const lint = { name: "lint" };
    const other = always([
      run("change", [...many, failing(6_000)], lint),
      run("base", [failing(6_000)], lint),
    ]);
    expect(weighFailure(other[0] as CheckRun, other)).toMatchObject({ known: false });
  });

  test("no list of a comparison that names something is emptied", () => {
    const names = from(6_000, named);
    const [compared] = always([comparison({ passToFail: names, gone: names, removed: names })]);
    expect(compared).toMatchObject({ passToFail: { length: 5_000 }, gone: { length: 5_000 } });
    expect(lengthOf(compared as TestComparison, "removed")).toBe(6_000);
  });
});

describe("evidence that never fits", () => {
  const name = (index: number) => `f${index % 2}.ts > t${index}`;
  const passing = (index: number): TestResult => ({ name: name(index), status: "passed" });
  const fallen = (index: number): TestResult => ({ name: name(index), status: "failed" });
  const cut = (...evidence: readonly Evidence[]) => fitEvidence(evidence, () => false);
  const note = (said: string) => `summed up: ${said} of them are listed`;
  const leftOut = (total: number, ...left: readonly number[]) => ({
    tests: { total, digest: digestOf(left.map(name).join("\n")) },
  });

  test("is cut in four steps, and comes back as the last of them left it", () => {
    const seen: unknown[] = [];
    const evidence = [comparison({ gone: from(6_000, named) })];
    const last = fitEvidence(evidence, (tried) => {
      seen.push((tried[0] as TestComparison).gone?.length);
      return false;
    });
    expect(seen).toEqual([6_000, 5_000, 1_000, 200, 50]);
    expect((last[0] as TestComparison).gone).toEqual(from(50, named));
    const third = fitEvidence(evidence, (tried) => bytesOf(proposal(tried)) < 100_000);
    expect((third[0] as TestComparison).gone).toEqual(from(200, named));
    expect(fitEvidence(evidence, () => true)).toBe(evidence);
  });

  test("keeps what failed on either side, the first test of each file, and then the first of all", () => {
    const tests = [...from(50, passing), fallen(50), passing(51)];
    const change = run("change", tests, { note: "said before" });
    const base = run("base", [passing(48), passing(3), fallen(50), fallen(51)]);
    const other = run("base-with-changed-tests", [fallen(3)]);
    expect(cut(change, base, other)).toStrictEqual([
      {
        ...change,
        tests: [...from(48, passing), fallen(50), passing(51)],
        note: `${note("52 tests, 51 passed, 1 failed, 0 skipped; 50")}. said before`,
        summed: leftOut(52, 48, 49),
      },
      {
        ...base,
        tests: [fallen(50), fallen(51)],
        note: note("4 tests, 2 passed, 2 failed, 0 skipped; 2"),
        summed: leftOut(4, 48, 3),
      },
      {
        ...other,
        note: note("1 tests, 0 passed, 1 failed, 0 skipped; 1"),
        summed: leftOut(1),
      },
    ]);
  });

  test("keeps a list of fifty as it is, and a run that names no test beside a longer one", () => {
    const small = run("change", from(50, passing));
    expect(cut(small)[0]).toBe(small);
    const { tests: _, ...silent } = run("base", []);
    const empty = run("base-with-changed-tests", []);
    const [, ...others] = cut(run("change", from(51, passing)), silent, empty);
    expect(others[0]).toBe(silent);
    expect(others[1]).toBe(empty);
  });

  test("names the first test of fifty files beside those that failed", () => {
    const tests = from(
      60,
      (index): TestResult => ({
        name: `f${index}.ts > t`,
        status: index === 59 ? "failed" : index === 58 ? "skipped" : "passed",
      }),
    );
    const [change] = cut(run("change", tests));
    expect(change).toMatchObject({
      tests: [...tests.slice(0, 50), tests[59]],
      note: note("60 tests, 58 passed, 1 failed, 1 skipped; 51"),
    });
  });

  test("lists fifty failures, and none of fifty-one", () => {
    const failures = from(50, fallen);
    const [fifty] = cut(run("change", [...failures, passing(50)]));
    expect(fifty).toMatchObject({ tests: failures });
    const all = run("change", from(51, fallen));
    const { tests: _, ...rest } = all;
    expect(cut(all)).toStrictEqual([
      {
        ...rest,
        note: note("51 tests, 0 passed, 51 failed, 0 skipped; 0"),
        summed: leftOut(51, ...from(51, (index) => index)),
      },
    ]);
  });

  test("lists no test of another check, because nothing compares them", () => {
    const lint = run("change", [...from(50, passing), fallen(50)], { name: "lint" });
    const { tests: _, ...rest } = lint;
    expect(cut(lint)).toStrictEqual([
      {
        ...rest,
        note: note("51 tests, 50 passed, 1 failed, 0 skipped; 0"),
        summed: leftOut(51, ...from(51, (index) => index)),
      },
    ]);
  });

  test("does not sum up one check because another one is long", () => {
    const lint = run("change", [passing(1)], { name: "lint" });
    expect(cut(run("change", from(51, passing)), lint)[1]).toBe(lint);
  });

  test("keeps a note within five hundred characters", () => {
    const [change] = cut(run("change", from(51, passing), { note: "n".repeat(500) }));
    expect((change as CheckRun).note).toHaveLength(500);
  });

  test("cuts each long list of a comparison, and says what it left out", () => {
    const names = from(52, name);
    const repeated = from(60, (index) => ({ test: name(index), failed: 3, passed: 3 }));
    const compared = comparison({ passToPass: names, failToFail: names.slice(0, 50), repeated });
    expect(cut(compared)).toStrictEqual([
      {
        ...compared,
        passToPass: names.slice(0, 50),
        summed: { passToPass: { total: 52, digest: digestOf(`${name(50)}\n${name(51)}`) } },
      },
    ]);
    const short = comparison({ failToFail: names.slice(0, 50), repeated });
    expect(cut(short)[0]).toBe(short);
  });
});
