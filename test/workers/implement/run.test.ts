import { describe, expect, test } from "vitest";
import type { ChangeSet } from "../../../src/domain/change-set.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import { digestOfDependencies } from "../../../src/domain/dependencies/files.ts";
import { digestOfOrder, type LineOrder } from "../../../src/domain/order.ts";
import { FailedProposal, ImplementProposal } from "../../../src/domain/proposal.ts";
import type { Conversion } from "../../../src/domain/text/conversion.ts";
import type { SandboxCommand, SandboxSession } from "../../../src/ports/sandbox.ts";
import { runImplement } from "../../../src/workers/implement/run.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { type FakeTask, fakeModel } from "../../fakes/model.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import {
  createFakeSandbox,
  exited,
  type FakeSandboxScript,
  timedOut,
} from "../../fakes/sandbox.ts";
import { lineOrder } from "../orders.ts";

const PLAN = { steps: ["change the rate"], files: ["src/zones.ts"], risks: [] };
const ARCHITECT: FakeTask = { role: "architect", answer: PLAN };
const CODER: FakeTask = {
  role: "coder",
  calls: [
    { tool: "bash", input: { command: "sed -i s/1/2/ src/zones.ts" } },
    { tool: "run_check", input: { name: "test" } },
  ],
  answer: { summary: "raised the rate", assumptions: ["zone 2 is right"] },
};
const REPAIR: FakeTask = {
  role: "coder",
  answer: { summary: "repaired the test", assumptions: ["zone 2 is right", "rates are whole"] },
};
const CONFIG = Config.parse({
  checks: { setup: "npm ci", lint: "npm run lint", test: "npm test" },
});
/** As a tester answers that can write no test before the change. */
const LEAVES_OPEN: FakeTask = {
  role: "tester",
  answer: { summary: "none", proofs: [], open: [{ criterion: "all", because: "a new interface" }] },
};
const FAILED = { code: "model-failed", subject: "cut stream" } as const;

function tools(session: SandboxSession) {
  const relay = (name: string) => ({
    name,
    description: name,
    inputSchema: { type: "object" },
    run: async (input: unknown) => String(await session.request({ tool: name, input }, 1_000)),
  });
  return [relay("bash"), relay("write")];
}

interface Scene {
  readonly tasks: readonly FakeTask[];
  readonly order?: Partial<LineOrder>;
  readonly sandbox?: FakeSandboxScript;
  /** What the files of the workspace became; undefined: one changed file. */
  readonly files?: ChangeSet["files"];
  readonly conversions?: Readonly<Record<string, Partial<Conversion>>>;
}

const CHANGED: ChangeSet["files"] = [
  { path: "src/zones.ts", mode: "100644", encoding: "utf-8", content: "NO: 2\n" },
];

const MANIFEST = {
  path: "package.json",
  mode: "100644",
  encoding: "utf-8",
  content: '{ "dependencies": {} }\n',
} as const;

async function implement(scene: Scene) {
  const { tasks, order: changes, sandbox: script, files = CHANGED, conversions = {} } = scene;
  const repository = createFakeRepository();
  for (const [path, conversion] of Object.entries(conversions)) {
    repository.setConversion(path, conversion);
  }
  const base = repository.commit({
    ".gitignore": "node_modules\n",
    "src/zones.ts": "NO: 1\n",
    ...(scene.conversions === undefined ? {} : { ".gitattributes": "" }),
  });
  const order = lineOrder({ base, config: CONFIG, ...changes });
  const clock = createFakeClock();
  const sandbox = createFakeSandbox({
    run: () => exited(0),
    open: () => () => "done",
    collect: ({ commit }) => ({ changeSet: { base: commit, files: [...files] } }),
    ...script,
  });
  const model = fakeModel(tasks);
  const toolbox = { program: "/opt/toolbox.js", tools };
  const proposal = await runImplement(order, { model, repository, sandbox, clock, toolbox });
  const schema = proposal.worker === "failed" ? FailedProposal : ImplementProposal;
  expect(schema.safeParse(proposal).error).toBeUndefined();
  expect(model.unplayed()).toEqual([]);
  expect(sandbox.calls.filter(({ method }) => method === "close")).toHaveLength(
    sandbox.calls.filter(({ method }) => method === "fill").length,
  );
  const commands = sandbox.calls
    .filter(({ method }) => method === "run")
    .map(({ argument }) => argument as SandboxCommand);
  return { proposal, order, model, sandbox, repository, commands };
}

