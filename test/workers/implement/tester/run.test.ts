import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../../src/domain/change-set.ts";
import { Config } from "../../../../src/domain/config/schema.ts";
import { digestOfContract } from "../../../../src/domain/contract.ts";
import type { LineOrder } from "../../../../src/domain/order.ts";
import { FailedProposal, ImplementProposal } from "../../../../src/domain/proposal.ts";
import type { SandboxSession, Workspace } from "../../../../src/ports/sandbox.ts";
import { runImplement } from "../../../../src/workers/implement/run.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import { type FakeTask, fakeModel } from "../../../fakes/model.ts";
import { createFakeRepository } from "../../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../../fakes/sandbox.ts";
import { contractOf, lineOrder } from "../../orders.ts";

const CONFIG = Config.parse({ checks: { test: { run: "npm test", report: "junit.xml" } } });
const file = (path: string, content: string): ChangedFile => ({
  path,
  mode: "100644",
  encoding: "utf-8",
  content,
});
const TEST = file("test/zones.test.ts", "asserts 1140\n");
const SOURCE = file("src/zones.ts", "NO: 2\n");
const NEW = "test/zones.test.ts > Norway";
const OLD = "test/old.test.ts > Denmark";

const ARCHITECT: FakeTask = {
  role: "architect",
  answer: {
    steps: ["a step that only the coder is told"],
    files: ["src/zones.ts"],
    risks: [],
    interfaces: ["cents(country): number"],
  },
};
const TESTER: FakeTask = {
  role: "tester",
  calls: [{ tool: "write", input: { file_path: TEST.path, content: "asserts 1140\n" } }],
  answer: { summary: "asks for Norway", proofs: [{ criterion: "AC1", tests: [NEW] }], open: [] },
};
const coder = (rest: object = {}): FakeTask => ({
  role: "coder",
  answer: { summary: "Norway is in zone 2", assumptions: [], proofs: [], ...rest },
});

type Collected = Awaited<ReturnType<Workspace["collect"]>>;
type Report = Readonly<Record<string, "passed" | "failed">>;
function junit(report: Report): string {
  const cases = Object.entries(report).map(([name, status]) => {
    const [place, title] = name.split(" > ");
    return `<testcase file="${place}" classname="${place}" name="${title}">${status === "failed" ? "<failure/>" : ""}</testcase>`;
  });
  return `<testsuite>${cases.join("")}</testsuite>`;
}

const SEEN: Report = { [OLD]: "passed", [NEW]: "failed" };
const DONE: Report = { [OLD]: "passed", [NEW]: "passed" };

interface Scene {
  readonly tasks: readonly FakeTask[];
  readonly order?: Partial<LineOrder>;
  /** What the tester's workspace holds at each look. */
  readonly tests?: readonly (readonly ChangedFile[])[];
  /** What a collection of the tester's files says instead, by look. */
  readonly collected?: Readonly<Record<number, (base: string) => Collected>>;
  /** Whether a command fails in a workspace, by how often that workspace ran it before. */
  readonly fails?: (command: string, workspace: number, before: number) => boolean;
  /** What the coder's workspace holds at each look; the last one stays. */
  readonly change?: readonly (readonly ChangedFile[])[];
  /** Reports in the tester's workspace, each run the next; the last one stays. */
  readonly seen?: readonly Report[];
  /** Reports in the coder's, the first is the base's. */
  readonly reports?: readonly Report[];
}

/** The last one stays. */
function atMost<Value>(list: readonly Value[], at: number): Value {
  const value = list[Math.min(at, list.length - 1)];
  if (value === undefined) throw new Error("nothing was given");
  return value;
}

