import { describe, expect, test } from "vitest";
import type { TesterAnswer } from "../../../../src/agent/roles/tester/answer.ts";
import type { ChangedFile } from "../../../../src/domain/change-set.ts";
import { Config } from "../../../../src/domain/config/schema.ts";
import type { Refusal } from "../../../../src/domain/refusal.ts";
import type { ModelTask, ModelTool } from "../../../../src/ports/model.ts";
import type { SandboxCommand, Workspace } from "../../../../src/ports/sandbox.ts";
import type { BaseFindings } from "../../../../src/workers/implement/base-checks.ts";
import type { CheckRecord } from "../../../../src/workers/implement/checks.ts";
import {
  type TesterBench,
  writeTests,
} from "../../../../src/workers/implement/tester/write-tests.ts";
import { createFakeRepository } from "../../../fakes/repository.ts";
import { createFakeSandbox, exited } from "../../../fakes/sandbox.ts";
import { contractOf, lineOrder } from "../../orders.ts";

const CONFIG = Config.parse({
  checks: { lint: "npm run lint", test: { run: "npm test", report: "junit.xml" } },
  sandbox: { services: [{ name: "shop", run: "serve", ready: { port: 8080 }, checks: ["lint"] }] },
});
const OLD = "test/old.test.ts > Denmark";
const NEW = "test/zones.test.ts > Norway";
const TEST: ChangedFile = {
  ...{ path: "test/zones.test.ts", mode: "100644", encoding: "utf-8", content: "x\n" },
};
const DIVISION = { testers: ["AC1"], coders: [] };
const ANSWER: TesterAnswer = {
  summary: "asks for Norway",
  proofs: [{ criterion: "AC1", tests: [NEW] }],
  open: [],
  corrections: [],
};
const REFUSAL: Refusal = { code: "change-set-invalid", subject: "test/l", found: "a link" };

type Report = Readonly<Record<string, "passed" | "failed">>;
function junit(report: Report): string {
  const cases = Object.entries(report).map(([name, status]) => {
    const [place, title] = name.split(" > ");
    return `<testcase file="${place}" classname="${place}" name="${title}">${status === "failed" ? "<failure/>" : ""}</testcase>`;
  });
  return `<testsuite>${cases.join("")}</testsuite>`;
}

const SEEN: Report = { [OLD]: "passed", [NEW]: "failed" };
const found = (name: "lint" | "test", report: Report | undefined): BaseFindings[number] => {
  const tests = Object.entries(report ?? {}).map(([id, status]) => ({ name: id, status }));
  const status = tests.some((one) => one.status === "failed") ? "failed" : "passed";
  const run = { name, status, exitCode: 0, durationMs: 1, tests };
  return { name, record: { run, output: "", outputCut: false } as unknown as CheckRecord };
};
const BASE: BaseFindings = [found("lint", undefined), found("test", { [OLD]: "passed" })];

interface Scene {
  /** Each round's answer; the last one stays. */
  readonly answers?: readonly TesterAnswer[];
  /** What a round does with the tools that it is given. */
  readonly plays?: (tools: readonly ModelTool[]) => Promise<unknown>;
  readonly base?: BaseFindings;
  /** Each look's files or refusals; the last one stays. */
  readonly looks?: readonly (readonly ChangedFile[] | { readonly refusals: Refusal[] })[];
  readonly reports?: readonly Report[];
  readonly fails?: readonly string[];
  readonly corrections?: readonly { readonly test: string; readonly reason: string }[];
  readonly remainingMs?: number;
}

function atMost<Value>(list: readonly Value[], at: number): Value {
  const value = list[Math.min(at, list.length - 1)];
  if (value === undefined) throw new Error("nothing was given");
  return value;
}

