import { describe, expect, test } from "vitest";
import { conclusions, createWorld, type Files, jobOf } from "../world.ts";

const ONE = ".github/workflows/one.yml";
const TWO = ".github/workflows/two.yml";
const job = "{ runs-on: x, steps: [{ run: echo }] }";

function pair(caller: string, callee: string): Files {
  return { [ONE]: `on: push\n${caller}`, [TWO]: `on: workflow_call\n${callee}` };
}

describe("a run fails before its first job", () => {
  test.each<[string, Files, string]>([
    [
      "a nested job asks for more than its caller grants, even when its if is false",
      pair(
        `permissions: {}\njobs:\n  a: ${job}\n  call:\n    permissions: { contents: read }\n    uses: ./${TWO}\n`,
        `jobs:\n  deep:\n    if: false\n    permissions: { contents: write, issues: read }\n    runs-on: x\n    steps: [{ run: echo }]\n`,
      ),
      "The nested job 'deep' is requesting 'contents: write, issues: read', but is only allowed 'contents: read, issues: none'",
    ],
    [
      "a callee asks for more as a whole",
      pair(
        `permissions: {}\njobs:\n  call: { uses: ./${TWO} }\n`,
        `permissions: { issues: write }\njobs: { deep: ${job} }\n`,
      ),
      "The workflow is requesting 'issues: write', but is only allowed 'issues: none'",
    ],
    [
      "two levels down",
      {
        [ONE]: `on: push\njobs:\n  call: { permissions: { contents: read }, uses: ./${TWO} }\n`,
        [TWO]: `on: workflow_call\njobs:\n  mid: { permissions: { contents: read }, uses: ./.github/workflows/three.yml }\n`,
        ".github/workflows/three.yml": `on: workflow_call\njobs:\n  low: { permissions: { checks: write }, runs-on: x, steps: [{ run: echo }] }\n`,
      },
      "'checks: write', but is only allowed 'checks: none'",
    ],
    [
      "a needed job is missing",
      { [ONE]: `on: push\njobs:\n  a: { needs: [nobody], runs-on: x, steps: [{ run: echo }] }\n` },
      "needs 'nobody', and there is no such job",
    ],
    [
      "jobs wait for each other",
      {
        [ONE]: `on: push\njobs:\n  a: { needs: b, runs-on: x, steps: [{ run: echo }] }\n  b: { needs: a, runs-on: x, steps: [{ run: echo }] }\n`,
      },
      "waits for itself: a needs b needs a",
    ],
    [
      "the callee is missing",
      { [ONE]: `on: push\njobs: { a: { uses: ./.github/workflows/none.yml } }\n` },
      "acme/app has no file .github/workflows/none.yml",
    ],
    [
      "the repository is missing",
      { [ONE]: `on: push\njobs: { a: { uses: no/body/.github/workflows/x.yml@v1 } }\n` },
      "the twin has no such repository or ref",
    ],
    [
      "the callee is no reusable workflow",
      {
        [ONE]: `on: push\njobs: { a: { uses: ./${TWO} } }\n`,
        [TWO]: `on: issues\njobs: { a: ${job} }\n`,
      },
      "it lacks 'on: workflow_call'",
    ],
    [
      "the callee is invalid",
      {
        [ONE]: `on: push\njobs: { a: { uses: ./${TWO} } }\n`,
        [TWO]: `on: workflow_call\njobs: { a: { steps: [] } }\n`,
      },
      "Required property is missing: runs-on",
    ],
    [
      "a workflow calls itself",
      { [ONE]: `on: [push, workflow_call]\njobs: { a: { uses: ./${ONE} } }\n` },
      "nested more than 10 levels deep",
    ],
    [
      "an unknown input",
      pair(`jobs: { a: { uses: ./${TWO}, with: { x: 1 } } }\n`, `jobs: { a: ${job} }\n`),
      "input 'x' is not defined. Known: none",
    ],
    [
      "a missing input",
      {
        [ONE]: `on: push\njobs: { a: { uses: ./${TWO} } }\n`,
        [TWO]: `on: { workflow_call: { inputs: { x: { type: string, required: true } } } }\njobs: { a: ${job} }\n`,
      },
      "input 'x' is required, but not provided",
    ],
    [
      "a missing secret",
      {
        [ONE]: `on: push\njobs: { a: { uses: ./${TWO} } }\n`,
        [TWO]: `on: { workflow_call: { secrets: { KEY: { required: true } } } }\njobs: { a: ${job} }\n`,
      },
      "secret 'KEY' is required, but not provided",
    ],
  ])("%s", async (_, files, sentence) => {
    await using world = await createWorld(files);
    await world.run("push");
    const run = world.runner.runs().find((each) => each.file === ONE);
    expect(run).toMatchObject({ conclusion: "startup_failure", jobs: [] });
    expect(run?.error).toContain(sentence);
    expect(run?.error).toMatch(/^\.github\/workflows\/(one|two)\.yml/);
    expect(world.grants).toEqual([]);
  });
});