/** The coder works in workspace 1, the tester in workspace 2. */
async function implement(scene: Scene) {
  const { tests = [[TEST]], change = [[SOURCE, TEST]] } = scene;
  const looks = new Map<number, number>();
  const runs = new Map<number, number>();
  const commands = new Map<string, number>();
  const repository = createFakeRepository();
  const base = repository.commit({ "src/zones.ts": "NO: 1\n", "vitest.config.ts": "base\n" });
  const order = lineOrder({ base, config: CONFIG, ...scene.order });
  const sandbox = createFakeSandbox({
    run: ({ command }, workspace) => {
      const key = `${workspace} ${command}`;
      const before = commands.get(key) ?? 0;
      commands.set(key, before + 1);
      // Reports are those of the tests alone.
      if (command === "npm test") runs.set(workspace, (runs.get(workspace) ?? -1) + 1);
      return exited(scene.fails?.(command, workspace, before) === true ? 1 : 0, `ran ${command}`);
    },
    open: () => () => "done",
    collect: ({ commit }, workspace) => {
      const at = looks.get(workspace) ?? 0;
      looks.set(workspace, at + 1);
      const said = workspace === 2 ? scene.collected?.[at] : undefined;
      if (said !== undefined) return said(commit);
      return {
        changeSet: { base: commit, files: [...atMost(workspace === 2 ? tests : change, at)] },
      };
    },
    readFile: (_path, workspace) => {
      const { seen = [SEEN], reports = [{ [OLD]: "passed" }, DONE] } = scene;
      // The tester's first run is that of the base, which leaves what checks leave.
      const at = Math.max(0, (runs.get(workspace) ?? 0) - (workspace === 2 ? 1 : 0));
      return junit(atMost(workspace === 2 ? seen : reports, at));
    },
  });
  const model = fakeModel(scene.tasks);
  const relay = (session: SandboxSession) => [
    {
      name: "write",
      description: "writes",
      inputSchema: { type: "object" },
      run: async (input: unknown) => String(await session.request(input, 1_000)),
    },
  ];
  const toolbox = { program: "/opt/toolbox.js", tools: relay };
  const clock = createFakeClock();
  const proposal = await runImplement(order, { model, repository, sandbox, clock, toolbox });
  const schema = proposal.worker === "failed" ? FailedProposal : ImplementProposal;
  expect(schema.safeParse(proposal).error).toBeUndefined();
  expect(model.unplayed()).toEqual([]);
  const count = (method: string) => sandbox.calls.filter((call) => call.method === method).length;
  expect(count("close")).toBe(count("fill"));
  const written = sandbox.calls
    .filter(({ method, workspace }) => method === "write" && workspace === 1)
    .map(({ argument }) => argument as readonly ChangedFile[])
    // A report of before is cleared away by a write, too.
    .filter(([first]) => first?.path !== "junit.xml");
  return { proposal, model, sandbox, written };
}

