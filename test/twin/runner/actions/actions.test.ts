import { describe, expect, test } from "vitest";
import { APP, createWorld, expectSuccess, type Files, jobOf, logOf, oneJob } from "../world.ts";

/** A node24 action that shows its stage, inputs, state and folder; plain JavaScript, as a bundle would be. */
const SPY: Files = {
  "actions/spy/action.yml": `
name: spy
description: shows what it sees
inputs:
  who: { description: w, default: "\${{ github.actor }}" }
  two words: { description: t, required: false }
outputs: { seen: { description: s } }
runs: { using: node24, pre: pre.js, main: main.js, post: post.js, post-if: success() || failure() }
`,
  "actions/spy/pre.js": `
require("fs").appendFileSync(process.env.GITHUB_STATE, "from=pre\\n");
console.log("pre of", process.env["INPUT_WHO"]);
`,
  "actions/spy/main.js": `
const fs = require("fs");
const { env } = process;
console.log("main of", env["INPUT_WHO"], "|", env["INPUT_TWO_WORDS"], "|", env.STATE_from, "|", env.GITHUB_ACTION_REPOSITORY);
console.log("runtime", Boolean(env.ACTIONS_RUNTIME_TOKEN), env.ACTIONS_RUNTIME_TOKEN);
console.log("node", process.versions.node.split(".")[0], "cwd is workspace", process.cwd() === env.GITHUB_WORKSPACE);
fs.appendFileSync(env.GITHUB_STATE, "later=main\\n");
console.log("::save-state name=old::way");
fs.appendFileSync(env.GITHUB_OUTPUT, "seen=" + env["INPUT_WHO"] + "\\n");
if (env["INPUT_WHO"] === "fail") process.exit(1);
`,
  "actions/spy/post.js": `
console.log("post of", process.env["INPUT_WHO"], process.env.STATE_later, process.env.STATE_from, process.env.STATE_old);
`,
};

const composite = (steps: string, rest = "") => `
name: c
description: d
inputs: { value: { description: v, default: fallback }, folder: { description: f, default: . } }
outputs: { answer: { description: a, value: "\${{ steps.inner.outputs.answer }}!" } }
${rest}runs:
  using: composite
  steps:
${steps}`;

describe("node24 actions", () => {
  test("run pre, main and post with inputs, state and outputs; post in reverse order", async () => {
    await using world = await createWorld({
      ...SPY,
      ...oneJob(`
- id: one
  name: First
  uses: $/actions/spy
  with: { WHO: first, two words: "a b" }
- uses: $/actions/spy
- run: echo "seen \${{ steps.one.outputs.seen }}"
`),
    });
    const run = await world.run("push");
    expectSuccess(run);
    const said = logOf(run)
      .split("\n")
      .filter((line) => /^(pre|main|post|seen|runtime|node)/.test(line));
    expect(said).toEqual([
      "pre of first",
      "pre of owner",
      "main of first | a b | pre | acme/app",
      "runtime true ***",
      "node 24 cwd is workspace true",
      "main of owner |  | pre | acme/app",
      "runtime true ***",
      "node 24 cwd is workspace true",
      "seen first",
      "post of owner main pre way",
      "post of first main pre way",
    ]);
    expect(jobOf(run).steps.map((step) => `${step.phase} ${step.name}`)).toEqual([
      "pre Pre $/actions/spy",
      "pre Pre $/actions/spy",
      "main First",
      "main Run $/actions/spy",
      'main Run echo "seen first"',
      "post Post Run $/actions/spy",
      "post Post First",
    ]);
  });

  test("a failed main still has its post, by its post-if, and an unknown input is a warning", async () => {
    await using world = await createWorld({
      ...SPY,
      ...oneJob(`- uses: $/actions/spy\n  with: { who: fail, nonsense: 1 }`),
    });
    const run = await world.run("push");
    expect(run.conclusion).toBe("failure");
    expect(jobOf(run).steps.map((step) => step.conclusion)).toEqual([
      "success",
      "failure",
      "success",
    ]);
    expect(logOf(run)).toContain("post of fail");
    expect(jobOf(run).annotations.map((each) => each.message)).toContain(
      "Unexpected input(s) 'nonsense', valid inputs are ['who', 'two words']",
    );
  });

  test("a skipped step has no post", async () => {
    await using world = await createWorld({
      ...SPY,
      ...oneJob(`- uses: $/actions/spy\n  if: false`),
    });
    const run = await world.run("push");
    expect(jobOf(run).steps.map((step) => `${step.phase} ${step.conclusion}`)).toEqual([
      "pre success",
      "main skipped",
    ]);
  });
});