/** The tester's rounds, with every prompt, command and session that they made. */
async function write(scene: Scene) {
  const { answers = [ANSWER], looks = [[TEST]], reports = [SEEN], base = BASE } = scene;
  const counts = { looks: -1, runs: -1 };
  const sandbox = createFakeSandbox({
    run: ({ command }) => {
      if (command === "npm test") counts.runs += 1;
      return exited(scene.fails?.includes(command) === true ? 1 : 0, `ran ${command}`);
    },
    open: () => () => "done",
    readFile: () => junit(atMost(reports, counts.runs)),
    collect: ({ commit }) => {
      counts.looks += 1;
      const look = atMost(looks, counts.looks);
      return "refusals" in look ? look : { changeSet: { base: commit, files: [...look] } };
    },
  });
  const repository = createFakeRepository();
  const commit = repository.commit({ "src/zones.ts": "NO: 1\n" });
  const made = await sandbox.workspace(async () => undefined);
  const opened: { program: string; timeoutMs: number; services: string[]; isClosed: boolean }[] =
    [];
  const workspace: Workspace = {
    ...made,
    open: async (program, { timeoutMs, services }) => {
      const session = await made.open(program, { timeoutMs });
      const names = services?.plans.map(({ name }) => name) ?? [];
      const one = { program, timeoutMs, services: names, isClosed: false };
      opened.push(one);
      const close = async () => {
        one.isClosed = true;
      };
      return { ...session, close };
    },
  };
  const prompts: string[] = [];
  const ask = async (task: ModelTask<unknown>) => {
    prompts.push(task.prompt);
    await scene.plays?.(task.tools);
    return { answer: atMost(answers, prompts.length - 1) };
  };
  const order = lineOrder({ base: commit, config: CONFIG });
  const tester = {
    bench: {
      ...{ order, contract: contractOf(), subject: { base: commit, tree: commit } },
      toolbox: {
        program: "/opt/toolbox.js",
        tools: (session: { request(message: unknown, ms: number): Promise<unknown> }) => [
          {
            ...{ name: "write", description: "writes", inputSchema: {} },
            run: async () => String(await session.request("write", 1)),
          },
        ],
      },
      remainingMs: () => scene.remainingMs ?? 90_000.9,
    },
    given: { baseline: { commit, files: new Map(), ignore: [] }, ports: { repository } },
    room: { workspace: async () => workspace, close: async () => undefined },
    asker: { ask, beforeTurn: () => undefined },
    ...{ base, interfaces: [], division: DIVISION },
  } as unknown as TesterBench;
  const result = await writeTests(tester, scene.corrections);
  const commands = sandbox.calls.flatMap(({ method, argument }) =>
    method === "run" ? [(argument as SandboxCommand).command] : [],
  );
  return { result, prompts, commands, opened };
}

const DONE = { files: [TEST], answer: ANSWER, division: DIVISION };
const WRONG: Report = { [OLD]: "passed", [NEW]: "passed" };
const FAULTS = "Your tests as they stand";
const ASKED = "Tests that the coder wants to have corrected";

