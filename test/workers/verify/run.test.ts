import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { isEvidenceFor } from "../../../src/domain/evidence.ts";
import { digestOfOrder } from "../../../src/domain/order.ts";
import type { SandboxCommand } from "../../../src/ports/sandbox.ts";
import { runVerify } from "../../../src/workers/verify/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";
import { nightlyOrder } from "../orders.ts";
import {
  BASE,
  brief,
  CHANGE,
  junit,
  NAMINGS,
  of,
  play,
  reportOfGoodChange,
  verified,
  verify,
} from "./world.ts";

describe("runVerify on a change", () => {
  test("proves what fails before and passes now, for exactly one base and tree", async () => {
    const { proposal, order, changeSet, repository } = await verified();
    const tree = await repository.treeWith(changeSet);
    expect(proposal).toMatchObject({
      order: digestOfOrder(order),
      subject: { base: order.base, tree },
      changedLines: 5,
    });
    expect(isEvidenceFor(proposal.evidence, { base: order.base, tree })).toBe(true);
    expect(brief(proposal.evidence)).toEqual([
      "setup on change: passed",
      "lint on change: passed",
      "test on change: passed",
      "setup on base: passed",
      "test on base: passed",
      "test on base-with-changed-tests: failed",
      "test on change-with-base-tests: passed",
    ]);
    expect(of(proposal.evidence, "test-comparison")).toMatchObject([
      {
        source: "per-test",
        failToPass: ["new"],
        passToPass: ["old"],
        passToFail: [],
        failToFail: [],
      },
    ]);
    expect(
      of(proposal.evidence, "criterion").map(({ criterion, status }) => [criterion, status]),
    ).toEqual([
      ["AC1", "proven"],
      ["AC2", "for-review"],
    ]);
  });

  test("opens the network for setup alone, and setup sees base bytes alone", async () => {
    const { sandbox, changeSet } = await verified();
    const commands = sandbox.calls.filter(({ method }) => method === "run");
    for (const { argument } of commands) {
      const { command, network } = argument as SandboxCommand;
      expect(network).toBe(command === "npm ci");
    }
    for (const workspace of [1, 2, 3]) {
      const methods = sandbox.calls.filter((call) => call.workspace === workspace);
      const order = methods.map(({ method, argument }) =>
        method === "run" ? (argument as SandboxCommand).command : method,
      );
      expect(order.slice(0, 2)).toEqual(["fill", "npm ci"]);
      expect(order.at(-1)).toBe("close");
    }
    const writes = sandbox.calls
      .filter(({ method }) => method === "write")
      .map(({ argument }) => argument);
    expect(writes).toEqual(expect.arrayContaining([changeSet.files, [changeSet.files[1]]]));
  });

  test("runs one command at a time where nothing isolates them", async () => {
    const { sandbox, proposal } = await verified({ isolation: "none" });
    const fills = sandbox.calls.filter(({ method }) => method === "fill");
    const second = sandbox.calls.indexOf(fills[1] as (typeof fills)[0]);
    const commands = sandbox.calls.slice(0, second).filter(({ method }) => method === "run");
    expect(commands.map(({ argument }) => (argument as SandboxCommand).command)).toEqual([
      "npm ci",
      "npm run lint",
      "npm test",
    ]);
    expect(of(proposal.evidence, "test-comparison")[0]?.failToPass).toEqual(["new"]);
  });

  test("compares with the base alone when no test file changed, and proves nothing then", async () => {
    const [source] = CHANGE;
    const { proposal, sandbox } = await verified({
      files: [source as ChangedFile],
      report: () => junit({ old: true }),
    });
    expect(sandbox.calls.filter(({ method }) => method === "fill")).toHaveLength(2);
    expect(of(proposal.evidence, "criterion")[0]).toMatchObject({
      status: "unproven",
      reasons: [{ code: "not-in-report", about: "new" }],
    });
  });

  test("asks the base about a check that fails on the change", async () => {
    const { proposal } = await verified({
      run: ({ command }) => (command === "npm run lint" ? exited(1, "1 problem") : undefined),
    });
    expect(brief(proposal.evidence)).toContain("lint on change: failed");
    expect(brief(proposal.evidence).at(-1)).toBe("lint on base: failed");
    expect(of(proposal.evidence, "check")[1]?.note).toMatch(
      /^it fails on the base too, and by the exit code alone nobody can tell/,
    );
  });

  test("reports a regression", async () => {
    const { proposal } = await verified({
      report: (on) => (on === "change" ? junit({ old: false, new: true }) : reportOfGoodChange(on)),
      run: ({ command }, on) => (command === "npm test" && on === "change" ? exited(1) : undefined),
    });
    expect(of(proposal.evidence, "test-comparison")[0]).toMatchObject({
      passToFail: ["old"],
      failToPass: ["new"],
    });
    // Each criterion by its own tests: that the check fails is a veto of its own.
    expect(of(proposal.evidence, "criterion")[0]?.status).toBe("proven");
  });

  test.each([
    ["no report", undefined, /not there after the run/],
    ["a report without tests", "<testsuites/>", /without any test/],
    ["a truncated report", "<testsuites><testcase", /well-formed|read/],
    [
      "only skipped tests",
      `<testsuites><testcase name="a"><skipped/></testcase></testsuites>`,
      /every test was skipped/,
    ],
    [
      "a report that contradicts the exit code",
      junit({ old: false }),
      /exit code 0, but 1 tests failed/,
    ],
  ] as const)("is never green by %s", async (_what, report, note) => {
    const { proposal } = await verified({
      report: (on) => (on === "change" ? report : reportOfGoodChange(on)),
    });
    const run = of(proposal.evidence, "check").find(
      ({ name, on }) => name === "test" && on === "change",
    );
    expect(run).toMatchObject({ status: "failed", exitCode: 0, note: expect.stringMatching(note) });
    expect(of(proposal.evidence, "criterion")[0]?.status).toBe("unproven");
  });

  test("removes a report that the change brought along before the tests run", async () => {
    const forged: ChangedFile = {
      path: "reports/junit.xml",
      mode: "100644",
      encoding: "utf-8",
      content: junit({ new: true }),
    };
    const { order, changeSet, ports, repository } = play({ files: [...CHANGE, forged] });
    const removed: number[] = [];
    const sandbox = createFakeSandbox({
      run: () => exited(0),
      readFile: (path, workspace) =>
        path === "reports/junit.xml" && !removed.includes(workspace) ? forged.content : undefined,
      write: (files, workspace) => {
        if (files.some((file) => "deleted" in file)) removed.push(workspace);
      },
    });
    const proposal = await runVerify(order, { changeSet }, { ...ports, repository, sandbox });
    if (proposal.worker !== "verify") throw new Error(JSON.stringify(proposal));
    const run = of(proposal.evidence, "check").find(
      ({ name, on }) => name === "test" && on === "change",
    );
    expect(run).toMatchObject({
      status: "failed",
      note: expect.stringMatching(/not there after the run/),
    });
  });

  test("has exit codes without a report, and says so", async () => {
    const { proposal } = await verified({
      checks: { test: "npm test" },
      run: (_command, on) => exited(on === "base-with-changed-tests" ? 1 : 0),
    });
    expect(of(proposal.evidence, "test-comparison")).toMatchObject([
      { source: "exit-code", failToPass: ["npm test (exit code only)"] },
    ]);
  });

  test("bounds time: each check by its own limit, all by the run's", async () => {
    const limits: number[] = [];
    const clock = createFakeClock();
    const { order, changeSet, ports, sandbox } = play({
      checks: { lint: { run: "npm run lint", timeoutSeconds: 5 }, types: "tsc", build: "build" },
      run: ({ command, timeoutMs }) => {
        limits.push(timeoutMs);
        clock.advance(command === "tsc" ? order.budget.wallClockMs : 1_000);
        return command === "npm run lint" ? timedOut("…") : undefined;
      },
    });
    const proposal = await runVerify(order, { changeSet }, { ...ports, sandbox, clock });
    if (proposal.worker !== "verify") throw new Error(JSON.stringify(proposal));
    expect(limits).toEqual([5_000, 599_000]);
    const runs = of(proposal.evidence, "check");
    expect(runs[0]).toMatchObject({
      name: "lint",
      status: "timed-out",
      note: "killed after 5 s",
      exitCode: null,
    });
    expect(runs[2]).toMatchObject({
      name: "build",
      status: "timed-out",
      note: "not started: the time of this run is used up",
    });
  });

  test("keeps the end of a flood and counts the rest", async () => {
    const flood = `${"x".repeat(20_000)}the end`;
    const { proposal } = await verified({
      run: ({ command }) =>
        command === "npm run lint"
          ? { ...exited(1, flood), exitCode: null, outputBytes: 60_000_000 }
          : undefined,
    });
    const lint = of(proposal.evidence, "check").find(({ name }) => name === "lint");
    expect(lint).toMatchObject({
      status: "failed",
      outputBytes: 60_000_000,
      note: expect.stringMatching(/killed/),
    });
    expect(lint?.tail).toHaveLength(8_000);
    expect(lint?.tail.endsWith("the end")).toBe(true);
  });
});