describe("composite actions", () => {
  test("nest, hand inputs and outputs on, and keep their steps to themselves", async () => {
    await using world = await createWorld({
      ...SPY,
      "actions/outer/action.yml": composite(`
    - id: inner
      uses: $/actions/inner
      with: { value: "<\${{ inputs.value }}>" }
    - run: echo "outer sees [\${{ steps.job-step.outputs.x }}] $FROM_STEP $GITHUB_ACTION_PATH" | sed "s,$GITHUB_ACTION_PATH,ACTION_PATH,"
      shell: bash
`),
      "actions/inner/action.yml": composite(`
    - id: inner
      shell: bash
      working-directory: \${{ inputs.folder }}
      run: |
        echo "answer=\${{ inputs.value }}" >> "$GITHUB_OUTPUT"
        echo "LEFT=behind" >> "$GITHUB_ENV"
        test -f "$GITHUB_ACTION_PATH/action.yml"
    - uses: $/actions/leaf
`),
      "actions/leaf/action.yml": `{ name: l, description: d, runs: { using: node24, main: leaf.js, post: leaf.js } }`,
      "actions/leaf/leaf.js": `console.log("leaf", process.env.LEFT);`,
      ...oneJob(`
- id: job-step
  run: echo x=hidden >> "$GITHUB_OUTPUT"
- id: outer
  uses: $/actions/outer
  env: { FROM_STEP: from-step }
  with: { value: given }
- run: echo "got \${{ steps.outer.outputs.answer }} $LEFT"
`),
    });
    const run = await world.run("push");
    expectSuccess(run);
    expect(logOf(run)).toContain("outer sees [] from-step ACTION_PATH");
    expect(logOf(run)).toContain("got <given>!! behind");
    expect(
      logOf(run)
        .split("\n")
        .filter((line) => line === "leaf behind"),
    ).toHaveLength(2);
    // One step on GitHub's page, whatever is inside; posts of inner actions show as their own.
    expect(jobOf(run).steps).toHaveLength(4);
  });

  test("a failing step fails the action; its own failure() and always() see it", async () => {
    await using world = await createWorld({
      "actions/c/action.yml": composite(`
    - run: exit 4
      shell: bash
    - run: echo skipped-step
      shell: bash
    - run: echo cleanup-step
      shell: bash
      if: failure()
    - run: echo soft; exit 1
      shell: bash
      if: always()
      continue-on-error: true
`),
      ...oneJob(`- uses: $/actions/c\n- run: echo after`),
    });
    const run = await world.run("push");
    expect(jobOf(run).steps.map((step) => step.conclusion)).toEqual(["failure", "skipped"]);
    expect(logOf(run)).not.toMatch(/^skipped-step/m);
    expect(logOf(run)).toMatch(/^cleanup-step/m);
    expect(logOf(run)).toMatch(/^soft$/m);
  });

  test("one that uses itself ends with a sentence", async () => {
    await using world = await createWorld({
      "actions/c/action.yml": composite("    - uses: $/actions/c\n"),
      ...oneJob("- uses: $/actions/c"),
    });
    const run = await world.run("push");
    expect(run.conclusion).toBe("failure");
    expect(jobOf(run).annotations[0]?.message).toContain("more than 10 levels deep");
  });
});

describe("where an action comes from", () => {
  test("$/ is the commit of the workflow, ./ is the workspace, OWNER/REPO@ref another repository", async () => {
    const say = (word: string) =>
      `{ name: s, description: d, runs: { using: composite, steps: [{ shell: bash, run: "echo said ${word}" }] } }`;
    await using world = await createWorld({
      "actions/say/action.yml": say("committed"),
      ...oneJob(`
- run: mkdir -p actions/say && echo "$ACTION" > actions/say/action.yml
  env: { ACTION: '${say("workspace")}' }
- uses: $/actions/say
- uses: ./actions/say
- uses: other/tools/say@main
- uses: other/tools@main
`),
    });
    await world.commit("other/tools", {
      "say/action.yml": say("elsewhere"),
      "action.yml": say("root"),
    });
    const run = await world.run("push");
    expectSuccess(run);
    expect(logOf(run).match(/^said \w+/gm)).toEqual([
      "said committed",
      "said workspace",
      "said elsewhere",
      "said root",
    ]);
  });

  test.each([
    ["actions/cache@v5", "The twin runs actions of repositories that were pushed to it"],
    ["docker://alpine", "and of others only actions/checkout, actions/setup-node"],
    ["$/no/such", "Can't find 'action.yml' or 'action.yaml' for '$/no/such'."],
    ["./no/such", "Is actions/checkout missing before it?"],
    [
      "$/actions/old",
      "'using: node20' cannot run here. The twin runs node24 and composite actions.",
    ],
    ["$/actions/broken", "actions/broken/action.yml (Line: 1, Col: 35): Unexpected value 'nope'"],
    ["$/actions/empty", "has no file 'dist/index.js' at its commit. Was its bundle committed?"],
  ])("%s fails its step with a sentence", async (uses, sentence) => {
    await using world = await createWorld({
      "actions/old/action.yml": `{ name: o, description: d, runs: { using: node20, main: x.js } }`,
      "actions/broken/action.yml": `{ name: b, runs: { using: node24, nope: 1 } }`,
      "actions/empty/action.yml": `{ name: e, description: d, runs: { using: node24, main: dist/index.js } }`,
      ...oneJob(`- uses: ${uses}\n- run: echo tidy\n  if: always()`),
    });
    const run = await world.run("push");
    expect(run.conclusion).toBe("failure");
    expect(jobOf(run).annotations[0]?.message).toContain(sentence);
    expect(jobOf(run).steps.at(-1)?.conclusion).toBe("success");
  });

  test("a pre inside a composite action is refused rather than left out", async () => {
    await using world = await createWorld({
      ...SPY,
      "actions/c/action.yml": composite("    - uses: $/actions/spy\n"),
      ...oneJob("- uses: $/actions/c"),
    });
    const run = await world.run("push");
    expect(jobOf(run).annotations[0]?.message).toContain(
      "the twin runs 'pre' only for steps of a job",
    );
  });

  test("secrets are unknown inside an action", async () => {
    await using world = await createWorld(
      {
        "actions/c/action.yml": composite(
          `    - run: echo "\${{ env.GIVEN }}"\n      shell: bash\n`,
        ),
        ...oneJob(`- uses: $/actions/c\n  env: { GIVEN: plain }`),
      },
      { secrets: { [APP]: { KEY: "k" } } },
    );
    expect(logOf(await world.run("push"))).toContain("plain");
  });
});
