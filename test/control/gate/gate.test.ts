import { describe, expect, test } from "vitest";
import { GATE, weigh } from "../../../src/control/gate/gate.ts";
import { authorityOver } from "../../../src/control/gate/merge-authority.ts";
import type { Gate } from "../../../src/control/gate/rule.ts";
import { digestOfDependencies } from "../../../src/domain/dependencies/files.ts";
import type { TestComparison } from "../../../src/domain/evidence.ts";
import { sayDoubt, sayOutcome } from "../../../src/wording/checks/gate-sentences.ts";
import { SPOILT, type Spoil, type Spoilable } from "../spoilt.ts";
import { greenGate } from "./green-gate.ts";

describe("the gate", () => {
  test("opens when every rule holds, and says so for each", async () => {
    const { refusals, outcomes } = weigh(await greenGate());
    const lines = outcomes.map(sayOutcome);
    expect(refusals).toEqual([]);
    expect(lines).toHaveLength(GATE.length);
    expect(lines.every(({ ok }) => ok)).toBe(true);
  });

  test("has a name of its own for every rule, and a case here in which that rule alone refuses", () => {
    const names = GATE.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(SPOILT.map(([name]) => name))).toEqual(new Set(names));
  });

  test.each(SPOILT)("%s refuses alone with %s", async (name, code, spoil) => {
    const gate = await greenGate();
    spoil(gate);
    const { refusals, outcomes } = weigh(gate);
    const lines = outcomes.map(sayOutcome);
    expect(lines.filter(({ ok }) => !ok).map((line) => line.name)).toEqual([name]);
    expect(refusals.map((refusal) => refusal.code)).toEqual([code]);
  });
});

describe("the rule on paths", () => {
  test.each([
    [["src/**"], true],
    [["docs/**", "src/*.ts", "test/**"], true],
    [["docs/**"], false],
    [["src/greet.ts"], false],
    // A contract that names no path leaves them open; whether it may is settled before it is approved.
    [[], true],
  ])("a contract for %j allows the change: %j", async (paths, allowed) => {
    const gate = await greenGate();
    gate.implement.changeSet.files = gate.implement.changeSet.files.map((file, index) => ({
      ...file,
      path: index === 0 ? "src/greet.ts" : "src/other.ts",
    }));
    gate.order.contract.boundaries.paths = paths;
    const outcome = weigh(gate).outcomes.find(({ rule }) => rule === "paths");
    expect(outcome?.refusal === undefined).toBe(allowed);
  });
});

describe("the rule on criteria that a reviewer judges", () => {
  test.each([
    ["met", ["yes"], true],
    ["met twice", ["yes", "yes"], true],
    ["met in part", ["partly"], false],
    ["unmet", ["no"], false],
    ["first met, then unmet", ["yes", "no"], false],
    ["first unmet, then met", ["no", "yes"], false],
    ["not mentioned", [], false],
  ] as const)("%s", async (_, judgements, met) => {
    const gate = await greenGate();
    const { verdict } = gate.review;
    const [first] = verdict.criteria;
    if (first === undefined) throw new Error("the contract has no criterion");
    verdict.criteria = [
      ...judgements.map((one) => ({ ...first, answer: one })),
      ...verdict.criteria.slice(1),
    ];
    expect(weigh(gate).refusals.length).toBe(met ? 0 : 1);
  });
});

/** Both runs of the tests with their failures; the base's is added. */
async function gateWithFailures(on: {
  readonly base: readonly string[];
  readonly change: readonly string[];
}) {
  const gate = await greenGate();
  const failing = (names: readonly string[]) =>
    names.map((name) => ({ name, status: "failed" as const }));
  for (const piece of [...gate.verify.evidence]) {
    if (piece.kind !== "check" || piece.name !== "test" || piece.on !== "change") continue;
    const before = { ...piece, on: "base" as const, status: "failed" as const, exitCode: 1 };
    gate.verify.evidence.push({ ...before, tests: failing(on.base) });
    Object.assign(piece, { status: "failed", exitCode: 1, tests: failing(on.change) });
  }
  return gate;
}

