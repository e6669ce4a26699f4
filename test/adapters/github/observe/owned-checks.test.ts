import { describe, expect, test } from "vitest";
import type { ChecksSeen } from "../../../../src/domain/github/repository-check.ts";
import { reply, type Script, scriptedApi, sha, steps } from "../scripted-api.ts";

const HEAD = sha("a");
const BASE = sha("b");
const CI = ".github/workflows/ci.yml";
const OWN = { run: 9, workflowFile: "factory.yml" };
const ASKED = { pullRequest: 4, head: HEAD, bases: [BASE], own: OWN };
const REPOSITORY = { full_name: "OWNER/millwright" };

function run(id: number, more: Record<string, unknown> = {}) {
  return {
    id,
    name: "CI",
    path: `OWNER/millwright/${CI}@refs/heads/main`,
    run_attempt: 2,
    status: "completed",
    conclusion: "failure",
    event: "pull_request",
    repository: REPOSITORY,
    head_repository: REPOSITORY,
    ...more,
  };
}

function job(id: number, more: Record<string, unknown> = {}) {
  return {
    id,
    name: "test",
    run_attempt: 2,
    status: "completed",
    conclusion: "failure",
    check_run_url: `https://api.github.com/repos/OWNER/millwright/check-runs/${id}`,
    ...more,
  };
}

function checkRun(id: number, slug: string, more: Record<string, unknown> = {}) {
  const state = { status: "completed", conclusion: "failure" };
  return { id, name: "lint", app: { slug }, ...state, ...more };
}

const runs = (...all: unknown[]) => ({ total_count: all.length, workflow_runs: all });
const jobs = (...all: unknown[]) => ({ total_count: all.length, jobs: all });
const checkRuns = (...all: unknown[]) => ({ total_count: all.length, check_runs: all });

const status = (id: number, state: string, context = "ci/jenkins") => ({ id, context, state });
const statuses = (...all: unknown[]) => ({ total_count: all.length, statuses: all });

/** An API on which nothing is red, with what a test says otherwise. */
function api(script: Script) {
  return scriptedApi({
    "GET /actions/runs": runs(),
    [`GET /commits/${HEAD}/check-runs`]: checkRuns(),
    [`GET /commits/${BASE}/check-runs`]: checkRuns(),
    [`GET /commits/${HEAD}/status`]: statuses(),
    [`GET /commits/${BASE}/status`]: statuses(),
    "GET /pulls/4/files": [{ filename: "src/quote.ts" }],
    ...script,
  });
}

async function read(script: Script): Promise<ChecksSeen> {
  const seen = await api(script).github.checksOn(ASKED);
  if ("unknown" in seen) throw new Error(seen.unknown);
  return seen.known;
}