/** Answers `npm test` with each result in turn, the first on the base, everything else with success. */
function testResults(
  ...results: readonly ReturnType<typeof exited>[]
): NonNullable<FakeSandboxScript["run"]> {
  const left = [...results];
  return ({ command }) => (command === "npm test" ? (left.shift() ?? exited(0)) : exited(0));
}

describe("an attempt", () => {
  test("returns the change set with plan, summary, what ran and what it cost", async () => {
    const { proposal, order, repository } = await implement({ tasks: [ARCHITECT, CODER] });
    expect(proposal).toMatchObject({
      worker: "implement",
      order: digestOfOrder(order),
      plan: { steps: PLAN.steps, files: PLAN.files },
      changeSet: { base: order.base, files: CHANGED },
      summary: "raised the rate",
      assumptions: ["zone 2 is right"],
      usage: { requests: 4 },
      ran: [
        "bash sed -i s/1/2/ src/zones.ts",
        "run_check test",
        "check lint passed in 0.0 s",
        "check test passed in 0.0 s",
      ],
    });
    expect(repository.materialized).toEqual([
      { treeish: order.base, directory: "/fake/workspace-1" },
    ]);
  });

  test("hands on what control made anew on another base: no model is asked, and nothing runs", async () => {
    const rebuilt = {
      of: 1,
      changeSet: { base: "b".repeat(40), files: CHANGED },
      summary: "raised the rate",
      namings: [{ criterion: "AC1", tests: ["zones > NO"], symbols: [], checks: [] }],
    };
    const { proposal, sandbox } = await implement({ tasks: [], order: { rebuilt } });
    const { changeSet, summary, namings } = rebuilt;
    expect(proposal).toMatchObject({
      worker: "implement",
      ...{ changeSet, summary, namings },
      ...{ plan: { steps: [], files: [] }, assumptions: [] },
      ran: [],
      usage: { requests: 0, usd: 0 },
    });
    expect(sandbox.calls).toEqual([]);
  });

  test("gives a network to setup alone, before anyone thinks", async () => {
    const { commands, sandbox } = await implement({ tasks: [ARCHITECT, CODER] });
    expect(commands.map(({ command, network }) => [command, network])).toEqual([
      ["npm ci", true],
      ["npm run lint", false],
      ["npm test", false],
      ["npm test", false],
      ["npm run lint", false],
      ["npm test", false],
    ]);
    expect(sandbox.calls.map(({ method }) => method)).toEqual([
      "fill",
      "run",
      "run",
      "run",
      "remember",
      "open",
      "request",
      "run",
      "collect",
      "run",
      "run",
      "collect",
      "close",
    ]);
  });

  test("stops at a change of dependencies that nobody approved: no repair, the draft is kept", async () => {
    const files = [...CHANGED, MANIFEST];
    const { proposal, commands, order } = await implement({ tasks: [ARCHITECT, CODER], files });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: {
        code: "dependencies-unapproved",
        subject: "package.json",
        hint: expect.objectContaining({ code: "approve-lockfile" }) as unknown,
      },
      draft: { base: order.base, files },
    });
    // The coder's own check was the last one.
    expect(commands.map(({ command }) => command).at(-1)).toBe("npm test");
    expect(commands).toHaveLength(4);
  });

  test("leaves the checks of approved dependencies to verify, which installs them", async () => {
    const files = [...CHANGED, MANIFEST];
    const digest = digestOfDependencies({ base: "a".repeat(40), files }) ?? "";
    const { proposal } = await implement({
      tasks: [ARCHITECT, CODER],
      files,
      order: { approvedDependencies: [digest] },
      sandbox: { run: testResults(exited(0), exited(0), exited(1)) },
    });
    expect(proposal).toMatchObject({
      worker: "implement",
      ran: [
        "bash sed -i s/1/2/ src/zones.ts",
        "run_check test",
        "check lint was not run: verify installs the approved dependencies first",
        "check test was not run: verify installs the approved dependencies first",
      ],
    });
  });

  test("collects against the git objects of the base", async () => {
    const { sandbox, order } = await implement({ tasks: [ARCHITECT, CODER] });
    const call = sandbox.calls.find(({ method }) => method === "collect");
    expect(call?.argument).toMatchObject({
      commit: order.base,
      ignore: [{ directory: "", text: "node_modules\n" }],
    });
  });

  test("lets the architect read the base and change nothing", async () => {
    const { model } = await implement({ tasks: [ARCHITECT, CODER] });
    expect(model.tasks.map((task) => task.tools.map(({ name }) => name))).toEqual([
      ["list_files", "read_file", "search"],
      ["bash", "write", "run_check"],
    ]);
  });

  test("gives failing checks back to the coder in a fresh session", async () => {
    const { proposal, model, sandbox } = await implement({
      tasks: [ARCHITECT, { ...CODER, calls: [] }, REPAIR],
      sandbox: {
        run: testResults(exited(0), exited(1, "zones.test.ts:3:1 error: expected 1140\n")),
      },
    });
    expect(proposal).toMatchObject({
      worker: "implement",
      summary: "raised the rate\n\nThen: repaired the test",
      assumptions: ["zone 2 is right", "rates are whole"],
      usage: { requests: 3 },
    });
    expect(model.tasks[2]?.prompt).toContain("expected 1140");
    expect(model.tasks[2]?.prompt).not.toContain("The check lint");
    expect(sandbox.calls.filter(({ method }) => method === "open")).toHaveLength(2);
  });

  test("leaves what still fails after two repairs to verify", async () => {
    const { proposal } = await implement({
      tasks: [ARCHITECT, { ...CODER, calls: [] }, REPAIR, REPAIR],
      sandbox: { run: testResults(exited(0), exited(1), exited(1), timedOut()) },
    });
    expect(proposal).toMatchObject({ worker: "implement", changeSet: { files: CHANGED } });
    expect(proposal).toHaveProperty("ran", [
      "check lint passed in 0.0 s",
      "check test was stopped after 1.0 s",
    ]);
  });

  test("says what its models looked at, each place once", async () => {
    const { proposal } = await implement({
      tasks: [
        {
          ...ARCHITECT,
          calls: [
            { tool: "list_files", input: {} },
            { tool: "read_file", input: { path: "src/zones.ts" } },
            { tool: "read_file", input: { path: "src/zones.ts", from: 1 } },
            { tool: "read_file", input: { path: "src/gone.ts" } },
            { tool: "search", input: { text: "secret words", glob: "src/**" } },
          ],
        },
        CODER,
      ],
    });
    expect(proposal).toHaveProperty("read", ["** (listed)", "src/zones.ts", "src/** (searched)"]);
  });

  test("runs without any check configured", async () => {
    const { proposal, commands } = await implement({
      tasks: [ARCHITECT, { ...CODER, calls: [{ tool: "run_check", input: { name: "test" } }] }],
      order: { config: Config.parse({}) },
    });
    expect(proposal).toMatchObject({ worker: "implement", ran: ["run_check test"] });
    expect(commands).toEqual([]);
  });

  test("bounds what it says it ran", async () => {
    const call = { tool: "bash", input: { command: "x".repeat(1_000) } };
    const order = { budget: { tokens: 1e9, usd: 5, turns: 1_000, wallClockMs: 600_000 } };
    const { proposal } = await implement({
      tasks: [ARCHITECT, { ...CODER, calls: Array(300).fill(call) }],
      order,
    });
    expect(proposal).toMatchObject({ worker: "implement" });
    expect(proposal).toHaveProperty("ran.length", 200);
    expect(proposal).toHaveProperty(["ran", 199], "check test passed in 0.0 s");
  });
});

