import { expect } from "vitest";
import { doubtsOf } from "../../src/control/gate/doubts.ts";
import { weigh } from "../../src/control/gate/gate.ts";
import { authorityOver } from "../../src/control/gate/merge-authority.ts";
import type { CheckRun, TestStatus } from "../../src/domain/evidence.ts";
import { readTests } from "../../src/workers/checks/reports/read-tests.ts";
import { compareTests } from "../../src/workers/proof/compare/compare-tests.ts";
import { greenGate } from "../control/gate/green-gate.ts";
import { PROOFS } from "./reports/proofs.ts";
import { room } from "./room.ts";

const subject = { base: "a".repeat(40), tree: "b".repeat(40) };

function ran(on: CheckRun["on"], tests: Readonly<Record<string, TestStatus>>): CheckRun {
  const failed = Object.values(tests).includes("failed");
  return {
    kind: "check",
    name: "test",
    on,
    subject,
    command: "npm test",
    status: failed ? "failed" : "passed",
    exitCode: failed ? 1 : 0,
    durationMs: 1,
    tail: "",
    outputBytes: 0,
    tests: Object.entries(tests).map(([name, status]) => ({ name, status })),
  };
}

const events = (...lines: readonly object[]) =>
  lines.map((line) => `${JSON.stringify({ Package: "example.com/greet", ...line })}\n`).join("");

room(PROOFS, {
  "anthropics/claude-code#54349": async () => {
    const gate = await greenGate();
    gate.implement.summary = "All 412 tests pass, I ran them twice.";
    gate.verify.evidence = [];
    const codes = weigh(gate).refusals.map(({ code }) => code);
    expect(codes).toContain("evidence-missing");
    const other = await greenGate();
    for (const piece of other.verify.evidence) piece.subject.tree = "c".repeat(40);
    expect(weigh(other).refusals).not.toEqual([]);
  },

  "amd/gaia#3730": () => {
    const junit = '<testsuite><testcase classname="dates" name="leap"/></testsuite>';
    expect(readTests("junit", [{ content: junit }], [])).toMatchObject({
      tests: [{ status: "passed" }],
    });
    for (const content of ["3 passed in 0.01s", "", "<testsuite>", "<testsuite/>"])
      expect(readTests("junit", [{ content }], []), content).toHaveProperty("problem");
  },

  "golang/go#81599": () => {
    const open = [
      { Action: "run", Test: "TestName" },
      { Action: "output", Test: "TestName", Output: "no line end--- PASS: TestName (0.00s)\n" },
    ];
    const passed = readTests("go-test", [{ content: events(...open, { Action: "pass" }) }], []);
    expect(JSON.stringify(passed)).not.toContain("failed");
    const failed = readTests("go-test", [{ content: events(...open, { Action: "fail" }) }], []);
    expect(JSON.stringify(failed)).toContain('"status":"failed"');
  },

  "Alex1990/tiny-oss#75": async () => {
    const was = { greets: "passed", signs: "passed" } as const;
    const base = ran("base", was);
    const before = { base, baseWithChangedTests: base };
    const deleted = compareTests(
      { ...before, change: ran("change", { greets: "passed" }) },
      subject,
    );
    const gone = [...(deleted.gone ?? []), ...deleted.passToFail];
    expect(gone).toEqual(["signs"]);
    const skipped = ran("change", { ...was, signs: "skipped" });
    expect(compareTests({ ...before, change: skipped }, subject).passToFail).toEqual(["signs"]);

    const gate = await greenGate();
    expect(authorityOver(gate).by).toBe("factory");
    for (const piece of gate.verify.evidence)
      if (piece.kind === "test-comparison") piece.altered = ["signs"];
    expect(doubtsOf(gate)).toEqual([{ about: "old tests", tests: ["signs"] }]);
    expect(authorityOver(gate).by).toBe("person");
    for (const piece of gate.verify.evidence)
      if (piece.kind === "test-comparison") piece.passToFail = ["signs"];
    expect(weigh(gate).refusals.map(({ code }) => code)).toEqual(["check-failed"]);
  },

  "QwenLM/qwen-code#7231": () => {
    const base = ran("base", { clock: "passed" });
    const runs = { base, baseWithChangedTests: base, change: ran("change", { clock: "failed" }) };
    expect(compareTests(runs, subject)).toMatchObject({ passToFail: ["clock"], failToPass: [] });
    const chance = {
      base: ran("base", { clock: "failed" }),
      baseWithChangedTests: ran("base-with-changed-tests", { clock: "failed" }),
      change: ran("change", { clock: "passed" }),
    };
    // The part that does not hold, of a test that nobody named: the comparison cannot know that it was chance.
    expect(compareTests(chance, subject).failToPass).toEqual(["clock"]);
  },
});
