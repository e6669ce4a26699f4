import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createIgnoreRules } from "../../../src/adapters/sandbox/workspace/ignore-rules.ts";
import { Config } from "../../../src/domain/config/schema.ts";
import type { CheckRun } from "../../../src/domain/evidence.ts";
import { readBaseline } from "../../../src/workers/implement/baseline.ts";
import { tellingLines } from "../../../src/workers/implement/check-lines.ts";
import {
  checksToPass,
  recordCheck,
  recordCheckBeside,
  runCheckTool,
  sayRun,
} from "../../../src/workers/implement/checks.ts";
import { ANY_CHARACTER } from "../../any-character.ts";
import { createFakeRepository } from "../../fakes/repository.ts";
import { createFakeSandbox, exited, timedOut } from "../../fakes/sandbox.ts";

const CONFIG = Config.parse({
  checks: { setup: "npm ci", test: { run: "npm test", timeoutSeconds: 20 }, lint: "npm run lint" },
});

const SUBJECT = { base: "a".repeat(40), tree: "b".repeat(40) };

async function workspaceOf(result: ReturnType<typeof exited>, report?: string) {
  const sandbox = createFakeSandbox({ run: () => result, readFile: () => report });
  return { sandbox, workspace: await sandbox.workspace(async () => undefined) };
}

function taskOf(name: "lint" | "test", remainingMs = 1e9, config = CONFIG) {
  return { name, config, on: "change", subject: SUBJECT, remainingMs } as const;
}

describe("the lines that matter", () => {
  test("keeps what says what is wrong and the end, and counts the rest", () => {
    const quiet = Array.from({ length: 200 }, (_, index) => `ok ${index} - fine`);
    const output = [
      ...quiet.slice(0, 100),
      "src/a.ts:3:7 - error TS2322: no",
      "  let x",
      ...quiet.slice(100),
    ];
    const lines = tellingLines(output.join("\n")).split("\n");
    expect(lines[0]).toBe("… (99 lines)");
    expect(lines).toContain("src/a.ts:3:7 - error TS2322: no");
    expect(lines.at(-1)).toBe("ok 199 - fine");
    expect(lines.length).toBeLessThan(25);
  });

  test.each([
    ["colours", "\u001B[31merror\u001B[0m: no", "error: no"],
    ["links of a terminal", "\u001B]8;;http://x\u0007error\u001B]8;;\u0007", "error"],
    ["an overwritten progress bar", "10%\r50%\rerror: no\r\n", "error: no"],
    ["hidden characters", "error: a\u202Eb", "error: a⟨U+202E⟩b"],
    ["nothing", "", ""],
    ["blank lines at the end", "a\n\n\n", "a"],
    ["blanks at both ends of a line", "error: x  \n  indented \n", "error: x\n  indented"],
    ["blank lines between", "error: x\n\nend", "error: x\n\nend"],
  ])("copes with %s", (_name, output, expected) => {
    expect(tellingLines(output)).toBe(expected);
  });

  test("shows one line before and three after, the last twelve, and what it left out between", () => {
    const last = Array.from({ length: 12 }, (_, index) => `last ${index}`);
    const output = ["q0", "q1", "error: x", "a1", "a2", "a3", "m", ...last];
    expect(tellingLines(output.join("\n")).split("\n")).toEqual([
      "… (1 line)",
      "q1",
      "error: x",
      "a1",
      "a2",
      "a3",
      "… (1 line)",
      ...last,
    ]);
  });

  test("ends at 8,000 characters, and says how much more there was", () => {
    const long = Array.from({ length: 19 }, (_, index) => `error ${index}`.padEnd(400, "x"));
    const fits = "e".repeat(380);
    expect(tellingLines([...long, fits, "end"].join("\n")).split("\n")).toEqual([
      ...long,
      fits,
      "… (1 more line)",
    ]);
  });

  test("leaves out frames of the runtime and of packages", () => {
    const frames = Array.from(
      { length: 30 },
      (_, index) => `    at run (/ws/node_modules/x/index.js:${index}:1)`,
    );
    const text = tellingLines(
      ["AssertionError: 1 != 2", ...frames, ...Array(20).fill("end")].join("\n"),
    );
    expect(text).toContain("AssertionError: 1 != 2");
    expect(text).not.toContain("node_modules");
  });

  test("is bounded and says what it left out, whatever the output is", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: ANY_CHARACTER, maxLength: 500 }), { maxLength: 300 }),
        (lines) => {
          expect(tellingLines(lines.join("\n")).length).toBeLessThan(16_000);
        },
      ),
    );
    const flood = Array(100_000).fill("error: no").join("\n");
    const text = tellingLines(flood);
    expect(text.length).toBeLessThan(2_000);
    expect(text.split("\n")).toHaveLength(121);
    expect(text).toContain("… (99880 lines)");
  });
});