const OLD = "src/old.ts:1:1 error: old\n";

describe("what fails on the base", () => {
  test("is asked while the architect thinks, and remembered before the coder starts", async () => {
    const events: string[] = [];
    const { sandbox, order } = await implement({
      tasks: [
        { ...ARCHITECT, calls: [{ tool: "list_files", input: {} }] },
        { ...CODER, calls: [] },
      ],
      sandbox: {
        run: ({ command }) => {
          events.push(command);
          return exited(0);
        },
        open: () => {
          events.push("coder");
          return () => "done";
        },
      },
    });
    expect(events.indexOf("coder")).toBe(3);
    const call = sandbox.calls.find(({ method }) => method === "remember");
    expect(call?.argument).toMatchObject({ commit: order.base });
  });

  test("is told to the coder, never sent back, and stands in the proposal", async () => {
    const { proposal, model } = await implement({
      tasks: [ARCHITECT, CODER],
      sandbox: { run: testResults(exited(1, OLD), exited(1, OLD), exited(1, OLD)) },
    });
    expect(model.tasks[1]?.prompt).toContain(
      "The check test before you started: leave what failed there",
    );
    expect(model.tasks[1]?.prompt).toContain("error: old");
    expect(model.tasks[0]?.prompt).not.toContain("error: old");
    expect(model.results[1]).toContain("as on the base (the same output): leave it");
    expect(proposal).toMatchObject({
      ran: expect.arrayContaining([
        "check test failed with exit code 1 after 0.0 s, as on the base (the same output)",
      ]),
      baseline: [
        { name: "lint", status: "passed", said: "passed in 0.0 s", failing: [] },
        {
          name: "test",
          status: "failed",
          said: "failed with exit code 1 after 0.0 s",
          failing: [],
        },
      ],
    });
  });

  test("does not hide what is new", async () => {
    const { model } = await implement({
      tasks: [ARCHITECT, { ...CODER, calls: [] }, REPAIR],
      sandbox: {
        run: testResults(
          exited(1, OLD),
          exited(1, `${OLD}src/new.ts:2:1 error: new\n`),
          exited(1, OLD),
        ),
      },
    });
    const repair = model.tasks[2]?.prompt ?? "";
    expect(repair).toContain("The check test fails with your change");
    expect(repair.slice(repair.indexOf("fails with your change"))).not.toContain("error: old");
  });

  test("is told test by test where there is a report", async () => {
    const report = (...failing: string[]) =>
      `<testsuite>${["a", "b"].map((name) => `<testcase name="${name}">${failing.includes(name) ? "<failure/>" : ""}</testcase>`).join("")}</testsuite>`;
    const reports = [report("a"), report("a", "b"), report("a")];
    let run = -1;
    const { proposal, model } = await implement({
      tasks: [ARCHITECT, LEAVES_OPEN, { ...CODER, calls: [] }, REPAIR],
      order: {
        config: Config.parse({ checks: { test: { run: "npm test", report: "junit.xml" } } }),
      },
      sandbox: {
        run: () => {
          run += 1;
          return exited(1, `run ${"x".repeat(run)}`);
        },
        readFile: () => reports[run],
      },
    });
    expect(model.tasks[3]?.prompt).toContain("did not fail on the base: b");
    expect(proposal).toMatchObject({
      ran: ["check test failed with exit code 1 after 0.0 s, as on the base (1 test)"],
      baseline: [{ name: "test", status: "failed", failing: ["a"] }],
    });
  });

  test("that hangs at its own limit is known too", async () => {
    const { proposal } = await implement({
      tasks: [ARCHITECT, { ...CODER, calls: [] }],
      order: { config: Config.parse({ checks: { test: { run: "npm test", timeoutSeconds: 1 } } }) },
      sandbox: { run: testResults(timedOut(), timedOut()) },
    });
    expect(proposal).toMatchObject({
      ran: ["check test was stopped after 1.0 s, as on the base (the same output)"],
      baseline: [{ name: "test", status: "timed-out", said: "was stopped after 1.0 s" }],
    });
  });

  test.each([
    ["is not known when our haste stopped it", 1_500_000, timedOut(), "was stopped after 1.0 s"],
    ["is not asked when no time is left", 0, exited(0), "was not run"],
  ])("%s", async (_name, wallClockMs, result, said) => {
    const { proposal, model } = await implement({
      tasks: [ARCHITECT, { ...CODER, calls: [] }],
      order: {
        config: Config.parse({ checks: { test: "npm test" } }),
        budget: { tokens: 1e6, usd: 5, turns: 9, wallClockMs: wallClockMs + 1 },
      },
      sandbox: { run: testResults(result) },
    });
    if (proposal.worker === "failed") throw new Error(JSON.stringify(proposal.refusal));
    expect(proposal.baseline).toMatchObject([{ status: "not-known" }]);
    expect(proposal.baseline?.[0]?.said).toContain(said);
    expect(proposal.baseline?.[0]?.said).toContain("time was short");
    expect(model.tasks[1]?.prompt).toContain("time was short");
  });

  test("does not keep a failed plan waiting for the checks", async () => {
    const { proposal, commands } = await implement({
      tasks: [{ role: "architect", refusal: FAILED }],
      sandbox: {
        run: ({ command }) => (command === "npm ci" ? exited(0) : new Promise(() => undefined)),
      },
    });
    expect(proposal).toMatchObject({ worker: "failed", refusal: FAILED });
    expect(commands.map(({ command }) => command)).toEqual(["npm ci", "npm run lint"]);
  });

  test("ends the attempt when the sandbox itself fails, after the plan was paid for", async () => {
    const { proposal } = await implement({
      tasks: [ARCHITECT],
      sandbox: {
        run: ({ command }) => {
          if (command === "npm ci") return exited(0);
          throw new Error("the sandbox could not be made");
        },
      },
    });
    expect(proposal).toMatchObject({
      refusal: { code: "worker-failed", found: "the sandbox could not be made" },
      usage: { requests: 1 },
    });
  });
});