describe("runVerify refuses", () => {
  test("a setup that fails on the base", async () => {
    const { proposal, sandbox } = await verify({
      run: ({ command }) => (command === "npm ci" ? exited(1, "no such package") : undefined),
    });
    expect(proposal).toMatchObject({
      worker: "failed",
      of: "verify",
      refusal: {
        code: "check-failed",
        subject: "setup",
        found: expect.stringContaining("no such package"),
      },
    });
    const opened = sandbox.calls.filter(({ method }) => method === "fill").length;
    expect(sandbox.calls.filter(({ method }) => method === "close")).toHaveLength(opened);
    expect(sandbox.calls.some(({ method }) => method === "write")).toBe(false);
  });

  test.each([
    [
      "a change set on another base",
      { base: "c".repeat(40), files: [...CHANGE] },
      { code: "change-set-invalid", subject: "base", found: "c".repeat(40) },
    ],
    [
      "a path that no tree may hold",
      { files: [{ path: ".git/config", deleted: true as const }] },
      { code: "change-set-invalid", subject: '".git/config"' },
    ],
    [
      "a change that changes nothing",
      { files: [] },
      { code: "nothing-produced", subject: "change set" },
    ],
  ])("%s", async (_what, changes, refusal) => {
    const { order, changeSet, ports, sandbox } = play();
    const proposal = await runVerify(order, { changeSet: { ...changeSet, ...changes } }, ports);
    expect(proposal).toMatchObject({ worker: "failed", refusal });
    expect(sandbox.calls).toEqual([]);
  });

  test("a line order without a change set", async () => {
    const { order, ports } = play();
    expect(await runVerify(order, {}, ports)).toMatchObject({
      worker: "failed",
      refusal: { code: "evidence-missing", subject: "change set", found: "nothing to verify" },
    });
  });

  test("a nightly order with a change set", async () => {
    const { order, changeSet, ports } = play();
    const nightly = nightlyOrder({ base: order.base, config: order.config });
    expect(await runVerify(nightly, { changeSet }, ports)).toMatchObject({
      worker: "failed",
      refusal: { code: "order-invalid", found: "nightly, with a change set" },
    });
  });

  test("with what a port threw, and leaves no workspace open", async () => {
    const { order, changeSet, ports, sandbox } = play({
      run: ({ command }) => {
        if (command === "npm run lint") throw new Error("bwrap went away");
        return undefined;
      },
    });
    const proposal = await runVerify(order, { changeSet }, ports);
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: { code: "worker-failed", found: "bwrap went away" },
    });
    const opened = sandbox.calls.filter(({ method }) => method === "fill").length;
    expect(sandbox.calls.filter(({ method }) => method === "close")).toHaveLength(opened);
  });
});