describe("the gate on a base that fails", () => {
  test("opens for the same failures", async () => {
    const { refusals, outcomes } = weigh(
      await gateWithFailures({ base: ["old"], change: ["old"] }),
    );
    const lines = outcomes.map(sayOutcome);
    expect(refusals).toEqual([]);
    expect(lines.find(({ name }) => name === "checks passed")?.sentence).toContain(
      "fail on the base too",
    );
  });

  test("stays closed for others, and says which", async () => {
    const { refusals } = weigh(await gateWithFailures({ base: ["old"], change: ["old", "new"] }));
    expect(refusals).toMatchObject([
      { code: "check-failed", subject: "test", found: expect.stringContaining("1 test (new)") },
    ]);
    expect(refusals[0]).not.toHaveProperty("hint");
  });

  test("stays closed for exit codes alone, and says what to do", async () => {
    const gate = await gateWithFailures({ base: [], change: [] });
    for (const piece of gate.verify.evidence) if (piece.kind === "check") delete piece.tests;
    const { refusals } = weigh(gate);
    expect(refusals).toMatchObject([{ code: "check-failed", hint: "give-a-report" }]);
  });
});

/** Lays parts over what was found in comparing the tests. */
function spoilTests(gate: Spoilable<Gate>, parts: Partial<TestComparison>): void {
  for (const piece of gate.verify.evidence)
    if (piece.kind === "test-comparison") Object.assign(piece, parts);
}

const alters = (name: string): Spoil => {
  return (gate) => spoilTests(gate, { altered: [name] });
};
const hasOnlyNew = (name: string): Spoil => {
  return (gate) => spoilTests(gate, { failToPass: [], new: [name] });
};

const removes = (name: string): Spoil => {
  return (gate) => spoilTests(gate, { removed: [name] });
};
const isUnstable = (name: string): Spoil => {
  return (gate) => spoilTests(gate, { unstable: [name] });
};

/** It failed in the first run on the change, and the whole check passed in the next. */
const isFlaky = (name: string): Spoil => {
  const further = {
    status: "passed",
    exitCode: 0,
    durationMs: 1,
    whole: true,
    failing: [],
    more: 0,
  };
  const failed = { status: "failed", exitCode: 1, again: [further] };
  return (gate) => {
    spoilTests(gate, { flaky: [name], flakyOnChange: [name] });
    const run = gate.verify.evidence.find(
      (piece) => piece.kind === "check" && piece.name === "test",
    );
    if (run?.kind !== "check") throw new Error("the green gate runs no tests");
    const tests = run.tests ?? [];
    const passed = [...tests, { name, status: "passed" as const }];
    gate.verify.evidence.push({ ...run, on: "base", tests: passed });
    Object.assign(run, { ...failed, tests: [...tests, { name, status: "failed" }] });
  };
};
const flakesElsewhere = (name: string): Spoil => {
  return (gate) => spoilTests(gate, { flaky: [name] });
};

test.each([
  ["gone", { gone: ["greets"] }, "1 test that is gone"],
  ["new and failing", { newFailing: ["greets"] }, "1 test that is new"],
  ["failing now", { passToFail: ["greets"] }, "1 test that passed before"],
])("calls a test %s what it is", async (_word, parts, subject) => {
  const gate = await greenGate();
  spoilTests(gate, parts);
  expect(weigh(gate).refusals).toMatchObject([{ code: "check-failed", subject, found: "greets" }]);
});