describe("an attempt that fails before anyone wrote", () => {
  test.each<readonly [string, Scene, string, number]>([
    [
      "when setup fails",
      { tasks: [], sandbox: { run: () => exited(1, "npm error 404") } },
      "check-failed",
      0,
    ],
    ["when setup hangs", { tasks: [], sandbox: { run: () => timedOut() } }, "check-failed", 0],
    [
      "when the architect's model fails",
      { tasks: [{ role: "architect", refusal: FAILED }] },
      "model-failed",
      1,
    ],
    [
      "when the base is not there",
      { tasks: [], order: { base: "f".repeat(40) } },
      "worker-failed",
      0,
    ],
  ])("%s", async (_name, scene, code, requests) => {
    const { proposal } = await implement(scene);
    expect(proposal).toMatchObject({
      worker: "failed",
      of: "implement",
      refusal: { code },
      usage: { requests },
    });
    expect(proposal).not.toHaveProperty("draft");
  });

  test("names setup, the lines that matter, and what to correct", async () => {
    const { proposal } = await implement({
      tasks: [],
      sandbox: { run: () => exited(1, "npm error 404 no such package") },
    });
    expect(proposal).toMatchObject({
      refusal: {
        subject: "setup",
        found: expect.stringMatching(
          /^it failed with exit code 1 after 0\.0 s on the base commit: npm error 404/,
        ),
        accepted: "exit code 0",
        hint: "mend-setup",
      },
    });
  });
});