describe("the repository's own checks of a head", () => {
  test("cost three requests where nothing is red", async () => {
    const passed = run(7, { run_attempt: 1, conclusion: "success" });
    const { github, names } = api({ "GET /actions/runs": runs(passed) });
    const seen = await github.checksOn(ASKED);
    expect(seen).toMatchObject({ known: { checks: [{ state: "passed" }], bases: [] } });
    expect(names()).toHaveLength(3);
  });

  test("that a CI reports as commit statuses stand beside check runs, and are compared with the base", async () => {
    const seen = await read({
      [`GET /commits/${HEAD}/status`]: statuses(
        status(1, "failure"),
        status(2, "success", "ci/docs"),
        status(3, "pending", "ci/slow"),
        status(4, "error", "ci/down"),
      ),
      [`GET /commits/${BASE}/status`]: statuses(status(5, "success")),
    });
    expect(seen.checks.map(({ name, key, state }) => [name, key, state])).toEqual([
      ["ci/jenkins", "status:ci/jenkins", "failed"],
      ["ci/docs", "status:ci/docs", "passed"],
      ["ci/slow", "status:ci/slow", "waiting"],
      ["ci/down", "status:ci/down", "stopped"],
    ]);
    expect(seen.bases).toEqual([{ commit: BASE, states: { "status:ci/jenkins": "passed" } }]);
  });

  test("that are red are told with their places, the end of their log, and the base", async () => {
    const log = [
      "2026-11-29T08:00:00.1234567Z ##[group]Run npm test",
      "2026-11-29T08:00:00.2234567Z ##[endgroup]",
      "2026-11-29T08:00:01.0000000Z \u001b[31mexpected 400, got 200\u001b[0m",
      "2026-11-29T08:00:01.1000000Z ##[error]Process completed with exit code 1.",
      "2026-11-29T08:00:02.0000000Z Cleaning up",
    ].join("\n");
    const marks = [
      { path: ".github", start_line: 9, annotation_level: "failure", message: "exit code 1" },
      { path: "src/quote.ts", start_line: 3, annotation_level: "failure", message: "no\nerror" },
      { path: "../a\n\u202Eb", start_line: 0, annotation_level: "failure", message: "" },
      { path: "src/quote.ts", start_line: 5, annotation_level: "warning", message: "long" },
    ];
    const seen = await read({
      "GET /actions/runs": steps(runs(run(7)), runs(run(5, { conclusion: "success" }))),
      "GET /actions/runs/7/jobs": jobs(
        job(71, { run_attempt: 1 }),
        job(72),
        job(73, { name: "docs", conclusion: "success" }),
        job(74, { name: "slow", conclusion: "cancelled" }),
      ),
      "GET /actions/runs/5/jobs": jobs(job(51, { conclusion: "success" })),
      "GET /check-runs/72/annotations": marks,
      "GET /actions/jobs/72/logs": reply(200, log, { "content-type": "text/plain" }),
    });
    const key = `actions:${CI}:test`;
    expect(seen).toEqual({
      head: HEAD,
      checks: [
        {
          name: "CI / test",
          key,
          state: "failed",
          run: { id: 7, attempt: 2 },
          marks: [
            { path: "src/quote.ts", line: 3, message: "no error" },
            { path: "../a b", line: 1, message: "" },
          ],
          tail: ["expected 400, got 200"],
        },
        // What was cancelled with a failure says nothing of its own.
        expect.objectContaining({ name: "CI / docs", state: "passed", marks: [], tail: [] }),
      ],
      bases: [{ commit: BASE, states: { [key]: "passed" } }],
      changed: ["src/quote.ts"],
    });
  });

  test("at their first attempt are to be run again, so nothing of them is read", async () => {
    const { github, names } = api({
      "GET /actions/runs": steps(runs(run(7, { run_attempt: 1 })), runs()),
      "GET /actions/runs/7/jobs": jobs(job(72, { run_attempt: 1 })),
    });
    const seen = await github.checksOn(ASKED);
    expect(seen).toMatchObject({ known: { checks: [{ run: { attempt: 1 }, marks: [] }] } });
    expect(names().filter((name) => /annotations|logs/.test(name))).toEqual([]);
  });

  test("that pass at a second try have failed before", async () => {
    const seen = await read({
      "GET /actions/runs": runs(run(7, { conclusion: "success" })),
      "GET /actions/runs/7/jobs": jobs(
        job(71, { run_attempt: 1 }),
        job(72, { conclusion: "success" }),
      ),
    });
    expect(seen.checks).toMatchObject([{ state: "passed", failedBefore: true }]);
  });

  test.each([
    ["a run that never began", { conclusion: "startup_failure" }, "stopped"],
    ["one that was cancelled", { conclusion: "cancelled" }, "stopped"],
    ["one that goes on", { status: "in_progress", conclusion: null }, "waiting"],
    ["one that waits for a person", { conclusion: "action_required" }, "asking"],
    ["a conclusion that nobody knows", { conclusion: "moonlit" }, "waiting"],
  ])("%s is one check", async (_what, more, state) => {
    const seen = await read({
      "GET /actions/runs": steps(runs(run(7, more)), runs()),
      "GET /actions/runs/7/jobs": jobs(),
      "GET /check-runs/7/annotations": [],
    });
    expect(seen.checks).toMatchObject([{ name: "CI", state }]);
  });

  test("of other Apps are read as they show them; the factory's own and those of jobs are none", async () => {
    const seen = await read({
      [`GET /commits/${HEAD}/check-runs`]: checkRuns(
        checkRun(31, "github-actions", { name: "factory/gate" }),
        checkRun(32, "linter"),
      ),
      [`GET /commits/${BASE}/check-runs`]: checkRuns(
        checkRun(33, "linter", { conclusion: "success" }),
      ),
      "GET /check-runs/32/annotations": [],
    });
    expect(seen.checks).toEqual([
      { name: "lint", key: "linter:lint", state: "failed", marks: [], tail: [] },
    ]);
    expect(seen.bases).toEqual([{ commit: BASE, states: { "linter:lint": "passed" } }]);
  });

  test("are none of the factory's runs: of its caller, and of what calls the same project", async () => {
    const called = (path: string) => ({ referenced_workflows: [{ path }] });
    const seen = await read({
      "GET /actions/runs": runs(
        run(6, { path: ".github/workflows/factory.yml" }),
        run(7, {
          path: ".github/workflows/prove.yml",
          ...called("OTHER/works/.github/workflows/prove.yml@v0"),
        }),
        run(8, {
          ...called("OTHER/shared/.github/workflows/test.yml@v1"),
          conclusion: "success",
          run_attempt: 1,
        }),
      ),
      "GET /actions/runs/9": run(9, called("OTHER/works/.github/workflows/factory.yml@v0")),
    });
    expect(seen.checks).toMatchObject([{ run: { id: 8 } }]);
  });

  test.each([
    ["a fork", { full_name: "stranger/millwright" }],
    ["a fork that is gone", null],
  ])("are none of those that %s has on the same commit", async (_whose, repository) => {
    const foreign = run(8, { head_repository: repository, run_attempt: 1 });
    const passed = run(7, { run_attempt: 1, conclusion: "success" });
    const going = run(9, { head_repository: repository, status: "queued", conclusion: null });
    const seen = await read({ "GET /actions/runs": runs(going, foreign, passed) });
    expect(seen.checks).toMatchObject([{ run: { id: 7 }, state: "passed" }]);
  });

  test("of a base are none of those that a fork has on it", async () => {
    const red = run(5, { head_repository: { full_name: "stranger/millwright" } });
    const seen = await read({
      "GET /actions/runs": steps(runs(run(7)), runs(red)),
      "GET /actions/runs/7/jobs": jobs(job(72)),
      "GET /check-runs/72/annotations": [],
      "GET /actions/jobs/72/logs": reply(410, { message: "Gone" }),
    });
    expect(seen.bases).toEqual([{ commit: BASE, states: {} }]);
  });

  test.each([
    ["green at once", {}, { conclusion: "success" }, "passed"],
    ["skipped, as what only pull requests have", {}, { conclusion: "skipped" }, undefined],
    ["red in a run that is green all the same", {}, { conclusion: "failure" }, "failed"],
    ["red", { conclusion: "failure" }, { conclusion: "failure" }, "failed"],
    ["not ended", { status: "queued", conclusion: null }, { conclusion: null }, undefined],
  ])("of a base that is %s are compared job by job", async (_how, runMore, jobMore, state) => {
    const first = { run_attempt: 1 };
    const seen = await read({
      "GET /actions/runs": steps(
        runs(run(7)),
        runs(run(5, { ...first, event: "push", conclusion: "success", ...runMore })),
      ),
      "GET /actions/runs/7/jobs": jobs(job(72)),
      "GET /actions/runs/5/jobs": jobs(job(51, { ...first, ...jobMore })),
      "GET /check-runs/72/annotations": [],
      "GET /actions/jobs/72/logs": reply(410, { message: "Gone" }),
    });
    expect(seen.bases[0]?.states).toEqual(
      state === undefined ? {} : { [`actions:${CI}:test`]: state },
    );
  });

  test.each([
    ["a later run of the same kind is green", [{ conclusion: "failure" }, {}], ["passed"]],
    ["a later one was cancelled", [{}, { conclusion: "cancelled" }], ["passed"]],
    [
      "the push's was cancelled by the pull request's",
      [{ event: "push", conclusion: "cancelled" }, {}],
      ["passed"],
    ],
    ["a later one has not ended", [{}, { status: "queued", conclusion: null }], ["waiting"]],
    [
      "a later one was skipped",
      [{ conclusion: "action_required" }, { conclusion: "skipped" }],
      ["asking"],
    ],
    ["both count", [{ event: "push" }, { conclusion: "action_required" }], ["passed", "asking"]],
  ])("of several runs of a workflow: %s", async (_what, two, states) => {
    const [one, other] = two.map((more, at) =>
      run(7 + at, { run_attempt: 1, conclusion: "success", ...more }),
    );
    const seen = await read({ "GET /actions/runs": runs(other, one) });
    expect(seen.checks.map(({ state }) => state)).toEqual(states);
  });

  test("that failed after they had passed have passed before", async () => {
    const seen = await read({
      "GET /actions/runs": steps(runs(run(7)), runs()),
      "GET /actions/runs/7/jobs": jobs(job(71, { run_attempt: 1, conclusion: "success" }), job(72)),
      "GET /check-runs/72/annotations": [],
      "GET /actions/jobs/72/logs": reply(410, { message: "Gone" }),
    });
    expect(seen.checks).toMatchObject([{ state: "failed", passedBefore: true }]);
  });

  test("may not be for this token to see", async () => {
    const { github } = api({
      "GET /actions/runs": reply(403, { message: "Resource not accessible" }),
    });
    expect(await github.checksOn(ASKED)).toEqual({
      unknown: `the checks of ${HEAD}: Resource not accessible`,
    });
  });

  test("are read to the end where they are more than GitHub lists at once", async () => {
    const all = Array.from({ length: 230 }, (_, at) =>
      run(at + 1, { run_attempt: 1, conclusion: "success", path: `.github/workflows/${at}.yml` }),
    );
    const page = (from: number, to: number) => ({
      total_count: all.length,
      workflow_runs: all.slice(from, to),
    });
    const { github, names } = api({
      "GET /actions/runs": steps(page(0, 100), page(100, 200), page(200, 230)),
    });
    const seen = await github.checksOn(ASKED);
    expect("known" in seen && seen.known.checks).toHaveLength(230);
    expect(names()).toHaveLength(5);
  });

  test.each([
    ["more than five hundred", 501, [1, 2, 3, 4, 5]],
    ["a list that moves while it is read", 130, [1, 1]],
  ])("are unknown where there are %s", async (_what, total, pages) => {
    const listed = pages.map((first) => ({
      total_count: total,
      workflow_runs: Array.from({ length: 100 }, (_, at) => run(first * 100 + at)),
    }));
    const { github, names } = api({ "GET /actions/runs": steps(...listed) });
    expect(await github.checksOn(ASKED)).toEqual({
      unknown: expect.stringContaining(`${total} of workflow_runs, and `),
    });
    expect(names().filter((name) => name.endsWith("/runs"))).toHaveLength(pages.length);
  });

  test("with a log that is gone are told without it", async () => {
    const seen = await read({
      "GET /actions/runs": steps(runs(run(7)), runs()),
      "GET /actions/runs/7/jobs": jobs(job(72)),
      "GET /check-runs/72/annotations": [],
      "GET /actions/jobs/72/logs": reply(410, { message: "Gone" }),
    });
    expect(seen.checks).toMatchObject([{ state: "failed", tail: [] }]);
  });
});

describe("failed jobs are run again once", () => {
  const effect = { kind: "run-jobs-again", key: "again/7/1", run: 7, attempt: 1 } as const;

  test("while the run stands at the attempt that was read", async () => {
    const { github, names } = api({
      "GET /actions/runs/7": run(7, { run_attempt: 1 }),
      "POST /actions/runs/7/rerun-failed-jobs": reply(201, {}),
    });
    expect(await github.apply([effect])).toMatchObject([{ outcome: "done" }]);
    expect(names()).toEqual(["GET /actions/runs/7", "POST /actions/runs/7/rerun-failed-jobs"]);
  });

  test("and not where a later attempt was begun, as after an answer that was lost", async () => {
    const { github } = api({
      "GET /actions/runs/7": steps(run(7, { run_attempt: 1 }), run(7)),
      "POST /actions/runs/7/rerun-failed-jobs": "lost",
    });
    expect(await github.apply([effect])).toMatchObject([{ outcome: "done" }]);
    expect(await github.apply([effect])).toMatchObject([{ outcome: "already" }]);
  });
});
