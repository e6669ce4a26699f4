import { describe, expect, test } from "vitest";
import type { Criterion } from "../../../src/domain/contract.ts";
import type { CheckRun, TestComparison } from "../../../src/domain/evidence.ts";
import { proveCriteria } from "../../../src/workers/verify/criteria.ts";

const subject = { base: "a".repeat(40), tree: "b".repeat(40) };

function ran(name: string, status: CheckRun["status"] = "passed", note?: string): CheckRun {
  return {
    kind: "check",
    name,
    on: "change",
    subject,
    command: `npm run ${name}`,
    status,
    exitCode: status === "passed" ? 0 : 1,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    ...(note === undefined ? {} : { note }),
  };
}

function compared(parts: Partial<TestComparison> = {}): TestComparison {
  return {
    kind: "test-comparison",
    subject,
    source: "per-test",
    failToPass: [],
    passToPass: [],
    passToFail: [],
    failToFail: [],
    ...parts,
  };
}

const GREEN = compared({
  failToPass: ["quote > rejects parcels above 30 kg", "quote > prices Norway as zone 2"],
  passToPass: ["quote > prices Sweden", "server > answers health"],
});

function prove(
  criterion: Omit<Criterion, "id">,
  found: { checks: CheckRun[]; base?: CheckRun[]; comparison?: TestComparison },
) {
  const [proof] = proveCriteria([{ id: "AC1", ...criterion }], {
    subject,
    checks: { runs: found.checks, base: found.base ?? [] },
    comparison: found.comparison,
  });
  return proof;
}