describe("what no run can settle", () => {
  test.each<readonly [string, Spoil | undefined, readonly string[]]>([
    ["nothing", undefined, []],
    ["an altered test", alters("greets"), ["Asserted before, no longer: 1 test (greets)."]],
    [
      "a test taken out of its file",
      removes("greets"),
      ["Gone, because the change took them out of a test file: 1 test (greets)."],
    ],
    [
      "names that change with each run",
      isUnstable("on 4001"),
      [
        "Named differently in each run, so that nobody can tell whether one is gone or fails: 1 test (on 4001).",
      ],
    ],
    [
      "a test that proves less",
      ({ verify }) => {
        const finding = { path: "test/greet.test.ts", line: 3, before: "", after: "" };
        verify.evidence.push({
          kind: "ratchet",
          subject: verify.subject,
          findings: [{ ...finding, rule: "test-skipped" }],
          more: 0,
        });
      },
      ["Proves less than before, as its syntax shows: 1 test (test/greet.test.ts:3 test-skipped)."],
    ],
    [
      "a test of the change that failed once and passed once",
      isFlaky("waits"),
      [
        "Failed once and passed once on these bytes, so that the tests are green in one run of several: 1 test (waits).",
      ],
    ],
    ["a test that is flaky in runs without the change", flakesElsewhere("waits"), []],
    [
      "source that can tell that a test runs it",
      ({ verify }) => {
        const finding = { path: "src/greet.ts", line: 3, before: "", after: "process.env.VITEST" };
        verify.evidence.push({
          kind: "ratchet",
          subject: verify.subject,
          findings: [{ ...finding, rule: "test-detected" }],
          more: 0,
        });
      },
      ["Proves less than before, as its syntax shows: 1 test (src/greet.ts:3 test-detected)."],
    ],
    [
      "new tests alone",
      hasOnlyNew("greets nobody"),
      ["Proven by new tests alone, which nobody saw fail: 1 test (greets nobody)."],
    ],
  ])("%s keeps no rule shut and is said to whoever merges", async (_name, spoil, sentences) => {
    const gate = await greenGate();
    spoil?.(gate);
    expect(weigh(gate).refusals).toEqual([]);
    expect(authorityOver(gate).doubts.map((doubt) => sayDoubt(doubt).sentence)).toEqual(sentences);
  });

  test("raises a low risk and leaves a higher one", async () => {
    const gate = await greenGate();
    const [, tests] = gate.implement.changeSet.files;
    if (tests === undefined) throw new Error("the green gate changes no tests");
    gate.implement.changeSet.files = [tests];
    // Nobody collects the file: a name alone makes no test.
    expect(authorityOver(gate).risk.risk).toBe("medium");
    for (const piece of gate.verify.evidence)
      if (piece.kind === "check" && piece.on === "change")
        piece.tests = [{ name: `${tests.path} > greets`, status: "passed" }];
    expect(authorityOver(gate).risk.risk).toBe("low");
    alters("greets")(gate);
    expect(authorityOver(gate).risk).toEqual({
      risk: "medium",
      reasons: ["documentation, pictures and reported tests only", "its tests leave a doubt"],
    });
  });
});

