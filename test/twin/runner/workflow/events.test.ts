import { describe, expect, test } from "vitest";
import type { TwinEvent } from "../../../../src/twin/github/twin-github.ts";
import { isStartedBy } from "../../../../src/twin/runner/workflow/events.ts";
import { createExpressions } from "../../../../src/twin/runner/workflow/expressions.ts";
import { loadGitHubLanguage } from "../../../../src/twin/runner/workflow/language.ts";
import { readWorkflowFile } from "../../../../src/twin/runner/workflow/workflow-file.ts";
import { APP, createWorld, logOf } from "../world.ts";

const language = await loadGitHubLanguage();
const reader = { language, expressions: createExpressions(language) };

function workflowOn(on: string) {
  const content = `on: ${on}\njobs: { a: { runs-on: x, steps: [{ run: echo }] } }\n`;
  const source = { repository: APP, commit: "0", ref: "refs/heads/main" };
  return readWorkflowFile({ source, path: ".github/workflows/one.yml", content }, reader);
}

function event(name: string, more: Partial<TwinEvent> = {}): TwinEvent {
  return {
    name,
    repository: APP,
    payload: {},
    ref: "refs/heads/main",
    sha: "0",
    actor: { id: 1, login: "a", type: "User" },
    startsRuns: "yes",
    ...more,
  };
}

const push = (ref: string, payload = {}) => event("push", { ref, payload });
const pull = (action: string, base = "main") =>
  event("pull_request", { action, payload: { pull_request: { base: { ref: base } } } });

const ran = (name: string, branch = "x") =>
  event("workflow_run", {
    action: "completed",
    payload: { workflow_run: { name, head_branch: branch } },
  });

describe("on:", () => {
  test.each<[string, TwinEvent, boolean]>([
    ["push", push("refs/heads/x"), true],
    ["[issues, push]", push("refs/heads/x"), true],
    ["issues", push("refs/heads/x"), false],
    ["push", push("refs/heads/x", { deleted: true }), false],
    ["push", push("refs/heads/x", { head_commit: { message: "wip [skip ci]" } }), false],
    ["{ push: { branches: [main] } }", push("refs/heads/main"), true],
    ["{ push: { branches: [main] } }", push("refs/heads/other"), false],
    ["{ push: { branches: ['factory/**', '!factory/no'] } }", push("refs/heads/factory/1/a"), true],
    ["{ push: { branches: ['factory/**', '!factory/no'] } }", push("refs/heads/factory/no"), false],
    ["{ push: { branches-ignore: ['factory/**'] } }", push("refs/heads/factory/1"), false],
    ["{ push: { branches-ignore: ['factory/**'] } }", push("refs/heads/main"), true],
    ["{ push: { branches: [main] } }", push("refs/tags/v1"), false],
    ["{ push: { tags: ['v*'] } }", push("refs/tags/v1.2"), true],
    ["{ push: { tags: ['v*'] } }", push("refs/heads/main"), false],
    ["push", push("refs/tags/v1"), true],
    ["{ push: { paths: ['docs/**'] } }", push("refs/heads/main"), true],
    ["{ push: { paths: ['src/**', '!src/*.md'] } }", push("refs/heads/main"), false],
    ["{ push: { paths-ignore: ['**.md'] } }", push("refs/heads/main"), false],
    ["{ push: { paths-ignore: ['docs/**'] } }", push("refs/heads/main"), true],
    ["issues", event("issues", { action: "labeled" }), true],
    ["{ issues: { types: [labeled] } }", event("issues", { action: "labeled" }), true],
    ["{ issues: { types: labeled } }", event("issues", { action: "opened" }), false],
    ["pull_request", pull("opened"), true],
    ["pull_request", pull("closed"), false],
    ["{ pull_request: { types: [closed] } }", pull("closed"), true],
    ["{ pull_request: { branches: [release] } }", pull("opened"), false],
    [
      "{ repository_dispatch: { types: [go] } }",
      event("repository_dispatch", { action: "go" }),
      true,
    ],
    [
      "{ repository_dispatch: { types: [go] } }",
      event("repository_dispatch", { action: "no" }),
      false,
    ],
    [
      "{ schedule: [{ cron: '0 3 * * *' }] }",
      event("schedule", { payload: { schedule: "0 3 * * *" } }),
      true,
    ],
    [
      "{ schedule: [{ cron: '0 3 * * *' }] }",
      event("schedule", { payload: { schedule: "5 3 * * *" } }),
      false,
    ],
    ["workflow_dispatch", event("workflow_dispatch", { workflow: "one.yml" }), true],
    ["workflow_dispatch", event("workflow_dispatch", { workflow: "two.yml" }), false],
    ["workflow_call", event("workflow_call"), false],
    ["{ workflow_run: { workflows: [Prove], types: [completed] } }", ran("Prove"), true],
    ["{ workflow_run: { workflows: [Prove], types: [completed] } }", ran("prove"), false],
    ["{ workflow_run: { workflows: [Prove], types: [requested] } }", ran("Prove"), false],
    ["{ workflow_run: { workflows: [Prove], branches: [main] } }", ran("Prove"), false],
    ["{ workflow_run: { workflows: [Prove], branches: [main] } }", ran("Prove", "main"), true],
    ["workflow_run", ran("Prove"), false],
  ])("%s", async (on, what, expected) => {
    const changed = async () => ["docs/a.md", "src/b.md"];
    expect(await isStartedBy(workflowOn(on), what, changed)).toBe(expected);
  });
});