describe("the tester comes first", () => {
  test("its tests are seen failing in a workspace of its own, then laid into the coder's", async () => {
    const { proposal, written, sandbox } = await implement({ tasks: [ARCHITECT, TESTER, coder()] });
    expect(proposal).toMatchObject({
      worker: "implement",
      changeSet: { files: [SOURCE, TEST] },
      namings: [{ criterion: "AC1", tests: [NEW], by: "tester" }],
      tests: {
        criteria: [{ criterion: "AC1", by: "tester" }],
        files: [TEST.path],
        summary: "asks for Norway",
        corrections: [],
        takenBack: [],
        shares: [
          { role: "architect", rounds: 1, turns: 1 },
          { role: "tester", rounds: 1, turns: 2, limit: { turns: 12, tokens: 300_000, usd: 1.5 } },
          { role: "coder", rounds: 1, turns: 1, limit: { turns: 28, tokens: 700_000, usd: 3.5 } },
        ],
      },
    });
    expect(written).toEqual([[TEST]]);
    const order = sandbox.calls.map(({ workspace, method }) => `${workspace} ${method}`);
    // The tester's run on the base is over before the coder's toolbox is opened.
    expect(order.lastIndexOf("2 run")).toBeGreaterThan(order.indexOf("2 collect"));
    expect(order.lastIndexOf("2 run")).toBeLessThan(order.indexOf("1 open"));
  });

  test("it is shown contract and interfaces, and nothing of plan, earlier attempts or change", async () => {
    const prior = [{ attempt: 1, outcome: "failed", findings: ["the change forgot Sweden"] }];
    const { model } = await implement({
      tasks: [ARCHITECT, TESTER, coder()],
      order: { prior },
    });
    const prompt = model.tasks[1]?.prompt ?? "";
    expect(prompt).toContain("cents(country): number");
    expect(prompt).toContain("quote(NO, 2.5 kg) answers 1140 cents");
    expect(prompt).toContain(OLD);
    expect(prompt).not.toContain("a step that only the coder is told");
    expect(prompt).not.toContain("forgot Sweden");
    expect(prompt).not.toContain("The tests of earlier attempts");
    expect(model.tasks[2]?.prompt).toContain("a step that only the coder is told");
    expect(model.tasks[2]?.prompt).toContain(`AC1: ${NEW}`);
  });

  test("it is shown what was wrong with the tests of earlier attempts, the newest last and a dozen at most", async () => {
    const prior = [1, 2, 3].map((attempt) => ({
      attempt,
      outcome: "sent back",
      findings: [`the change forgot Sweden in attempt ${attempt}`],
      aboutTests: Array.from({ length: 5 }, (_, index) => `AC1: no test asserts ${index}`),
    }));
    const { model } = await implement({
      tasks: [ARCHITECT, TESTER, coder()],
      order: { prior },
    });
    const prompt = model.tasks[1]?.prompt ?? "";
    const shown = [...prompt.matchAll(/attempt (\d): AC1: no test asserts (\d)/g)];
    expect(shown.map(([, attempt, index]) => `${attempt}.${index}`)).toEqual([
      ...["1.3", "1.4", "2.0", "2.1", "2.2", "2.3"],
      ...["2.4", "3.0", "3.1", "3.2", "3.3", "3.4"],
    ]);
    expect(prompt).toContain("The tests of earlier attempts");
    expect(prompt).not.toContain("forgot Sweden");
  });

  test("thinks with its own model, or the coder's", async () => {
    const models = { ...CONFIG.models, tester: "claude-haiku-5-5" };
    const own = await implement({
      tasks: [ARCHITECT, TESTER, coder()],
      order: { config: { ...CONFIG, models } },
    });
    expect(own.model.tasks.map(({ model }) => model)).toEqual([
      models.default,
      "claude-haiku-5-5",
      models.default,
    ]);
    const same = await implement({ tasks: [ARCHITECT, TESTER, coder()] });
    expect(new Set(same.model.tasks.map(({ model }) => model))).toEqual(new Set([models.default]));
  });

  test("tests that pass already go back with what is wrong", async () => {
    const { proposal, model } = await implement({
      tasks: [ARCHITECT, TESTER, TESTER, coder()],
      seen: [DONE, SEEN],
    });
    expect(model.tasks[2]?.prompt).toContain(`${NEW} passes on the base`);
    expect(proposal).toMatchObject({
      worker: "implement",
      tests: { criteria: [{ by: "tester" }] },
    });
  });

  test("tests that break another one go back with its name", async () => {
    const { model } = await implement({
      tasks: [ARCHITECT, TESTER, TESTER, coder()],
      seen: [{ ...SEEN, [OLD]: "failed" }, SEEN],
    });
    expect(model.tasks[2]?.prompt).toContain(`${OLD} passed before your tests came`);
  });

  test("after three rounds the attempt ends before the coder starts", async () => {
    const { proposal } = await implement({
      tasks: [ARCHITECT, TESTER, TESTER, TESTER],
      seen: [DONE],
    });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: {
        code: "tests-not-ready",
        subject: "after 3 rounds",
        found: expect.stringContaining(`${NEW} passes on the base`) as unknown,
      },
    });
    expect(proposal).not.toHaveProperty("draft");
  });

  test("a tester that writes the change is sent back", async () => {
    const { model } = await implement({
      tasks: [ARCHITECT, TESTER, TESTER, coder()],
      tests: [[SOURCE, TEST], [TEST]],
    });
    expect(model.tasks[2]?.prompt).toContain("src/zones.ts is no test file");
  });

  const leaves =
    (isByProduct: boolean) =>
    (base: string): Collected => ({
      changeSet: { base, files: [TEST] },
      leftOut: [{ path: "test/tmp/", rule: "tmp in .gitignore", isByProduct }],
    });
  test.each<readonly [string, (base: string) => Collected, string]>([
    [
      "what cannot be collected",
      () => ({ refusals: [{ code: "change-set-invalid", subject: "test/l", found: "a link" }] }),
      "test/l: a link",
    ],
    [
      "what .gitignore leaves out",
      leaves(false),
      "test/tmp/ is none of your tests: .gitignore leaves it out (tmp in .gitignore)",
    ],
  ])("%s goes back", async (_what, said, fault) => {
    const tasks = [ARCHITECT, TESTER, TESTER, coder()];
    const { model, proposal } = await implement({ tasks, collected: { 0: said } });
    expect(model.tasks[2]?.prompt).toContain(fault);
    expect(proposal.worker).toBe("implement");
  });

  test("what tools leave behind goes not back", async () => {
    const tasks = [ARCHITECT, TESTER, coder()];
    const { proposal } = await implement({ tasks, collected: { 0: leaves(true) } });
    expect(proposal.worker).toBe("implement");
  });

  const LINTED = Config.parse({
    checks: { lint: "npm run lint", types: "tsc", test: { run: "npm test", report: "junit.xml" } },
  });
  test.each<readonly [string, NonNullable<Scene["fails"]>, boolean]>([
    // The tester's workspace runs each check once as the base.
    [
      "lint fails with them",
      (command, at, before) => command === "npm run lint" && at === 2 && before === 1,
      true,
    ],
    [
      "lint fails on the base as well",
      (command, at, before) => command === "npm run lint" && (at === 2 ? before < 2 : before < 1),
      false,
    ],
    ["another check fails with them", (command, at) => command === "tsc" && at === 2, false],
  ])("where %s", async (_what, fails, isSentBack) => {
    const tasks = [ARCHITECT, TESTER, ...(isSentBack ? [TESTER] : []), coder()];
    const { model, proposal } = await implement({ tasks, order: { config: LINTED }, fails });
    expect(proposal.worker).toBe("implement");
    if (isSentBack) expect(model.tasks[2]?.prompt).toContain("lint");
  });

  test("is not asked where no test can come first, and the coder's share is the whole", async () => {
    const contract = contractOf({
      acceptance: [{ id: "AC1", statement: "quote(NO) answers 1140 cents", kind: "test" }],
    });
    const { proposal, sandbox, model } = await implement({
      tasks: [ARCHITECT, coder({ proofs: [{ criterion: "AC1", tests: [NEW] }] })],
      order: { contract, contractDigest: digestOfContract(contract) },
    });
    expect(sandbox.calls.filter(({ method }) => method === "fill")).toHaveLength(1);
    expect(model.tasks.map(({ role }) => role)).toEqual(["architect", "coder"]);
    expect(proposal).toMatchObject({
      tests: {
        criteria: [{ criterion: "AC1", by: "coder", why: "kind-not-said" }],
        files: [],
        shares: [
          { role: "architect", rounds: 1 },
          { role: "coder", rounds: 1, turns: 1, limit: { turns: 40 } },
        ],
      },
    });
  });

  test("a tester that leaves all open costs no workspace, and the coder's share is the whole", async () => {
    const open = [{ criterion: "all", because: "nobody named the function yet" }];
    const { proposal, sandbox, written } = await implement({
      tasks: [
        ARCHITECT,
        { role: "tester", answer: { summary: "none", proofs: [], open } },
        coder({ proofs: [{ criterion: "AC1", tests: [NEW] }] }),
      ],
    });
    expect(sandbox.calls.filter(({ method }) => method === "fill")).toHaveLength(1);
    expect(written).toStrictEqual([]);
    expect(proposal).toMatchObject({
      namings: [{ criterion: "AC1", tests: [NEW], by: "coder" }],
      tests: {
        criteria: [
          {
            criterion: "AC1",
            by: "coder",
            why: "left-open",
            because: "nobody named the function yet",
          },
        ],
        files: [],
        shares: [{}, { role: "tester" }, { role: "coder", limit: { turns: 40 } }],
      },
    });
  });

  test("a tester that spends its part of the budget ends the attempt, whatever is left of the whole", async () => {
    const calls = Array.from({ length: 40 }, () => ({ tool: "write", input: {} }));
    const { proposal } = await implement({ tasks: [ARCHITECT, { ...TESTER, calls }] });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: { code: "budget-exhausted", subject: "turns", accepted: "less than 12" },
    });
  });

  test("the coder names nothing for the tester's criteria", async () => {
    const proofs = [{ criterion: "AC1", tests: ["a > weaker"] }];
    const { proposal } = await implement({ tasks: [ARCHITECT, TESTER, coder({ proofs })] });
    expect(proposal).toMatchObject({ namings: [{ criterion: "AC1", tests: [NEW], by: "tester" }] });
  });
});