describe("authority to merge", () => {
  test("what a loop began and no person approved is merged by a person, whatever the trust", async () => {
    const gate = await greenGate("checks: { test: npm test }\ntrust: { default: full-factory }\n");
    const { by, risk, doubts } = authorityOver(gate);
    expect({ by, doubts }).toEqual({ by: "factory", doubts: [] });
    const begun = authorityOver({ ...gate, begunBy: "dependencies" } as typeof gate);
    expect(begun).toMatchObject({ by: "person", risk });
    expect(begun.doubts.map((doubt) => sayDoubt(doubt).sentence)).toEqual([
      "No person asked for this change or approved its contract: the loop dependencies began it.",
    ]);
  });

  test("the file by which a loop begins is one that a person merges", async () => {
    const gate = await greenGate("checks: { test: npm test }\ntrust: { default: full-factory }\n");
    const path = ".github/factory/loops/dependencies.md";
    const content = "---\ngather: { use: dependencies }\neffects: { start: 5 }\n---\n";
    gate.implement.changeSet.files.push({ path, mode: "100644", encoding: "utf-8", content });
    expect(authorityOver(gate)).toMatchObject({ by: "person", protectedPaths: [path] });
  });

  test("a tree that is riskier than what was shown before work began needs a person", async () => {
    const gate = await greenGate("checks: { test: npm test }\ntrust: { default: full-factory }\n");
    expect(authorityOver(gate).by).toBe("factory");
    gate.order.contract.boundaries.paths = ["docs/**"];
    gate.order.contract.context.files = [];
    const { by, risk } = authorityOver(gate);
    expect(by).toBe("person");
    expect(risk.reasons.at(-1)).toBe("riskier than was shown before work began");
    // Where the config lets nobody be asked, nothing was shown.
    gate.order.config.approve = "never";
    expect(authorityOver(gate).by).toBe("factory");
  });

  test.each<readonly [string, string]>([
    ["the executable bit", "100755"],
    ["a first line that says what runs it", "100644"],
  ])("a program with %s needs a person", async (_, mode) => {
    const gate = await greenGate("checks: { test: npm test }\ntrust: { default: full-factory }\n");
    const file = { path: "src/tool", mode, encoding: "utf-8", content: "#!/usr/bin/env node\n" };
    gate.implement.changeSet.files.push(file as (typeof gate.implement.changeSet.files)[number]);
    expect(authorityOver(gate)).toMatchObject({ by: "person", protectedPaths: ["src/tool"] });
  });

  const trust = (level: string) => `checks: { test: npm test }\ntrust: { default: ${level} }\n`;
  test.each<readonly [string, string, Spoil | undefined, "factory" | "person"]>([
    ["medium risk under scoped autonomy", "scoped-autonomy", undefined, "factory"],
    ["medium risk under low-risk trust", "auto-merge-low-risk", undefined, "person"],
    ["no trust beyond a pull request", "open-pr", undefined, "person"],
    [
      "no seal key",
      "full-factory",
      (gate) => {
        gate.sealed = false;
      },
      "person",
    ],
    [
      "risk that the reviewer raised",
      "scoped-autonomy",
      (gate) => {
        gate.review.verdict.risk = "high";
      },
      "person",
    ],
    [
      "high risk under full trust",
      "full-factory",
      (gate) => {
        gate.review.verdict.risk = "high";
      },
      "factory",
    ],
    [
      "a protected path under full trust",
      "full-factory",
      (gate) => {
        gate.implement.changeSet.files.push({ path: "src/Package.json", deleted: true });
      },
      "person",
    ],
    [
      "a path that the config protects",
      "full-factory",
      (gate) => {
        gate.order.config.protect = ["src/greet.ts"];
      },
      "person",
    ],
    [
      "a document that stands in every prompt",
      "full-factory",
      (gate) => {
        gate.order.config.harness = ["src/greet.ts"];
      },
      "person",
    ],
    ["a test that asserted something else before", "full-factory", alters("greets"), "person"],
    [
      "as many protected paths as doubts",
      "full-factory",
      (gate) => {
        alters("greets")(gate);
        gate.implement.changeSet.files.push({ path: "Makefile", deleted: true });
      },
      "person",
    ],
    ["new tests alone", "full-factory", hasOnlyNew("greets nobody"), "person"],
    [
      "a new test beside one that was seen failing",
      "full-factory",
      (gate) => spoilTests(gate, { new: ["greets nobody"] }),
      "factory",
    ],
    [
      "new tests that no criterion asks for",
      "full-factory",
      (gate) => {
        hasOnlyNew("greets nobody")(gate);
        for (const criterion of gate.order.contract.acceptance) criterion.kind = "judgement";
      },
      "factory",
    ],
    [
      "one path of lower trust",
      "full-factory",
      (gate) => {
        gate.order.config.trust.scopes = [{ paths: ["test/**"], level: "open-pr" }];
      },
      "person",
    ],
  ])("%s", async (_name, level, spoil, by) => {
    const gate = await greenGate(trust(level));
    spoil?.(gate);
    expect(authorityOver(gate).by).toBe(by);
  });

  test("the reviewer raises the risk and never lowers it", async () => {
    const gate = await greenGate();
    gate.verify.changedLines = 500;
    gate.review.verdict.risk = "low";
    expect(authorityOver(gate).risk.risk).toBe("high");
  });
});

