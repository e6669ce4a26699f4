import { describe, expect, test } from "vitest";
import type { CheckRun, TestStatus } from "../../../src/domain/evidence.ts";
import type { CheckRecord } from "../../../src/workers/implement/checks.ts";
import {
  judgeAgainstBase,
  sayBaseFailure,
  sayOutcome,
} from "../../../src/workers/implement/known-failures.ts";

function record(
  output: string,
  more: Partial<CheckRun> = {},
  tests?: Readonly<Record<string, TestStatus>>,
): CheckRecord {
  return {
    run: {
      kind: "check",
      on: "change",
      subject: { base: "a".repeat(40), tree: "b".repeat(40) },
      command: "npm test",
      status: "failed",
      exitCode: 1,
      durationMs: 2_000,
      tail: "",
      outputBytes: output.length,
      ...(tests && {
        tests: Object.entries(tests).map(([name, status]) => ({ name, status })),
      }),
      ...more,
      name: "test",
    },
    output,
    outputCut: false,
  };
}

const PASSED = { status: "passed", exitCode: 0 } as const;
const HUNG = { status: "timed-out", exitCode: null } as const;
const OLD = "src/a.ts:3:7 - error TS1: old\nFound 1 error in 2.1 s";

describe("a check of the change against the base", () => {
  test.each<readonly [string, CheckRecord, CheckRecord | undefined, string]>([
    ["passes", record("", PASSED), record(OLD), "passed"],
    ["fails, and passed on the base", record(OLD), undefined, "failed"],
    ["says the same", record(OLD), record(OLD), "known"],
    [
      "says the same at other places and times, in another order",
      record("Found 1 error in 17 ms\nsrc/a.ts:40:7 - error TS1: old"),
      record(OLD),
      "known",
    ],
    ["says more", record(`${OLD}\nsrc/b.ts:1:1 - error TS2: new`), record(OLD), "failed"],
    ["says less", record("Found 1 error in 2.1 s"), record(OLD), "known"],
    ["ends with another exit code", record(OLD, { exitCode: 2 }), record(OLD), "failed"],
    ["hangs where it failed", record(OLD, HUNG), record(OLD), "failed"],
    ["hangs on both", record("a\n", HUNG), record("a\n", HUNG), "known"],
    [
      "names temporary folders",
      record("/tmp/x-3fa91c2b/ failed"),
      record("/tmp/x-99ab12cd/ failed"),
      "known",
    ],
    ["is killed where it hung", record("a", { exitCode: null }), record("a", HUNG), "failed"],
    ["is indented otherwise", record("  error: old"), record("error: old"), "known"],
    ["names other words of hexadecimal letters", record("deadbeef"), record("facade"), "failed"],
    ["names addresses", record("at 0xdeadbeef1f"), record("at 0xabad1deaff"), "known"],
    ["names an address where there was none", record("at 0xdeadbeef1f"), record("at"), "failed"],
    ["measures where it did not", record("took 2.1s"), record("took"), "failed"],
    ["counts large numbers", record("1,234,567 bytes"), record("9 bytes"), "known"],
    ["measures with and without a blank", record("took 2.1s"), record("took 17 ms"), "known"],
    ["floods now alone", { ...record("new"), outputCut: true }, record("old"), "known"],
    ["flooded on the base alone", record("new"), { ...record("old"), outputCut: true }, "known"],
    [
      "floods on both",
      { ...record("new"), outputCut: true },
      { ...record("old"), outputCut: true },
      "known",
    ],
    [
      "fails the same tests",
      record("x", {}, { a: "failed" }),
      record("y", {}, { a: "failed" }),
      "known",
    ],
    [
      "fails fewer tests",
      record("x", {}, { a: "failed", b: "passed" }),
      record("y", {}, { a: "failed", b: "failed" }),
      "known",
    ],
    [
      "fails one test more",
      record("x", {}, { a: "failed", b: "failed" }),
      record("y", {}, { a: "failed", b: "passed" }),
      "failed",
    ],
    [
      "fails a test that is new",
      record("x", {}, { a: "failed", c: "failed" }),
      record("y", {}, { a: "failed" }),
      "failed",
    ],
    [
      "lost a test that passed",
      record("x", {}, { a: "failed" }),
      record("y", {}, { a: "failed", b: "passed" }),
      "failed",
    ],
    ["lost its report", record("crash"), record("y", {}, { a: "failed" }), "failed"],
    [
      "skips every test where one failed",
      record("x", { exitCode: 0 }, { a: "skipped" }),
      record("y", {}, { a: "failed" }),
      "failed",
    ],
  ])("%s", (_name, now, base, status) => {
    expect(judgeAgainstBase(now, base).status).toBe(status);
  });

  test("shows only what the base did not say", () => {
    const outcome = judgeAgainstBase(record(`${OLD}\nsrc/b.ts:1:1 - error TS2: new`), record(OLD));
    expect(outcome.lines).toBe(
      "it failed on the base too; it did not say there:\nsrc/b.ts:1:1 - error TS2: new",
    );
    const two = judgeAgainstBase(record(`error: b\n${OLD}\nerror: c`), record(OLD));
    expect(two.lines.split("\n").slice(1)).toEqual(["error: b", "error: c"]);
  });

  test("names the tests that are new, and lets a known failure be", () => {
    const base = record("y", {}, { a: "failed", b: "passed" });
    const worse = judgeAgainstBase(record("x", {}, { a: "failed", b: "failed" }), base);
    expect(worse.lines).toMatch(/^does not pass now and did not fail on the base: b\n/);
    const same = judgeAgainstBase(record("x", {}, { a: "failed", b: "passed" }), base);
    expect(sayOutcome(same)).toBe(
      "test failed with exit code 1 after 2.0 s, as on the base (1 test): leave it",
    );
  });

  test("lets two known failures be, with nothing to read", () => {
    const both = { a: "failed", b: "failed" } as const;
    expect(judgeAgainstBase(record("x", {}, both), record("y", {}, both))).toEqual({
      name: "test",
      status: "known",
      said: "failed with exit code 1 after 2.0 s, as on the base (2 tests)",
      lines: "",
    });
  });

  test.each([
    ["passed", record("", PASSED), "test passed in 2.0 s"],
    ["failed", record("error: x"), "test failed with exit code 1 after 2.0 s\nerror: x"],
    ["failed in silence", record(""), "test failed with exit code 1 after 2.0 s"],
  ])("says of a check that %s no more than it said", (_what, now, said) => {
    expect(sayOutcome(judgeAgainstBase(now, undefined))).toBe(said);
  });

  test("names thirty tests and counts none more", () => {
    const names = Array.from({ length: 30 }, (_, index) => `t${index}`);
    const tests = Object.fromEntries(names.map((name) => [name, "failed" as const]));
    expect(sayBaseFailure(record("x", {}, tests))).toBe(
      `failed with exit code 1 after 2.0 s\nfailing tests: ${names.join("; ")}\nx`,
    );
    expect(sayBaseFailure(record("error: old"))).toBe(
      "failed with exit code 1 after 2.0 s\nerror: old",
    );
  });

  test("tells of the base how it ended, its failing tests and what it said", () => {
    const names = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`t${index}`, "failed" as const]),
    );
    const said = sayBaseFailure(record("error: old", {}, names));
    expect(said).toContain("failed with exit code 1 after 2.0 s\nfailing tests: t0; t1;");
    expect(said).toContain("t29; and 10 more\nerror: old");
  });
});
