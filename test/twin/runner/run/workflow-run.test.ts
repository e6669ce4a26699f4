import { describe, expect, test } from "vitest";
import {
  APP,
  conclusions,
  createNotes,
  createWorld,
  expectSuccess,
  type Files,
  jobOf,
  logOf,
  until,
} from "../world.ts";

function workflow(jobs: string, head = "on: push\n"): Files {
  return { ".github/workflows/one.yml": `${head}jobs:\n${jobs}` };
}

const step = (run: string) => `{ runs-on: x, steps: [{ run: "${run}" }] }`;

describe("needs", () => {
  test("hand outputs and results on, and wait", async () => {
    await using world = await createWorld(
      workflow(`
  second:
    needs: [first]
    runs-on: x
    steps: [{ run: "echo got \${{ needs.first.outputs.value }} \${{ needs.first.result }}" }]
  first:
    runs-on: x
    outputs: { value: "\${{ steps.a.outputs.b }}" }
    steps: [{ id: a, run: "sleep 0.1; echo b=from-first >> $GITHUB_OUTPUT" }]
`),
    );
    const run = await world.run("push");
    expectSuccess(run);
    expect(logOf(run, "second")).toContain("got from-first success");
  });

  test.each([
    // A skipped or failed ancestor skips everything behind it, however far, unless a status function is called.
    ["a failure skips what needs it", "", { a: "failure", b: "skipped", c: "skipped" }],
    ["always() runs", "    if: always()\n", { a: "failure", b: "success", c: "skipped" }],
    ["failure() runs", "    if: failure()\n", { a: "failure", b: "success", c: "skipped" }],
    ["!cancelled() runs", `    if: "!cancelled()"\n`, { a: "failure", b: "success", c: "skipped" }],
    [
      "a result can be asked",
      "    if: always() && needs.a.result == 'success'\n",
      { a: "failure", b: "skipped", c: "skipped" },
    ],
  ])("%s", async (_, condition, expected) => {
    await using world = await createWorld(
      workflow(`
  a: ${step("exit 1")}
  b:
    needs: a
${condition}    runs-on: x
    steps: [{ run: echo }]
  c: { needs: b, runs-on: x, steps: [{ run: echo }] }
`),
    );
    const run = await world.run("push");
    expect(conclusions(run)).toEqual(expected);
    expect(run.conclusion).toBe("failure");
  });

  test("a job that may fail counts as success for those that need it", async () => {
    await using world = await createWorld(
      workflow(`
  a: { continue-on-error: true, runs-on: x, steps: [{ run: exit 1 }] }
  b: { needs: a, runs-on: x, steps: [{ run: "echo \${{ needs.a.result }}" }] }
`),
    );
    const run = await world.run("push");
    expect(run.conclusion).toBe("success");
    expect(conclusions(run)).toEqual({ a: "failure", b: "success" });
  });

  test("a run of skipped jobs is skipped and a skipped job costs nothing", async () => {
    await using world = await createWorld(
      workflow(`  a: { if: false, runs-on: x, steps: [{ run: echo }] }\n`),
    );
    const run = await world.run("push");
    expect(run.conclusion).toBe("skipped");
    expect(jobOf(run, "a")).toMatchObject({ billedMinutes: 0, steps: [] });
    expect(world.grants).toEqual([]);
  });

  test("an if that cannot be evaluated fails the job", async () => {
    await using world = await createWorld(
      workflow(`  a: { if: fromJSON('nope'), runs-on: x, steps: [{ run: echo }] }\n`),
    );
    const run = await world.run("push");
    expect(run.conclusion).toBe("failure");
    expect(jobOf(run, "a").annotations[0]?.message).toContain("is not JSON");
  });

  test.each([
    "container: node:24",
    "services: { db: { image: postgres } }",
    "environment: production",
  ])("'%s' is refused, never run without", async (key) => {
    await using world = await createWorld(
      workflow(`  a:\n    ${key}\n    runs-on: x\n    steps: [{ run: echo }]\n`),
    );
    const run = await world.run("push");
    expect(run.conclusion).toBe("failure");
    expect(jobOf(run, "a").annotations[0]?.message).toContain("which the twin cannot imitate");
  });
});