describe("proveCriteria", () => {
  test("names the tests that best match the words of the criterion", () => {
    const found = { checks: [ran("test")], comparison: GREEN };
    expect(
      prove({ statement: "A parcel over 30 kg is rejected", proof: "test" }, found),
    ).toMatchObject({
      criterion: "AC1",
      status: "proven",
      by: "quote > rejects parcels above 30 kg: failed on the base, passes now",
    });
    expect(prove({ statement: "Grüße", proof: "test" }, found)?.by).toMatch(/^quote > rejects/);
  });

  test.each([
    [
      "a test that always passed beside one that was seen failing, when it shares more words",
      "The health route of the server still answers",
      GREEN,
      "quote > rejects parcels above 30 kg: failed on the base, passes now; server > answers health: passed before and passes now",
    ],
    [
      "at most three, and leaves room for what shares more words",
      "The health route of the server still answers",
      compared({
        failToPass: ["a server", "b server", "c server", "d server"],
        passToPass: ["server > answers health"],
      }),
      "a server: failed on the base, passes now; b server: failed on the base, passes now; server > answers health: passed before and passes now",
    ],
    [
      "no test that always passed and shares but one word",
      "A server counts",
      GREEN,
      "quote > rejects parcels above 30 kg: failed on the base, passes now",
    ],
    [
      "no new test where one was seen failing",
      "A parcel of 0 kg is rejected",
      { ...GREEN, new: ["tests::a_parcel_of_0_kg_is_rejected"] },
      "quote > rejects parcels above 30 kg: failed on the base, passes now",
    ],
    [
      "a new test, said so, where none was seen failing",
      "A parcel of 0 kg is rejected",
      compared({ new: ["tests::a_parcel_of_0_kg_is_rejected", "tests::other"], passToPass: ["a"] }),
      "tests::a_parcel_of_0_kg_is_rejected: new, passes now; nobody saw it fail",
    ],
    [
      "a word of a name in camel case, but none of a single letter",
      "The x of a route",
      compared({ failToPass: ["x", "parcelRoute", "other"] }),
      "parcelRoute: failed on the base, passes now",
    ],
    [
      "the first where all share as many words, at most three",
      "The server answers",
      compared({ failToPass: ["server a", "server b", "server c", "server d"] }),
      "server a: failed on the base, passes now; server b: failed on the base, passes now; server c: failed on the base, passes now",
    ],
    [
      "no test that always passed and shares as many words",
      "The server answers health",
      compared({ failToPass: ["server health"], passToPass: ["health server"] }),
      "server health: failed on the base, passes now",
    ],
    [
      "a test that always passed when it shares two words and the proof none",
      "The server answers health",
      compared({ failToPass: ["other"], passToPass: ["health server"] }),
      "other: failed on the base, passes now; health server: passed before and passes now",
    ],
    [
      "at most two that always passed",
      "The server answers health",
      compared({
        failToPass: ["other"],
        passToPass: ["health server 1", "health server 2", "health server 3"],
      }),
      "other: failed on the base, passes now; health server 1: passed before and passes now; health server 2: passed before and passes now",
    ],
    [
      "the one of a long name up to two hundred characters",
      "works",
      compared({ failToPass: ["n".repeat(300)] }),
      `${"n".repeat(199)}…: failed on the base, passes now`,
    ],
    [
      "several of long names up to ninety characters each",
      "The server",
      compared({ failToPass: [`server ${"n".repeat(300)}`, `server ${"m".repeat(300)}`] }),
      `server ${"n".repeat(82)}…: failed on the base, passes now; server ${"m".repeat(82)}…: failed on the base, passes now`,
    ],
  ])("cites %s", (_what, statement, comparison, by) => {
    const found = { checks: [ran("test")], comparison };
    expect(prove({ statement, proof: "test" }, found)).toMatchObject({ status: "proven", by });
  });

  test.each([
    ["no test check", [], undefined, "the config names no `test` check"],
    ["no run of the tests", [], GREEN, "the config names no `test` check"],
    ["nothing compared", [ran("test")], undefined, "the config names no `test` check"],
    [
      "a failing test check",
      [ran("test", "failed", "2 tests failed")],
      GREEN,
      "the test check failed: 2 tests failed",
    ],
    ["a hanging test check", [ran("test", "timed-out")], GREEN, "the test check timed-out"],
    [
      "nothing that failed before",
      [ran("test")],
      compared({ passToPass: ["a"] }),
      "no test failed on the base and passes now",
    ],
  ] as const)("leaves a test criterion unproven with %s", (_what, checks, comparison, by) => {
    const found = { checks: [...checks], ...(comparison === undefined ? {} : { comparison }) };
    expect(prove({ statement: "works", proof: "test" }, found)).toMatchObject({
      status: "unproven",
      by,
    });
  });

  test.each([
    ["The lint check is green", ["lint passed"], "proven"],
    // A check by its plain name, whatever the stem of that word is.
    ["The types are sound", ["types failed"], "unproven"],
    ["The lint and build are green", ["lint passed, build passed"], "proven"],
    ["The types hold", ["types failed"], "unproven"],
    ["Everything is green", ["types failed"], "unproven"],
  ])("proves a command criterion: %s", (statement, [by], status) => {
    const checks = [ran("setup"), ran("lint"), ran("types", "failed"), ran("build")];
    expect(prove({ statement, proof: "command" }, { checks })).toMatchObject({ status, by });
  });

  test.each([
    ["the migrations run", true],
    ["the migration runs", true],
    ["the smoke is gone", false],
  ])("a command criterion %j asks for the migrations alone: %j", (statement, alone) => {
    const checks = [ran("migrations"), ran("lint", "failed")];
    expect(prove({ statement, proof: "command" }, { checks })).toMatchObject(
      alone
        ? { status: "proven", by: "migrations passed" }
        : { status: "unproven", by: "lint failed" },
    );
  });

  test("says of a check that passed no more than that", () => {
    const checks = [ran("lint", "passed", "1 test failed on the base and did not run now")];
    expect(prove({ statement: "The lint is green", proof: "command" }, { checks })).toMatchObject({
      by: "lint passed",
    });
  });

  test("needs a check to prove a command criterion", () => {
    const proof = prove({ statement: "It builds", proof: "command" }, { checks: [ran("setup")] });
    expect(proof).toMatchObject({ status: "unproven" });
  });

  test("leaves judgement to the reviewer", () => {
    const proof = prove({ statement: "It reads well", proof: "judgement" }, { checks: [] });
    expect(proof).toMatchObject({ status: "for-review" });
  });
});