const EDITED = file(TEST.path, "asserts nothing\n");
const RUNNER = file("vitest.config.ts", "export default { passWithNoTests: true };\n");

describe("the coder cannot touch them", () => {
  test.each([
    ["edits a test", EDITED, [TEST], `${TEST.path}: edited`],
    [
      "replaces the runner's config",
      RUNNER,
      [
        {
          path: "vitest.config.ts",
          encoding: "base64",
          content: Buffer.from("base\n").toString("base64"),
        },
      ],
      "vitest.config.ts: steers-tests",
    ],
    [
      "adds a config for the runner",
      file(".mocharc.json", "{}\n"),
      [{ path: ".mocharc.json", deleted: true }],
      ".mocharc.json: steers-tests",
    ],
  ] as const)(
    "one that %s is told once and refused the second time",
    async (_name, bad, undone, found) => {
      const files = [SOURCE, ...(bad.path === TEST.path ? [] : [TEST]), bad];
      const { proposal, written, model } = await implement({
        tasks: [ARCHITECT, TESTER, coder(), coder()],
        change: [files],
      });
      expect(written).toMatchObject([[TEST], undone]);
      expect(model.tasks[3]?.prompt).toContain("Doing it again ends this attempt");
      expect(proposal).toMatchObject({
        worker: "failed",
        refusal: { code: "tests-touched", subject: bad.path, found },
        draft: { files },
      });
    },
  );

  test("what was put back once is told to people, and the change goes on with the tester's bytes", async () => {
    const { proposal } = await implement({
      tasks: [ARCHITECT, TESTER, coder(), coder()],
      change: [
        [SOURCE, EDITED],
        [SOURCE, TEST],
      ],
    });
    expect(proposal).toMatchObject({
      worker: "implement",
      changeSet: { files: [SOURCE, TEST] },
      tests: { takenBack: [TEST.path] },
    });
  });

  test("what the change does to them while the checks run is seen in the end", async () => {
    const { proposal } = await implement({
      tasks: [ARCHITECT, TESTER, coder()],
      change: [
        [SOURCE, TEST],
        [SOURCE, EDITED],
      ],
    });
    expect(proposal).toMatchObject({
      worker: "failed",
      refusal: { code: "tests-touched", found: `${TEST.path}: edited` },
    });
  });

  test("a test that no longer runs with the change is told to the coder", async () => {
    const { model } = await implement({
      tasks: [ARCHITECT, TESTER, coder(), coder()],
      reports: [{ [OLD]: "passed" }, { [OLD]: "passed" }, DONE],
    });
    expect(model.tasks[3]?.prompt).toContain("is not in the report of the last run");
  });
});