describe("an invalid file", () => {
  test.each([
    [
      "an unknown permission",
      `on: push\npermissions: { workflows: write }\njobs: { a: ${job} }\n`,
      "(Line: 2, Col: 16): Unexpected value 'workflows'",
    ],
    [
      "an unknown key",
      `on: push\njobs:\n  a:\n    runs-on: x\n    runs-onn: x\n    steps: [{ run: echo }]\n`,
      "(Line: 5, Col: 5): Unexpected value 'runs-onn'",
    ],
    [
      "a context that is not there",
      `on: push\njobs:\n  a:\n    if: secrets.KEY != ''\n    runs-on: x\n    steps: [{ run: echo }]\n`,
      "(Line: 3): job 'a': 'if' cannot be read",
    ],
    [
      "a context that a step's if does not have",
      `on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: echo, if: "secrets.KEY" }]\n`,
      "step 1: 'if' cannot be read",
    ],
    [
      "an id used twice",
      `on: push\njobs: { a: { runs-on: x, steps: [{ id: i, run: echo }, { id: i, run: echo }] } }\n`,
      "the id 'i' is used more than once",
    ],
    [
      "queue: max with cancel-in-progress",
      `on: push\nconcurrency: { group: g, queue: max, cancel-in-progress: true }\njobs: { a: ${job} }\n`,
      "cannot be combined",
    ],
    [
      "a wrong cache-mode",
      `on: push\ncache-mode: some\njobs: { a: ${job} }\n`,
      "(Line: 2): Unexpected value 'some' for 'cache-mode'",
    ],
    ["no YAML", `on: push\njobs: [\n`, "one.yml"],
  ])("%s: a failed run without jobs, with file and line", async (_, text, sentence) => {
    await using world = await createWorld({ [ONE]: text });
    const run = await world.run("push");
    expect(run).toMatchObject({ conclusion: "failure", jobs: [], file: ONE });
    expect(run.error).toContain(sentence);
  });

  test("stands in the way of no other workflow and of no other event", async () => {
    await using world = await createWorld({
      [ONE]: `on: issues\njobs: { a: { nope: 1 } }\n`,
      [TWO]: `on: [issue_comment, push]\njobs: { a: ${job} }\n`,
    });
    await world.run("issue_comment", { action: "created" });
    expect(world.runner.runs().map((run) => run.conclusion)).toEqual(["success"]);
    await world.run("issues", { action: "opened" });
    await world.run("push");
    expect(world.runner.runs().map((run) => run.conclusion)).toEqual([
      "success",
      "failure",
      "failure",
      "success",
    ]);
  });
});

describe("a job's token", () => {
  test.each<[string, string, string | undefined, Record<string, string>]>([
    ["nothing said: read", "", undefined, { contents: "read", packages: "read" }],
    ["workflow level", "permissions: { issues: write }\n", undefined, { issues: "write" }],
    ["job level wins", "permissions: { issues: write }\n", "{ checks: read }", { checks: "read" }],
    ["none at all", "permissions: { issues: write }\n", "{}", {}],
    ["none by name", "", "{ contents: none }", {}],
  ])("%s", async (_, top, own, expected) => {
    const permissions = own === undefined ? "" : `    permissions: ${own}\n`;
    await using world = await createWorld({
      [ONE]: `on: push\n${top}jobs:\n  a:\n${permissions}    runs-on: x\n    steps: [{ run: echo }]\n`,
    });
    const run = await world.run("push");
    // Metadata can be read with any token.
    expect(world.grants[0]?.permissions).toEqual({ metadata: "read", ...expected });
    expect(jobOf(run, "a").permissions).toEqual({ metadata: "read", ...expected });
  });

  test("in a called workflow is what the caller grants, or less", async () => {
    await using world = await createWorld({
      [ONE]: `on: push\npermissions: {}\njobs:\n  call:\n    permissions: { contents: write, issues: write }\n    uses: ./${TWO}\n`,
      [TWO]: `on: workflow_call\njobs:\n  silent: ${job}\n  modest: { permissions: { contents: read }, runs-on: x, steps: [{ run: echo }] }\n`,
    });
    const run = await world.run("push");
    expect(conclusions(run)).toEqual({ "call/silent": "success", "call/modest": "success" });
    expect(jobOf(run, "call/silent").permissions).toEqual({
      metadata: "read",
      contents: "write",
      issues: "write",
    });
    expect(jobOf(run, "call/modest").permissions).toEqual({ metadata: "read", contents: "read" });
  });

  test("cache-mode is taken out of the file, kept on the job and never widened by a callee", async () => {
    await using world = await createWorld({
      [ONE]: `on: push\ncache-mode: read\njobs:\n  own: { cache-mode: none, runs-on: x, steps: [{ run: echo }] }\n  top: ${job}\n  call: { uses: ./${TWO} }\n`,
      [TWO]: `on: workflow_call\njobs:\n  wide: { cache-mode: write, runs-on: x, steps: [{ run: echo }] }\n`,
    });
    const run = await world.run("push");
    expect(Object.fromEntries(run.jobs.map((each) => [each.path, each.cacheMode]))).toEqual({
      own: "none",
      top: "read",
      "call/wide": "read",
    });
  });
});