describe("running a check", () => {
  test.each([
    ["passed", exited(0, "fine", 1_200), "passed in 1.2 s"],
    ["failed", exited(1, "error: no", 300), "failed with exit code 1 after 0.3 s"],
    ["hung", timedOut("error: no", 600_000), "was stopped after 600.0 s"],
    ["was killed", { ...exited(0), exitCode: null, durationMs: 0.1 }, "was killed after 0.0 s"],
  ])("says that it %s, and keeps its output", async (_name, result, said) => {
    const { workspace } = await workspaceOf(result);
    const { run, output, outputCut } = await recordCheck(workspace, taskOf("lint"));
    expect(sayRun(run)).toBe(said);
    expect({ output, outputCut }).toEqual({ output: result.output, outputCut: false });
  });

  test.each<readonly [Partial<CheckRun>, string]>([
    [{ exitCode: null, durationMs: 0 }, "was killed after 0.0 s"],
    [{ exitCode: null, durationMs: 0, note: "not started: no time" }, "was not run: no time"],
    [
      { note: "not read: not started: x" },
      "failed with exit code 1 after 2.0 s: not read: not started: x",
    ],
    [{ note: "not started: x" }, "failed with exit code 1 after 2.0 s: x"],
  ])("says of a run that ended with %j: %s", (rest, said) => {
    const run: CheckRun = {
      ...{ kind: "check", name: "test", on: "change", subject: SUBJECT, command: "npm test" },
      ...{ status: "failed", exitCode: 1, durationMs: 2_000, tail: "", outputBytes: 0, ...rest },
    };
    expect(sayRun(run)).toBe(said);
  });

  test("says that the sandbox cut its output, and that no time was left for it", async () => {
    const { workspace } = await workspaceOf({ ...exited(1, "short"), outputBytes: 1e6 });
    expect(await recordCheck(workspace, taskOf("lint"))).toMatchObject({ outputCut: true });
    const { run, output } = await recordCheck(workspace, taskOf("lint", 0));
    expect([sayRun(run), output]).toEqual(["was not run: the time of this run is used up", ""]);
  });

  test.each([
    ["lint", 1e9, 600_000],
    ["test", 1e9, 20_000],
    ["test", 1_500.5, 1_500],
  ] as const)(
    "bounds %s with %d ms left to %d ms, without a network",
    async (name, remainingMs, timeoutMs) => {
      const { sandbox, workspace } = await workspaceOf(exited(0));
      await recordCheck(workspace, taskOf(name, remainingMs));
      expect(sandbox.calls.at(-1)?.argument).toMatchObject({ timeoutMs, network: false });
    },
  );

  test("reads the report when nothing is alive, and touches none beside a living toolbox", async () => {
    const config = Config.parse({ checks: { test: { run: "npm test", report: "junit.xml" } } });
    const report = '<testsuite><testcase name="a"/></testsuite>';
    const { sandbox, workspace } = await workspaceOf(exited(0), report);
    const beside = await recordCheckBeside(workspace, taskOf("test", 1e9, config));
    expect(beside.run.tests).toBeUndefined();
    expect(sandbox.calls.map(({ method }) => method)).toEqual(["fill", "run"]);
    const alone = await recordCheck(workspace, taskOf("test", 1e9, config));
    expect(alone.run.tests).toMatchObject([{ name: "a", status: "passed" }]);
    const missing = await recordCheck(
      (await workspaceOf(exited(0))).workspace,
      taskOf("test", 1e9, config),
    );
    expect(sayRun(missing.run)).toMatch(/^failed with exit code 0 after 0\.0 s: the report /);
  });

  test("runs all but setup, in the order of the config's names", () => {
    expect(checksToPass(CONFIG)).toEqual(["lint", "test"]);
  });

  test.each([{ name: "e2e" }, { name: "setup" }, { name: "__proto__" }, {}, null, "lint"])(
    "refuses %j as a tool input and names the known checks",
    async (input) => {
      const tool = runCheckTool(CONFIG, () => Promise.reject(new Error("must not run")));
      await expect(tool.run(input)).rejects.toThrow("the checks are lint, test");
    },
  );
});

