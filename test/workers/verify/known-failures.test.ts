import { describe, expect, test } from "vitest";
import { countsAsPassed } from "../../../src/domain/evidence/known-failure.ts";
import type { CheckRun } from "../../../src/domain/evidence.ts";
import { exited, timedOut } from "../../fakes/sandbox.ts";
import { junit, of, verified, type World } from "./world.ts";

describe("runVerify on a base whose tests fail", () => {
  /** `flaky` fails everywhere; the command's exit code says so. */
  const onBrokenBase = (change: Readonly<Record<string, boolean>>): World => ({
    criteria: [
      { id: "AC1", statement: "Norway is priced", kind: "changes" },
      { id: "AC2", statement: "The test check is green", kind: "command" },
    ],
    namings: [
      { criterion: "AC1", tests: ["new"], symbols: [], checks: [] },
      { criterion: "AC2", tests: [], symbols: [], checks: ["lint", "test"] },
    ],
    run: ({ command }) => (command === "npm test" ? exited(1, "1 failed") : undefined),
    report: (on) => {
      if (on === "base") return junit({ old: true, flaky: false });
      return junit(on === "change" ? change : { old: true, flaky: false, new: false });
    },
  });

  test("never counts against a change what fails on the base", async () => {
    const { proposal } = await verified(onBrokenBase({ old: true, flaky: false, new: true }));
    expect(of(proposal.evidence, "test-comparison")[0]).toMatchObject({
      failToPass: ["new"],
      passToFail: [],
      failToFail: ["flaky"],
    });
    const run = of(proposal.evidence, "check").find(({ name }) => name === "test");
    expect(run).toMatchObject({
      on: "change",
      status: "failed",
      note: "1 test (flaky) fails on the base too, and nothing else",
    });
    expect(of(proposal.evidence, "criterion")).toMatchObject([
      { status: "proven", tests: [{ name: "new", base: "failed", change: "passed" }] },
      { status: "proven", checks: ["lint", "test"] },
    ]);
  });

  test.each([
    [
      "a new failure",
      { old: true, flaky: false, new: false },
      /1 test \(new\) did not fail/,
      "unproven",
    ],
    ["a failing test that vanished", { old: true, new: true }, /no test explains it/, "proven"],
    [
      "a regression",
      { old: false, flaky: false, new: true },
      /1 test \(old\) did not fail/,
      "proven",
    ],
  ])("counts %s against a change on a base that fails", async (_what, change, note, first) => {
    const { proposal } = await verified(onBrokenBase(change));
    const run = of(proposal.evidence, "check").find(({ name }) => name === "test");
    expect(run?.note).toMatch(note);
    expect(of(proposal.evidence, "criterion").map(({ status }) => status)).toEqual([
      first,
      "unproven",
    ]);
  });

  test("says when a test that failed on the base no longer runs in a run that passes", async () => {
    const { proposal } = await verified({
      run: ({ command }, on) => (command === "npm test" && on !== "change" ? exited(1) : undefined),
      report: (on) =>
        on === "change" ? junit({ new: true }) : junit({ flaky: false, new: false }),
    });
    const run = of(proposal.evidence, "check").find(({ name }) => name === "test");
    expect(run).toMatchObject({
      status: "passed",
      note: "1 test (flaky) failed on the base and did not run now",
    });
    expect(of(proposal.evidence, "criterion")[0]?.status).toBe("proven");
  });

  test("keeps a list that is not longer than it may be", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 4_999 }, (_, index) => [`t${index}`, true]),
    );
    const { proposal } = await verified({
      run: ({ command }, on) => (command === "npm test" && on !== "change" ? exited(1) : undefined),
      report: (on) => junit({ ...many, new: on === "change" }),
    });
    const runs = of(proposal.evidence, "check").filter(({ name }) => name === "test");
    expect(runs.map(({ tests }) => tests?.length)).toEqual([5_000, 5_000, 5_000, 5_000]);
    expect(runs.every(({ note }) => !note?.includes("listed here"))).toBe(true);
  });

  test("keeps none of a long list in which all fail", async () => {
    const many = (passed: boolean) =>
      junit(Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`t${index}`, passed])));
    const { proposal } = await verified({
      run: ({ command }, on) => (command === "npm test" && on !== "change" ? exited(1) : undefined),
      report: (on) => many(on === "change"),
    });
    const [change, base] = of(proposal.evidence, "check").filter(({ name }) => name === "test");
    expect(change?.tests).toHaveLength(5_001);
    expect(base?.tests).toBeUndefined();
    expect(base?.note).toBe("5001 tests, compared but not listed here");
  });

  test("says of a run that ended too late no more than that", async () => {
    const { proposal } = await verified({
      run: ({ command }) => (command === "npm run lint" ? timedOut("…") : undefined),
    });
    const lint = of(proposal.evidence, "check").find(({ name }) => name === "lint");
    expect(lint?.note).toBe("killed after 600 s");
  });

  test("keeps the failures of a long list on the base", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 5_001 }, (_, index) => [`t${index}`, true]),
    );
    const { proposal } = await verified({
      run: ({ command }) => (command === "npm test" ? exited(1) : undefined),
      report: (on) => junit({ ...many, flaky: false, ...(on === "change" ? { new: true } : {}) }),
    });
    const [change, base, withTests] = of(proposal.evidence, "check").filter(
      ({ name }) => name === "test",
    );
    expect(change?.tests).toHaveLength(5_003);
    expect(base).toMatchObject({
      tests: [{ name: "flaky", status: "failed" }],
      note: "5002 tests, compared; only those that failed are listed here",
    });
    expect(withTests?.tests).toBeUndefined();
    expect(countsAsPassed(change as CheckRun, proposal.evidence)).toBe(true);
  });
});