describe("events", () => {
  const echo = "jobs: { a: { runs-on: x, steps: [{ run: 'echo ran' }] } }\n";

  test("that start nothing start nothing, and those that wait are shown waiting", async () => {
    await using world = await createWorld({
      ".github/workflows/one.yml": `on: [push, pull_request]\n${echo}`,
    });
    world.runner.handle(world.event("push", { startsRuns: "no" }));
    await world.runner.idle();
    expect(world.runner.runs()).toEqual([]);
    const run = await world.run("pull_request", {
      action: "opened",
      startsRuns: "waits-for-approval",
      payload: { pull_request: { base: { ref: "main" } } },
    });
    expect(run).toMatchObject({ conclusion: "action_required", jobs: [], status: "completed" });
    expect(world.grants).toEqual([]);
  });

  test("read the workflows at their own commit, not at what was pushed since", async () => {
    await using world = await createWorld({ ".github/workflows/one.yml": `on: push\n${echo}` });
    const first = world.event("push");
    await world.commit(APP, {
      ".github/workflows/one.yml": null,
      ".github/workflows/b.yml": `on: issues\n${echo}`,
    });
    world.runner.handle(first);
    world.runner.handle(world.event("push"));
    world.runner.handle(world.event("issues", { action: "opened", sha: "not-a-commit" }));
    await world.runner.idle();
    expect(world.runner.runs().map((run) => [run.event, run.file, run.conclusion])).toEqual([
      ["push", ".github/workflows/one.yml", "success"],
      ["issues", ".github/workflows/b.yml", "success"],
    ]);
  });

  test("filter by the paths that a push and a pull request really changed", async () => {
    await using world = await createWorld({
      ".github/workflows/one.yml": `on: { push: { paths: ['docs/**'] }, pull_request: { paths: ['docs/**'] } }\n${echo}`,
    });
    const before = world.event("push").sha;
    const code = await world.commit(APP, { "src/a.ts": "1" });
    const docs = await world.commit(APP, { "docs/a.md": "1" });
    const side = await world.commit(APP, { "docs/b.md": "1" }, "side");
    const zero = "0".repeat(40);
    const base = (sha: string, head: string) => ({
      pull_request: { base: { ref: "main", sha }, head: { sha: head } },
    });
    for (const more of [
      { sha: code, payload: { before } },
      { sha: docs, payload: { before: code } },
      { sha: side, ref: "refs/heads/side", payload: { before: zero } },
    ]) {
      world.runner.handle(world.event("push", more));
    }
    world.runner.handle(
      world.event("pull_request", { action: "opened", payload: base(docs, side) }),
    );
    world.runner.handle(
      world.event("pull_request", { action: "opened", payload: base(docs, docs) }),
    );
    await world.runner.idle();
    expect(world.runner.runs().map((run) => [run.event, run.sha])).toEqual([
      ["push", docs],
      ["push", side],
      ["pull_request", world.event("push").sha],
    ]);
  });

  test("workflow_dispatch gives typed inputs with defaults, as inputs and as texts in the event", async () => {
    await using world = await createWorld({
      ".github/workflows/one.yml": `
run-name: "Dispatch \${{ inputs.text }}"
on:
  workflow_dispatch:
    inputs:
      text: { type: string, required: true }
      flag: { type: boolean, default: false }
      count: { type: number, default: 2 }
      color: { type: choice, options: [red, green], default: red }
jobs:
  a:
    runs-on: x
    steps:
      - run: echo '\${{ toJSON(inputs) }}' '\${{ toJSON(github.event.inputs) }}' | tr -d ' \\n'
`,
    });
    const run = await world.run("workflow_dispatch", {
      workflow: "one.yml",
      inputs: { text: "hi", flag: "true" },
    });
    expect(logOf(run, "a")).toContain(
      '{"text":"hi","flag":true,"count":2,"color":"red"}{"text":"hi","flag":"true","count":"2","color":"red"}',
    );
    expect(run.title).toBe("Dispatch hi");
  });

  test.each([
    [{}, "input 'text' is required"],
    [{ text: "a", other: "b" }, "input 'other' is not defined. Known: text, flag, color"],
    [{ text: "a", flag: "maybe" }, "'maybe' is not a boolean"],
    [{ text: "a", color: "blue" }, "'blue' is not one of: red, green"],
  ])("a dispatch with %j is a startup failure", async (inputs, sentence) => {
    await using world = await createWorld({
      ".github/workflows/one.yml": `
on: { workflow_dispatch: { inputs: { text: { required: true }, flag: { type: boolean }, color: { type: choice, options: [red, green], default: red } } } }
${echo}`,
    });
    const run = await world.run("workflow_dispatch", { workflow: "one.yml", inputs });
    expect(run).toMatchObject({ conclusion: "startup_failure", jobs: [] });
    expect(run.error).toContain(sentence);
  });
});