describe("a matrix", () => {
  test("makes a job for each cell, names them and merges their outputs", async () => {
    await using world = await createWorld(
      workflow(
        `
  build:
    runs-on: \${{ matrix.os }}
    strategy:
      matrix:
        os: [one, two]
        mode: \${{ fromJSON('["a","b"]') }}
        exclude: [{ os: two, mode: a }]
        include: [{ os: one, mode: a, extra: 1 }, { os: three, mode: c }]
    outputs: { "\${{ matrix.os }}": x, last: "\${{ matrix.os == 'three' && 'yes' || '' }}" }
    steps: [{ run: "echo \${{ matrix.os }} \${{ matrix.mode }} [\${{ matrix.extra }}] \${{ strategy.job-total }}" }]
  after: { needs: build, runs-on: x, steps: [{ run: "echo last \${{ needs.build.outputs.last }}" }] }
`.replace(`"\${{ matrix.os }}": x, `, ""),
      ),
    );
    const run = await world.run("push");
    expectSuccess(run);
    expect(run.jobs.map((job) => `${job.name} on ${job.runsOn}`).sort()).toEqual([
      "after on x",
      "build (one, a, 1) on one",
      "build (one, b) on one",
      "build (three, c) on three",
      "build (two, b) on two",
    ]);
    expect(logOf(run, "after")).toContain("last yes");
  });

  test.each([
    ["fail-fast cancels the others", "", { failure: 1, cancelled: 1 }],
    ["without it they go on", "      fail-fast: false\n", { failure: 1, success: 1 }],
  ])("%s", async (_, key, expected) => {
    await using notes = await createNotes();
    await using world = await createWorld(
      workflow(`
  build:
    runs-on: x
    strategy:
${key}      matrix: { n: [1, 2] }
    steps:
      - run: |
          if [ \${{ matrix.n }} = 1 ]; then until test -e "$NOTES/other"; do sleep 0.02; done; exit 1; fi
          touch "$NOTES/other"; ${key === "" ? "sleep 60" : "true"}
`),
      { environment: { NOTES: notes.folder } },
    );
    const run = await world.run("push");
    const counts: Record<string, number> = {};
    for (const job of run.jobs) {
      counts[String(job.conclusion)] = (counts[String(job.conclusion)] ?? 0) + 1;
    }
    expect(counts).toEqual(expected);
    expect(run.conclusion).toBe("failure");
  });

  test("max-parallel is kept, and so is the number of jobs at once", async () => {
    const serial = `
      - run: test ! -e "$NOTES/busy"; touch "$NOTES/busy"; sleep 0.1; rm "$NOTES/busy"
`;
    await using notes = await createNotes();
    await using world = await createWorld(
      workflow(`  build:
    runs-on: x
    strategy: { max-parallel: 1, matrix: { n: [1, 2, 3] } }
    steps:${serial}`),
      { environment: { NOTES: notes.folder } },
    );
    expectSuccess(await world.run("push"));
    await using narrow = await createWorld(
      workflow(
        `  a:\n    runs-on: x\n    steps:${serial}  b:\n    runs-on: x\n    steps:${serial}`,
      ),
      { environment: { NOTES: notes.folder }, concurrency: 1 },
    );
    expectSuccess(await narrow.run("push"));
  });
});