test("a check that is not there is refused by its name, and by what there is", async () => {
  const { workspace } = await workspaceOf(exited(0));
  await expect(recordCheck(workspace, taskOf("lint", 1e9, Config.parse({})))).rejects.toThrow(
    'there is no check "lint": none is configured',
  );
  const tool = runCheckTool(CONFIG, () => Promise.reject(new Error("must not run")));
  await expect(tool.run({})).rejects.toThrow(
    /^there is no check without a name: the checks are lint, test$/,
  );
  await expect(tool.run({ name: "e2e" })).rejects.toThrow(/^there is no check "e2e": /);
});

/** Ten choices of one digit. */
const TEN = "{0,1,2,3,4,5,6,7,8,9}";

describe("the baseline", () => {
  test("holds every file of the base and its .gitignore files by folder", async () => {
    const repository = createFakeRepository();
    const base = repository.commit({
      ".gitignore": "node_modules\n",
      "web/.gitignore": "dist\n",
      "x.gitignore": "no\n",
      "web/link/.gitignore": { mode: "120000", content: "../.gitignore" },
      "bin/run": { mode: "100755", content: "#!/bin/sh\n" },
    });
    const baseline = await readBaseline(repository, base, CONFIG);
    expect(baseline.commit).toBe(base);
    expect(baseline.files.get("bin/run")?.mode).toBe("100755");
    expect(baseline.files.size).toBe(5);
    expect(baseline.ignore).toEqual([
      { directory: "", text: "node_modules\n" },
      { directory: "web", text: "dist\n" },
    ]);
  });

  test.each([
    ["junit.xml", ["junit.xml"], ["web/junit.xml"]],
    ["././a.xml", ["a.xml"], ["b/a.xml"]],
    [`${TEN}${TEN}{x}.xml`, ["00x.xml", "99x.xml"], ["0x.xml"]],
    ["./reports/junit.xml", ["reports/junit.xml"], ["reports/other.xml"]],
    ["**/target/TEST-*.xml", ["a/b/target/TEST-x.xml", "target/TEST-x.xml"], ["target/x.xml"]],
    ["out/{a,b}/*.{xml,json}", ["out/a/x.xml", "out/b/y.json"], ["out/c/x.xml", "out/a/x.txt"]],
  ])("ignores the report %s, and nothing beside it", async (report, ignored, kept) => {
    const repository = createFakeRepository();
    const config = Config.parse({ checks: { test: { run: "npm test", report } } });
    const baseline = await readBaseline(repository, repository.commit({ a: "1" }), config);
    const isIgnored = createIgnoreRules(baseline.ignore);
    expect(ignored.filter((path) => !isIgnored(path))).toEqual([]);
    expect(kept.filter(isIgnored)).toEqual([]);
  });

  test("counts the rules of reports whatever the workspace's files say", async () => {
    const repository = createFakeRepository();
    const checks = { test: { run: "npm test", report: "a.{xml,json}" } };
    const base = repository.commit({ a: "1" });
    expect(await readBaseline(repository, base, Config.parse({ checks }))).toMatchObject({
      ignore: [{ directory: "", text: "/a.xml\n/a.json\n", always: true }],
    });
  });

  test("is bounded whatever braces a report has", async () => {
    const repository = createFakeRepository();
    const config = Config.parse({ checks: { test: { run: "x", report: "{,}".repeat(60) } } });
    const baseline = await readBaseline(repository, repository.commit({ a: "1" }), config);
    expect(baseline.ignore[0]?.text.length).toBeLessThan(100_000);
  });
});