describe("the tester's rounds", () => {
  test("end with the first tests that do on the base what they should", async () => {
    const { result, prompts, commands } = await write({});
    expect(result).toStrictEqual({ ...DONE, rounds: 1 });
    expect(prompts).toHaveLength(1);
    expect(prompts[0]).not.toContain(FAULTS);
    expect(prompts[0]).not.toContain(ASKED);
    expect(commands).toStrictEqual(["npm test", "npm run lint"]);
  });

  test("end without a run where the tester leaves all open", async () => {
    const open = [{ criterion: "all", because: "no name yet" }];
    const answer = { ...ANSWER, open };
    const { result, commands } = await write({ answers: [answer] });
    const left = { criterion: "AC1", by: "coder", why: "left-open", because: "no name yet" };
    expect(result).toStrictEqual({
      ...{ files: [], answer, rounds: 1 },
      division: { testers: [], coders: [left] },
    });
    expect(commands).toStrictEqual([]);
  });

  test("are three, then every fault is told", async () => {
    const files = [TEST, { ...TEST, path: "src/a.ts" }, { ...TEST, path: "src/b.ts" }];
    const { result, prompts } = await write({ looks: [files] });
    const says = (path: string) =>
      `${path} is no test file by its name or folder: write tests where the others stand, and nothing else`;
    expect(result).toStrictEqual({
      refusal: {
        code: "tests-not-ready",
        subject: "after 3 rounds",
        found: `${says("src/a.ts")}; ${says("src/b.ts")}`,
        accepted:
          "tests that fail on the base where the contract asks for a change, and pass where it keeps",
      },
    });
    expect(prompts.map((prompt) => prompt.includes(FAULTS))).toStrictEqual([false, true, true]);
  });

  test("tell 2,000 characters of the faults", async () => {
    const refusals = [{ ...REFUSAL, found: "x".repeat(2_000) }];
    const { result } = await write({ looks: [{ refusals }] });
    expect(result).toMatchObject({ refusal: { found: `test/l: ${"x".repeat(1_992)}` } });
  });

  test("tell what the coder wants to have corrected once, and then the faults alone", async () => {
    const corrections = [{ test: NEW, reason: "it is 1140" }];
    const { prompts, result } = await write({ corrections, reports: [WRONG, SEEN] });
    expect(prompts.map((prompt) => prompt.includes(ASKED))).toStrictEqual([true, false]);
    expect(prompts[1]).toContain(`AC1 (changes): ${NEW} passes on the base`);
    expect(result).toStrictEqual({ ...DONE, rounds: 2 });
  });
});

describe("what a round's tests are compared with", () => {
  test("is the base's run of the tests, whatever else ran there", async () => {
    const base = [found("lint", { [OLD]: "passed" }), found("test", { [OLD]: "failed" })];
    const { result } = await write({ base, reports: [{ [OLD]: "failed", [NEW]: "failed" }] });
    expect(result).toStrictEqual({ ...DONE, rounds: 1 });
  });

  test.each<readonly [string, BaseFindings]>([
    ["where the base ran no test", []],
    ["where nobody knows how the base's tests ended", [{ name: "test", because: "no time" }]],
  ])("is nothing %s", async (_where, base) => {
    const reports: readonly Report[] = [{ [OLD]: "failed", [NEW]: "failed" }];
    const { result } = await write({ base, reports });
    expect(result).toStrictEqual({ ...DONE, rounds: 1 });
  });
});

describe("the style of tests", () => {
  test("goes back where it is wrong with them alone", async () => {
    const { result, prompts } = await write({ fails: ["npm run lint"] });
    expect(result).toMatchObject({ refusal: { code: "tests-not-ready" } });
    expect(prompts[1]).toContain("lint failed with exit code 1");
  });

  test("is not asked about where the base is no better", async () => {
    const base = [found("lint", { style: "failed" }), found("test", { [OLD]: "passed" })];
    const { result, commands } = await write({ base, fails: ["npm run lint"] });
    expect(result).toStrictEqual({ ...DONE, rounds: 1 });
    expect(commands).toStrictEqual(["npm test"]);
  });
});

describe("the tools of a round", () => {
  const call = (name: string, input: unknown) => async (tools: readonly ModelTool[]) => {
    const tool = tools.find((one) => one.name === name);
    if (tool === undefined) throw new Error(`no tool ${name}`);
    said.push(await tool.run(input));
  };
  const said: string[] = [];

  test.each([
    [90_000.9, 90_000],
    [0.5, 1],
    [-20, 1],
  ])(
    "with %d ms left live for %d ms beside the agent's services, and are closed",
    async (remainingMs, timeoutMs) => {
      const { opened } = await write({ plays: call("write", {}), remainingMs });
      expect(opened.slice(0, 1)).toStrictEqual([
        { program: "/opt/toolbox.js", timeoutMs, services: ["shop"], isClosed: true },
      ]);
    },
  );

  test("run a check on the tester's files, and say how it ended against the base", async () => {
    said.length = 0;
    const plays = call("run_check", { name: "lint" });
    const { commands } = await write({ plays, fails: ["npm run lint"] });
    expect(commands[0]).toBe("npm run lint");
    expect(said[0]).toContain("\nlint failed with exit code 1 after 0.0 s\nran npm run lint\n");
  });
});