describe("reusable workflows", () => {
  const callee = `
on:
  workflow_call:
    inputs:
      text: { type: string, required: true }
      count: { type: number, default: 3 }
      flag: { type: boolean, default: "\${{ true }}" }
    secrets:
      KEY: { required: true }
      OTHER: { required: false }
    outputs:
      answer: { value: "\${{ jobs.inner.outputs.said }}-\${{ inputs.count }}" }
env: { FROM: callee }
jobs:
  inner:
    runs-on: x
    outputs: { said: "\${{ steps.s.outputs.said }}" }
    steps:
      - id: s
        env: { KEY: "\${{ secrets.KEY }}" }
        run: |
          echo "said=\${{ inputs.text }}" >> "$GITHUB_OUTPUT"
          test "$KEY" = "the-key-value" && echo "key is right, other is [\${{ secrets.OTHER }}]"
          echo "\${{ inputs.flag && 'flag' }} $FROM [$CALLER] \${{ github.workflow }} \${{ github.job }} \${{ job.workflow_repository }}"
          echo "$GITHUB_WORKFLOW_REF"
`;
  const caller = (uses: string, rest = "") => `
name: Caller
on: push
env: { CALLER: hidden }
jobs:
  call:
    name: Call it
    uses: ${uses}
    with: { text: "hi \${{ github.event_name }}" }
    secrets: { KEY: "\${{ secrets.MODEL_KEY }}" }
${rest}  after:
    needs: call
    runs-on: x
    steps: [{ run: "echo answer \${{ needs.call.outputs.answer }} \${{ needs.call.result }}" }]
`;
  const secrets = { [APP]: { MODEL_KEY: "the-key-value", OTHER: "other-value" } };

  test.each(["./.github/workflows/two.yml", "$/.github/workflows/two.yml"])("%s", async (uses) => {
    await using world = await createWorld(
      { ".github/workflows/one.yml": caller(uses), ".github/workflows/two.yml": callee },
      { secrets },
    );
    const run = await world.run("push");
    expectSuccess(run);
    const log = logOf(run, "call/inner");
    expect(log).toContain("key is right, other is []");
    expect(log).toContain("flag callee [] Caller inner acme/app");
    expect(log).toContain("acme/app/.github/workflows/one.yml@refs/heads/main");
    expect(jobOf(run, "call/inner").name).toBe("Call it / inner");
    expect(logOf(run, "after")).toContain("answer hi push-3 success");
  });

  test("of another repository at a ref, whose $/ means that repository at that commit", async () => {
    await using world = await createWorld(
      { ".github/workflows/one.yml": caller("factory/tools/.github/workflows/outer.yml@v1") },
      { secrets: { [APP]: { MODEL_KEY: "the-key-value" } } },
    );
    await world.commit("factory/tools", {
      ".github/workflows/outer.yml": `
on:
  workflow_call:
    inputs: { text: { type: string } }
    secrets: { KEY: {} }
    outputs: { answer: { value: "\${{ jobs.deep.outputs.answer }}" } }
jobs:
  deep:
    uses: $/.github/workflows/two.yml
    with: { text: "\${{ inputs.text }}" }
    secrets: inherit
`,
      ".github/workflows/two.yml": callee.replace(
        "    steps:\n",
        "    steps:\n      - uses: $/actions/hello\n",
      ),
      "actions/hello/action.yml": `{ name: h, description: d, runs: { using: composite, steps: [{ run: "echo pinned hello", shell: bash }] } }`,
    });
    await tag(world.directory, "factory/tools", "v1");
    await world.commit("factory/tools", { "actions/hello/action.yml": "broken later" });
    const run = await world.run("push");
    expectSuccess(run);
    expect(logOf(run, "call/deep/inner")).toContain("pinned hello");
    expect(logOf(run, "call/deep/inner")).toContain("inner factory/tools");
    expect(logOf(run, "after")).toContain("answer hi push-3");
  });

  test("a skipped or failed callee gives its result", async () => {
    await using world = await createWorld({
      ".github/workflows/one.yml": `
on: push
jobs:
  no: { if: false, uses: ./.github/workflows/two.yml }
  bad: { uses: ./.github/workflows/two.yml }
  after: { needs: [no, bad], if: always(), runs-on: x, steps: [{ run: "echo \${{ needs.no.result }} \${{ needs.bad.result }}" }] }
`,
      ".github/workflows/two.yml": `{ on: workflow_call, jobs: { x: { runs-on: x, steps: [{ run: exit 1 }] } } }`,
    });
    const run = await world.run("push");
    expect(conclusions(run)).toEqual({ no: "skipped", "bad/x": "failure", after: "success" });
    expect(logOf(run, "after")).toContain("skipped failure");
  });
});