describe("an attempt that ends early keeps what exists as a draft", () => {
  const throwing = () => {
    throw new Error("no process could be started");
  };

  const startsOnly = (count: number) => {
    let started = 0;
    return () => {
      started += 1;
      return started > count ? throwing() : exited(0);
    };
  };

  test.each<readonly [string, Scene, string, number]>([
    [
      "when the coder's model fails",
      { tasks: [ARCHITECT, { ...CODER, refusal: FAILED }] },
      "model-failed",
      4,
    ],
    [
      "when the turns are spent",
      {
        tasks: [ARCHITECT, CODER],
        order: { budget: { tokens: 1e6, usd: 5, turns: 2, wallClockMs: 600_000 } },
      },
      "budget-exhausted",
      2,
    ],
    [
      "when the budget ends between two rounds",
      {
        tasks: [ARCHITECT, { ...CODER, calls: [] }, REPAIR],
        sandbox: { run: testResults(exited(0), exited(1)) },
        order: { budget: { tokens: 220, usd: 5, turns: 9, wallClockMs: 600_000 } },
      },
      "budget-exhausted",
      2,
    ],
    [
      "when a check cannot be started",
      {
        tasks: [ARCHITECT, { ...CODER, calls: [] }],
        sandbox: { run: startsOnly(3) },
      },
      "worker-failed",
      2,
    ],
    [
      "when the toolbox does not start",
      { tasks: [ARCHITECT], sandbox: { open: throwing } },
      "worker-failed",
      1,
    ],
  ])("%s", async (_name, scene, code, requests) => {
    const { proposal, order } = await implement(scene);
    expect(proposal).toMatchObject({
      worker: "failed",
      of: "implement",
      refusal: { code },
      usage: { requests },
      draft: { base: order.base, files: CHANGED },
    });
  });

  test("has no draft where nothing was written, and keeps its first reason where nothing can be read", async () => {
    const tasks: readonly FakeTask[] = [ARCHITECT, { ...CODER, refusal: FAILED }];
    const empty = await implement({ tasks, files: [] });
    const unread = await implement({ tasks, sandbox: { collect: throwing } });
    for (const { proposal } of [empty, unread]) {
      expect(proposal).toMatchObject({ worker: "failed", refusal: FAILED });
      expect(proposal).not.toHaveProperty("draft");
    }
  });
});