describe("what the gate lets pass", () => {
  test.each<readonly [string, Spoil]>([
    [
      "as many changed lines as the config allows",
      ({ verify }) => {
        verify.changedLines = 600;
      },
    ],
    [
      "a set-up, which ran before there was a change",
      ({ order }) => {
        order.config.checks.setup = { run: "npm ci" };
      },
    ],
    [
      "tests that nobody told apart, as long as they failed before",
      (gate) => spoilTests(gate, { source: "exit-code", failToPass: [] }),
    ],
    [
      "a contract whose criteria no test has to prove",
      (gate) => {
        gate.verify.evidence = gate.verify.evidence.filter(
          ({ kind }) => kind !== "test-comparison",
        );
        for (const criterion of gate.order.contract.acceptance) criterion.kind = "judgement";
      },
    ],
    [
      "a second comparison in which nothing changed",
      ({ verify }) => {
        for (const piece of [...verify.evidence])
          if (piece.kind === "test-comparison") verify.evidence.push({ ...piece, failToPass: [] });
      },
    ],
    [
      "findings that block nothing",
      ({ review }) => {
        const finding = { path: "src/greet.ts", line: 1, claim: "long", howItFails: "never" };
        review.verdict.findings = [{ severity: "minor", ...finding }];
      },
    ],
  ])("%s", async (_name, spoil) => {
    const gate = await greenGate();
    spoil(gate);
    expect(weigh(gate).refusals).toEqual([]);
    expect(authorityOver(gate).doubts).toEqual([]);
  });

  test("one of two comparisons that saw nothing fail leaves no doubt about new tests", async () => {
    const gate = await greenGate();
    for (const piece of [...gate.verify.evidence])
      if (piece.kind === "test-comparison")
        gate.verify.evidence.push({ ...piece, failToPass: [], new: ["greets nobody"] });
    expect(authorityOver(gate).doubts).toEqual([]);
  });

  test("a lockfile whose packages come from a registry that the config names, once approved", async () => {
    const resolved = "https://npm.example.com/left-pad/-/left-pad-1.3.0.tgz";
    const integrity = `sha512-${Buffer.alloc(64, 1).toString("base64")}`;
    const lock = {
      name: "app",
      lockfileVersion: 3,
      requires: true,
      packages: {
        "": { name: "app", dependencies: { "left-pad": "1.3.0" } },
        "node_modules/left-pad": { version: "1.3.0", resolved, integrity },
      },
    };
    const gate = await greenGate();
    gate.order.contract.boundaries.paths = [];
    gate.implement.changeSet.files.push({
      path: "package-lock.json",
      mode: "100644",
      encoding: "utf-8",
      content: JSON.stringify(lock),
    });
    const digest = digestOfDependencies(gate.implement.changeSet) ?? "";
    gate.approvedDependencies = [digest];
    expect(weigh(gate).refusals).toMatchObject([{ code: "dependencies-refused" }]);
    gate.order.config.dependencies.registries = ["https://npm.example.com/"];
    expect(weigh(gate).refusals).toEqual([]);
    gate.approvedDependencies = [];
    expect(weigh(gate).refusals).toMatchObject([{ code: "dependencies-unapproved" }]);
  });
});

describe("who raised the risk", () => {
  test.each([
    ["low", "medium", []],
    ["medium", "medium", []],
    ["high", "high", ["the reviewer raised it from medium"]],
  ] as const)("a reviewer who says %s leaves it at %s: %j", async (said, risk, reasons) => {
    const gate = await greenGate();
    const before = authorityOver(gate).risk;
    gate.review.verdict.risk = said;
    expect(authorityOver(gate).risk).toEqual({ risk, reasons: [...before.reasons, ...reasons] });
  });

  test("a doubt about a change of higher risk adds no reason", async () => {
    const gate = await greenGate();
    const before = authorityOver(gate).risk;
    alters("greets")(gate);
    expect(authorityOver(gate).risk).toEqual(before);
  });

  test("what was weighed is said: level and protected paths", async () => {
    const gate = await greenGate("checks: { test: npm test }\ntrust: { default: full-factory }\n");
    gate.implement.changeSet.files.push({ path: "Makefile", deleted: true });
    expect(authorityOver(gate)).toMatchObject({
      by: "person",
      level: "full-factory",
      protectedPaths: ["Makefile"],
    });
  });
});