describe("cancellation", () => {
  test("ends what runs, lets always() run, and cancels what has not begun", async () => {
    await using notes = await createNotes();
    await using world = await createWorld(
      workflow(`
  a:
    runs-on: x
    steps:
      - run: touch "$NOTES/started"; echo 1 > "$NOTES/started"; sleep 60
      - run: echo tidy up
        if: always()
      - run: echo never
  b: { needs: a, runs-on: x, steps: [{ run: echo }] }
  c: { needs: a, if: always(), runs-on: x, steps: [{ run: "echo \${{ needs.a.result }} \${{ job.status }}" }] }
`),
      { environment: { NOTES: notes.folder } },
    );
    world.runner.handle(world.event("push"));
    await until("the first step", () => notes.has("started"));
    const [summary] = world.runSource().list(APP);
    expect(summary).toMatchObject({
      id: 1_000_001,
      status: "in_progress",
      conclusion: null,
      headBranch: "main",
    });
    expect(world.runSource().cancel(APP, 1_000_001)).toBe(true);
    await world.runner.idle();
    const [run] = world.runner.runs();
    if (run === undefined) {
      expect.fail("no run");
    }
    expect(run.conclusion).toBe("cancelled");
    expect(conclusions(run)).toEqual({ a: "cancelled", b: "cancelled", c: "success" });
    expect(jobOf(run, "a").steps.map((each) => each.conclusion)).toEqual([
      "cancelled",
      "success",
      "skipped",
    ]);
    expect(logOf(run, "c")).toContain("cancelled success");
    expect(world.runSource().cancel(APP, 1_000_001)).toBe(false);
    expect(world.runSource().cancel(APP, 99)).toBe(false);
  });

  test("a step with always() that hangs is ended five minutes after the cancellation", async () => {
    await using notes = await createNotes();
    await using world = await createWorld(
      workflow(`
  a:
    runs-on: x
    steps:
      - run: echo 1 > "$NOTES/started"; sleep 60
      - run: sleep 60
        if: always()
      - run: echo never
        if: always()
`),
      { environment: { NOTES: notes.folder }, minute: 40 },
    );
    world.runner.handle(world.event("push"));
    // The default limit of a job, 360 minutes, is 14 seconds here.
    await until("the first step", () => notes.has("started"));
    await world.runner.cancelAll("stop");
    const [run] = world.runner.runs();
    expect(run && jobOf(run, "a").steps.map((each) => each.conclusion)).toEqual([
      "cancelled",
      "cancelled",
      "skipped",
    ]);
  });

  test("a running job with always() goes on", async () => {
    await using notes = await createNotes();
    await using world = await createWorld(
      workflow(`
  keep:
    if: always()
    runs-on: x
    steps:
      - run: echo 1 > "$NOTES/started"; until test -e "$NOTES/go"; do sleep 0.02; done; echo finished
`),
      { environment: { NOTES: notes.folder } },
    );
    world.runner.handle(world.event("push"));
    await until("the step", () => notes.has("started"));
    const stopped = world.runner.cancelAll("enough");
    await import("node:fs/promises").then((fs) => fs.writeFile(`${notes.folder}/go`, ""));
    await stopped;
    const [run] = world.runner.runs();
    expect(run && conclusions(run)).toEqual({ keep: "success" });
    expect(run).toMatchObject({ error: "enough" });
  });
});

async function tag(directory: string, repository: string, name: string): Promise<void> {
  const { execFileSync } = await import("node:child_process");
  execFileSync("git", ["--git-dir", `${directory}/git/${repository}.git`, "tag", name, "main"]);
}