describe("a new file that .gitignore leaves out", () => {
  const rule = "lib/ in .gitignore";
  const leftOut = [
    { path: "cache/", rule: "* in cache/.gitignore", isByProduct: true },
    { path: "src/lib/", rule, isByProduct: false },
  ];
  const collect: FakeSandboxScript["collect"] = ({ commit }) => ({
    changeSet: { base: commit, files: [...CHANGED] },
    leftOut,
  });
  const write = { tool: "write", input: { file_path: "./src/lib/a.ts", content: "" } };

  test("is told to the coder once after its round, and to people", async () => {
    const { proposal, model } = await implement({
      tasks: [ARCHITECT, CODER, REPAIR],
      sandbox: { collect },
    });
    expect(model.tasks.at(-1)?.prompt).toContain(
      `src/lib/ is no part of the change: .gitignore leaves it out (${rule})`,
    );
    expect(model.tasks.at(-1)?.prompt).not.toContain("cache/");
    expect(proposal).toMatchObject({ worker: "implement", leftOut });
  });

  test("is told by the tool that writes it, and not again", async () => {
    const { proposal, model } = await implement({
      tasks: [ARCHITECT, { ...CODER, calls: [write] }],
      sandbox: { collect, ignoredBy: (path) => (path.includes("lib") ? rule : undefined) },
    });
    expect(model.results.at(-1)).toContain(
      `it will be no part of the change: .gitignore leaves it out (${rule})`,
    );
    expect(proposal).toMatchObject({ worker: "implement", leftOut });
  });

  test("is still told to people where the coder cannot be asked again", async () => {
    const { proposal } = await implement({
      tasks: [ARCHITECT, CODER, { role: "coder", refusal: FAILED }],
      sandbox: { collect },
    });
    expect(proposal).toMatchObject({ worker: "implement", summary: "raised the rate", leftOut });
  });
});