describe("a correction", () => {
  const asked = [{ test: NEW, reason: "the contract says 1140 cents, not 11.40" }];
  const CORRECTED = file(TEST.path, "asserts 1140 cents\n");
  const answers = (decision: "corrected" | "kept", because: string): FakeTask => ({
    ...TESTER,
    answer: { ...(TESTER.answer as object), corrections: [{ test: NEW, decision, because }] },
  });

  test("goes to the tester with the reason, comes back seen on the base, and is shown", async () => {
    const { proposal, model, written } = await implement({
      tasks: [
        ARCHITECT,
        TESTER,
        coder({ corrections: asked }),
        answers("corrected", "true"),
        coder(),
      ],
      tests: [[TEST], [CORRECTED]],
      change: [
        [SOURCE, TEST],
        [SOURCE, CORRECTED],
      ],
    });
    const prompt = model.tasks[3]?.prompt ?? "";
    expect(prompt).toContain("the contract says 1140 cents");
    expect(prompt).not.toContain("Norway is in zone 2");
    expect(written).toEqual([[TEST], [CORRECTED]]);
    expect(model.tasks[4]?.prompt).toContain("was corrected by the tester: true");
    expect(proposal).toMatchObject({
      worker: "implement",
      tests: {
        corrections: [
          {
            ...asked[0],
            decision: "corrected",
            because: "true",
            diff: expect.any(String) as unknown,
          },
        ],
        shares: [{}, { role: "tester", rounds: 2 }, { role: "coder", rounds: 2 }],
      },
    });
  });

  test("takes away in the coder's workspace what the tester no longer has", async () => {
    const more = file("test/more.test.ts", "asserts 1\n");
    const tasks = [ARCHITECT, TESTER, coder({ corrections: asked }), TESTER, coder()];
    const { proposal, written, model } = await implement({
      tasks,
      tests: [[TEST, more], [TEST]],
      change: [
        [SOURCE, TEST, more],
        [SOURCE, TEST],
      ],
    });
    expect(written).toStrictEqual([
      [TEST, more],
      [TEST, { path: more.path, deleted: true }],
    ]);
    expect(model.tasks[4]?.prompt).toContain(`${NEW} was corrected by the tester: without a word`);
    expect(proposal).toMatchObject({
      tests: { corrections: [{ ...asked[0], decision: "corrected", because: "" }] },
    });
  });

  test("that the tester decides against stays out, whatever else it changed", async () => {
    const both = [...asked, { test: "test/zones.test.ts > Sweden", reason: "so it is" }];
    const proofs = [{ criterion: "AC1", tests: both.map(({ test: name }) => name) }];
    const corrections = [
      { test: both[1]?.test, decision: "corrected", because: "true" },
      { test: NEW, decision: "kept", because: "the contract says so" },
    ];
    const tester = (rest: object): FakeTask => ({
      ...TESTER,
      answer: { ...(TESTER.answer as object), proofs, ...rest },
    });
    const { proposal, model } = await implement({
      tasks: [
        ...[ARCHITECT, tester({}), coder({ corrections: both })],
        ...[tester({ corrections }), coder()],
      ],
      tests: [[TEST], [CORRECTED]],
      seen: [{ ...SEEN, "test/zones.test.ts > Sweden": "failed" }],
      reports: [{ [OLD]: "passed" }, { ...DONE, "test/zones.test.ts > Sweden": "passed" }],
      change: [
        [SOURCE, TEST],
        [SOURCE, CORRECTED],
      ],
    });
    expect(model.tasks[4]?.prompt).toContain(`${NEW} stays as it is: the contract says so`);
    expect(proposal).toHaveProperty("tests.corrections", [
      { ...both[0], decision: "kept", because: "the contract says so" },
      { ...both[1], decision: "corrected", because: "true", diff: expect.any(String) as unknown },
    ]);
  });

  test("that changed no byte is none, whatever the tester says", async () => {
    const { proposal } = await implement({
      tasks: [
        ARCHITECT,
        TESTER,
        coder({ corrections: asked }),
        answers("corrected", "did it"),
        coder(),
      ],
    });
    expect(proposal).toMatchObject({
      tests: { corrections: [{ decision: "kept", because: "did it" }] },
    });
  });

  test("is asked for twice at most, then the tests stand", async () => {
    const { proposal } = await implement({
      tasks: [
        ARCHITECT,
        TESTER,
        coder({ corrections: asked }),
        answers("kept", "no"),
        coder({ corrections: asked }),
        answers("kept", "still no"),
        coder({ corrections: asked }),
      ],
    });
    expect(proposal).toMatchObject({
      worker: "implement",
      tests: {
        corrections: [{ decision: "kept" }, { decision: "kept" }, { decision: "not-asked" }],
      },
    });
  });

  test("of a test that is not the tester's is the coder's own matter", async () => {
    const { proposal, model } = await implement({
      tasks: [ARCHITECT, TESTER, coder({ corrections: [{ test: OLD, reason: "old" }] }), coder()],
    });
    expect(model.tasks[3]?.prompt).toContain("it is yours to correct");
    expect(proposal).toMatchObject({ tests: { corrections: [] } });
  });
});