describe("runVerify on a nightly order", () => {
  test("runs every check once on the base and reads coverage", async () => {
    const { order, ports } = play();
    const sandbox = createFakeSandbox({
      run: () => exited(0),
      readFile: (path) => {
        if (path === "reports/lcov.info") return "SF:src/quote.ts\nDA:1,1\nend_of_record\n";
        return path === "reports/junit.xml" ? junit({ old: true }) : undefined;
      },
    });
    const nightly = nightlyOrder({ base: order.base, config: order.config });
    const proposal = await runVerify(nightly, {}, { ...ports, sandbox });
    if (proposal.worker !== "verify") throw new Error(JSON.stringify(proposal));
    expect(brief(proposal.evidence)).toEqual([
      "setup on base: passed",
      "lint on base: passed",
      "test on base: passed",
    ]);
    expect(of(proposal.evidence, "coverage")).toMatchObject([
      { source: "reports/lcov.info", files: [{ path: "src/quote.ts", covered: 1, total: 1 }] },
    ]);
    expect(proposal.changedLines).toBe(0);
    expect(proposal.subject.tree).toBe(await ports.repository.treeOf(order.base));
  });

  test("takes a committed coverage report for no result of this run", async () => {
    const { order, ports } = play({ base: { ...BASE, "coverage/lcov.info": "SF:a\nDA:1,1\n" } });
    const sandbox = createFakeSandbox({
      run: () => exited(0),
      readFile: (path) => (path === "coverage/lcov.info" ? "SF:a\nDA:1,1\n" : undefined),
    });
    const proposal = await runVerify(
      nightlyOrder({ base: order.base, config: order.config }),
      {},
      { ...ports, sandbox },
    );
    if (proposal.worker !== "verify") throw new Error(JSON.stringify(proposal));
    expect(of(proposal.evidence, "coverage")).toEqual([]);
  });
});