describe("a change that cannot be handed over", () => {
  const link = { code: "change-set-invalid", subject: '"src/link"', found: "a link" } as const;
  const THRICE = [ARCHITECT, CODER, REPAIR, REPAIR];
  let looks = 0;
  const once = () => {
    looks += 1;
    return looks === 1;
  };
  const changed = (base: string) => ({ changeSet: { base, files: [...CHANGED] } });

  test.each<readonly [string, Scene, object]>([
    ["is empty", { tasks: [ARCHITECT, CODER], files: [] }, { code: "nothing-produced" }],
    [
      "holds a link",
      { tasks: THRICE, sandbox: { collect: () => ({ refusals: [link, link] }) } },
      { ...link, found: "a link, and 1 more" },
    ],
    [
      "is refused without a reason",
      { tasks: [ARCHITECT, CODER], sandbox: { collect: () => ({ refusals: [] }) } },
      { code: "change-set-invalid", subject: "change", found: "refused without a reason" },
    ],
    ["holds one link", { tasks: THRICE, sandbox: { collect: () => ({ refusals: [link] }) } }, link],
    [
      "cannot be read",
      {
        tasks: [ARCHITECT, CODER],
        sandbox: { collect: () => Promise.reject(new Error("a process is still alive")) },
      },
      {
        code: "worker-failed",
        subject: "collecting the change",
        found: "a process is still alive",
      },
    ],
  ])("%s", async (_name, scene, refusal) => {
    const { proposal } = await implement(scene);
    expect(proposal).toMatchObject({ worker: "failed", refusal });
  });

  test("goes back to the coder with its reason, and stands by it where nobody can mend it", async () => {
    const { model } = await implement({
      tasks: [ARCHITECT, CODER, REPAIR],
      sandbox: { collect: ({ commit }) => (once() ? { refusals: [link] } : changed(commit)) },
    });
    expect(model.tasks.at(-1)?.prompt).toContain('\\"src/link\\": a link');
    const { proposal } = await implement({
      tasks: [ARCHITECT, CODER, { role: "coder", refusal: FAILED }],
      sandbox: { collect: () => ({ refusals: [link] }) },
    });
    expect(proposal).toMatchObject({ worker: "failed", refusal: link });
  });

  test.each<readonly [object, string]>([
    [{ found: "9 files", accepted: "at most 8" }, "all files: 9 files; accepted: at most 8"],
    [{}, "all files: refused"],
  ])("is over a limit and goes back with what fits: %j", async (rest, said) => {
    const refusal = { code: "limit-exceeded", subject: "all files", ...rest } as const;
    let isFirst = true;
    const { model, proposal } = await implement({
      tasks: [ARCHITECT, CODER, REPAIR],
      sandbox: {
        collect: ({ commit }) => {
          const look = isFirst ? { refusals: [refusal] } : changed(commit);
          isFirst = false;
          return look;
        },
      },
    });
    expect(model.tasks.at(-1)?.prompt).toContain(`text: "${said}"`);
    expect(proposal.worker).toBe("implement");
  });

  test("holds bytes that git would keep otherwise", async () => {
    const { proposal } = await implement({
      tasks: THRICE,
      conversions: { "src/zones.ts": { filter: "lfs" } },
    });
    expect(proposal).toMatchObject({
      refusal: { code: "change-set-invalid", hint: "leave-the-path-to-a-person" },
    });
  });

  test("says what the coder said when nothing was produced", async () => {
    const { proposal } = await implement({ tasks: [ARCHITECT, CODER], files: [] });
    expect(proposal).toMatchObject({
      refusal: {
        subject: "implement",
        found: "no file differs from the base; the coder said: raised the rate",
      },
    });
  });
});