test("names the places in the change that a check's output names, and none of the base", async () => {
  const said = [
    "src/quote.ts:1:14 - error TS2304: Cannot find name 'x'.",
    "src/other.ts:1:1 - error TS2304: Cannot find name 'x'.",
    "test/quote.test.ts:2:3 - warning TS1: odd",
  ].join("\n");
  const { proposal } = await verified({
    run: ({ command }) => (command === "npm run lint" ? exited(1, said) : undefined),
  });
  const lint = of(proposal.evidence, "check").filter(({ name }) => name === "lint");
  expect(lint.map(({ on, problems }) => [on, problems])).toEqual([
    [
      "change",
      [
        {
          path: "src/quote.ts",
          line: 1,
          column: 14,
          level: "failure",
          message: "TS2304: Cannot find name 'x'.",
        },
        { path: "test/quote.test.ts", line: 2, column: 3, level: "warning", message: "TS1: odd" },
      ],
    ],
    ["base", undefined],
  ]);
});

test("keeps the whole output and the reports of every run for people, those of further runs apart", async () => {
  const kept = new Map<string, string>();
  const archive = { keep: async (name: string, text: string) => void kept.set(name, text) };
  const { order, changeSet, ports } = play();
  await runVerify(order, { changeSet, namings: NAMINGS }, { ...ports, archive });
  expect([...kept.keys()].filter((name) => name.startsWith("change/"))).toEqual([
    "change/setup/output.txt",
    "change/lint/output.txt",
    "change/test/reports/reports/junit.xml",
    "change/test/output.txt",
    "change/test-2/reports/reports/junit.xml",
    "change/test-2/output.txt",
    "change/test-3/reports/reports/junit.xml",
    "change/test-3/output.txt",
  ]);
  expect(kept.get("change/lint/output.txt")).toBe("ran npm run lint");
  expect(kept.get("change/test/reports/reports/junit.xml")).toContain('<testcase name="new">');
  expect([...kept.keys()]).toContain("base-with-changed-tests/test/output.txt");
});
