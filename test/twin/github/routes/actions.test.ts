import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dispatchInputs } from "../../../../src/twin/github/git/workflow-file.ts";
import type { RunJob, RunSource, RunSummary } from "../../../../src/twin/github/twin-github.ts";
import { loadConformance } from "../conformance.ts";
import { createWorld, type Reply, type World } from "../world.ts";

const ACTIONS = "/repos/{owner}/{repo}/actions";
const DISPATCH = `POST ${ACTIONS}/workflows/{workflow_id}/dispatches`;
const conformance = loadConformance();
let world: World;
let token: string;

const FACTORY = `
on:
  workflow_dispatch:
    inputs:
      issue: { required: true, type: string }
      task: { type: choice, options: [open, claim], default: open }
      deadline: { required: true, default: soon }
jobs: {}
`;

beforeAll(async () => {
  world = await createWorld();
  await world.commit({
    ".github/workflows/factory.yml": FACTORY,
    ".github/workflows/bare.yml": "on: workflow_dispatch\njobs: {}\n",
    ".github/workflows/push.yml": "on: push\njobs: {}\n",
    ".github/workflows/broken.yml": "on: [\n",
  });
  await world.commit({ ".github/workflows/new.yml": FACTORY }, "side", "main");
  token = world.job({ actions: "write", contents: "write" });
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => {
  world.events.length = 0;
});

async function ask(route: string, values?: Record<string, unknown>, as = token): Promise<Reply> {
  const reply = await world.ask(as, route, values);
  expect(conformance.answer(route, reply)).toEqual([]);
  return reply;
}

describe("a workflow dispatch", () => {
  const ring = (values: Record<string, unknown>) =>
    ask(DISPATCH, { workflow_id: "factory.yml", ref: "main", ...values });

  test("of a job's token starts a run, with the inputs as given", async () => {
    const head = (await world.ask("", "GET /repos/{owner}/{repo}/commits/{ref}", { ref: "main" }))
      .body;
    const reply = await ring({ inputs: { issue: "4" } });
    expect(reply).toMatchObject({ status: 204, body: undefined });
    expect(world.events).toMatchObject([
      {
        name: "workflow_dispatch",
        startsRuns: "yes",
        workflow: "factory.yml",
        inputs: { issue: "4" },
        ref: "refs/heads/main",
        sha: head.sha,
        actor: { id: 41898282, login: "github-actions[bot]", type: "Bot" },
        causedByRun: 7,
        payload: { ref: "refs/heads/main", workflow: ".github/workflows/factory.yml" },
      },
    ]);
    expect(world.events.flatMap((event) => conformance.event(event))).toEqual([]);
  });

  test("has null for inputs where there are none", async () => {
    expect((await ring({ workflow_id: "bare.yml" })).status).toBe(204);
    expect(world.events).toMatchObject([{ inputs: {}, payload: { inputs: null } }]);
    expect(world.events.flatMap((event) => conformance.event(event))).toEqual([]);
  });

  test("takes a branch of its own, and turns numbers and booleans to text", async () => {
    expect((await ring({ ref: "side", inputs: { issue: 4, deadline: true } })).status).toBe(204);
    expect(world.events).toMatchObject([
      { ref: "refs/heads/side", inputs: { issue: "4", deadline: "true" } },
    ]);
  });

  test.each([
    ["an input the file does not know", { inputs: { issue: "4", isue: "4" } }, "Unexpected inputs"],
    ["a required input missing", { inputs: {} }, "Required input 'issue' not provided"],
    ["a value that is no choice", { inputs: { issue: "4", task: "x" } }, "not in the list"],
    [
      "a ref that is not there",
      { ref: "missing", inputs: { issue: "4" } },
      "No ref found for: missing",
    ],
    [
      "a workflow without the trigger",
      { workflow_id: "push.yml" },
      "does not have 'workflow_dispatch'",
    ],
    [
      "a workflow that is no YAML",
      { workflow_id: "broken.yml" },
      "does not have 'workflow_dispatch'",
    ],
    ["an input that is an object", { inputs: { issue: {} } }, "Invalid request"],
    [
      "26 inputs",
      { inputs: Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`i${index}`, "x"])) },
      "No more than 25 properties",
    ],
    ["inputs over 65,535 characters", { inputs: { issue: "x".repeat(65_535) } }, "too large"],
    [
      "run details wanted",
      { inputs: { issue: "4" }, return_run_details: true },
      "return_run_details",
    ],
  ])("is refused with %s", async (_, values, message) => {
    const reply = await ring(values);
    expect(reply.status).toBe(422);
    expect(reply.body.message).toContain(message);
    expect(world.events).toEqual([]);
  });

  test.each(["missing.yml", "new.yml", "../factory.yml", "12"])(
    "of %s is 404: the default branch decides what exists",
    async (workflow_id) => {
      expect((await ring({ workflow_id, inputs: { issue: "4" } })).status).toBe(404);
    },
  );
});

describe("what a file declares for its dispatch", () => {
  test.each([
    ["on: workflow_dispatch", []],
    ["on: [push, workflow_dispatch]", []],
    ["on: {workflow_dispatch: null}", []],
    ["on: {workflow_dispatch: {inputs: {a: null, b: {required: true}}}}", ["a", "b"]],
    ["on: push", undefined],
    ["on: {push: {}}", undefined],
    ["jobs: {}", undefined],
    ["- 1", undefined],
  ])("%s", (text, names) => {
    const declared = dispatchInputs(text);
    expect(declared === undefined ? undefined : [...declared.keys()]).toEqual(names);
  });
});

describe("a repository dispatch", () => {
  const send = (values: Record<string, unknown>) =>
    ask("POST /repos/{owner}/{repo}/dispatches", values);

  test("starts runs also for a job's token", async () => {
    const reply = await send({ event_type: "ring", client_payload: { issue: 4 } });
    expect(reply).toMatchObject({ status: 204, body: undefined });
    expect(world.events).toMatchObject([
      {
        name: "repository_dispatch",
        action: "ring",
        startsRuns: "yes",
        ref: "refs/heads/main",
        payload: { action: "ring", branch: "main", client_payload: { issue: 4 } },
      },
    ]);
    expect(world.events.flatMap((event) => conformance.event(event))).toEqual([]);
  });

  test("is refused without a type, or with more than 10 properties", async () => {
    expect((await send({})).status).toBe(422);
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`p${index}`, 1]));
    const reply = await send({ event_type: "ring", client_payload: many });
    expect(reply).toMatchObject({ status: 422 });
    expect(reply.body.message).toContain(
      "No more than 10 properties are allowed; 11 were supplied.",
    );
  });
});

function summary(id: number, more: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    attempt: 1,
    name: "Factory",
    path: ".github/workflows/factory.yml",
    event: "workflow_dispatch",
    status: "completed",
    conclusion: "success",
    headBranch: "main",
    headSha: "0".repeat(40),
    actor: "OWNER",
    createdAt: "2026-11-02T10:00:00Z",
    updatedAt: "2026-11-02T10:01:00.500Z",
    ...more,
  };
}

describe("the jobs of runs", () => {
  const job = (id: number, more: Partial<RunJob> = {}): RunJob => ({
    id,
    name: "test",
    attempt: 2,
    conclusion: "failure",
    startedAt: "2026-11-02T10:00:00Z",
    durationMs: 1500,
    runsOn: "ubuntu-24.04",
    annotations: [
      { level: "error", message: "No error", file: "src/one.txt", line: 3 },
      { level: "error", message: "Process completed with exit code 1." },
    ],
    log: ["expected 400", "##[error]Process completed with exit code 1."],
    ...more,
  });
  const approved: number[] = [];
  const jobs = [job(501, { attempt: 1 }), job(502)];

  beforeEach(() => {
    approved.length = 0;
    const path = ".github/workflows/push.yml";
    world.github.setRuns({
      list: () => [summary(105, { path, attempt: 2, conclusion: "failure", jobs })],
      cancel: () => false,
      approve: (_, run) => approved.push(run) > 0 && run === 105,
    });
  });

  test("are listed of the newest attempt, or of all", async () => {
    const list = async (query: object) =>
      (await ask(`GET ${ACTIONS}/runs/{run_id}/jobs`, { run_id: 105, ...query })).body.jobs;
    expect(await list({})).toMatchObject([{ id: 502, run_attempt: 2, conclusion: "failure" }]);
    expect(await list({ filter: "all" })).toHaveLength(2);
    const missing = await ask(`GET ${ACTIONS}/runs/{run_id}/jobs`, { run_id: 5 });
    expect(missing.status).toBe(404);
  });

  test("tell their log elsewhere, each line with its time", async () => {
    const headers = { authorization: `Bearer ${token}` };
    const address = `${world.github.url}/repos/OWNER/app/actions/jobs/502/logs`;
    const sent = await fetch(address, { headers, redirect: "manual" });
    expect(sent.status).toBe(302);
    const log = await fetch(sent.headers.get("location") ?? "", { headers });
    expect((await log.text()).split("\n")[0]).toBe("2026-11-02T10:00:00.0000000Z expected 400");
  });

  test("are check runs, with the places that they name", async () => {
    const route = "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations";
    const reader = world.job({ checks: "read" });
    const { body } = await ask(route, { check_run_id: 502 }, reader);
    expect(body).toMatchObject([
      { path: "src/one.txt", start_line: 3, annotation_level: "failure", message: "No error" },
      { path: ".github", start_line: 1 },
    ]);
    expect((await ask(route, { check_run_id: 9 }, reader)).status).toBe(404);
  });

  test("begin once a person lets their run, and no job's token may", async () => {
    const route = `POST ${ACTIONS}/runs/{run_id}/approve`;
    const { writer } = world.people;
    expect((await ask(route, { run_id: 105 }, writer.token)).status).toBe(201);
    expect(approved).toEqual([105]);
    expect((await ask(route, { run_id: 105 })).status).toBe(403);
    world.github.setRuns({ list: () => [summary(105)], cancel: () => false });
    expect((await ask(route, { run_id: 105 }, writer.token)).status).toBe(403);
  });
});

describe("runs", () => {
  const cancelled: number[] = [];
  const source: RunSource = {
    list: (repository) => {
      expect(repository).toBe("OWNER/app");
      const path = ".github/workflows/push.yml";
      const bot = "github-actions[bot]";
      return [
        summary(101),
        summary(102, { event: "push", path, actor: "writer", conclusion: "failure" }),
        summary(103, { status: "in_progress", conclusion: null, actor: bot, displayTitle: "Ring" }),
        summary(104, { path: ".github/workflows/gone.yml", headBranch: "side" }),
      ];
    },
    cancel: (_, runId) => {
      cancelled.push(runId);
      return runId === 103;
    },
  };

  const listed = async (route: string, values: Record<string, unknown> = {}) => {
    const { body } = await ask(`GET ${ACTIONS}/${route}`, values);
    expect(body.total_count).toBe(body.workflow_runs.length);
    return body.workflow_runs.map(({ id }: { id: number }) => id);
  };

  beforeEach(() => {
    cancelled.length = 0;
    world.github.setRuns(source);
  });

  test("are none before a runner tells of them", async () => {
    await using untold = await createWorld();
    const reader = untold.job({ actions: "read" });
    const { body } = await untold.ask(reader, `GET ${ACTIONS}/runs`);
    expect(body).toEqual({ total_count: 0, workflow_runs: [] });
    const missing = await untold.ask(reader, `GET ${ACTIONS}/runs/{run_id}`, { run_id: 101 });
    expect(missing.status).toBe(404);
  });

  test.each([
    [{}, [104, 103, 102, 101]],
    [{ event: "push" }, [102]],
    [{ status: "in_progress" }, [103]],
    [{ status: "failure" }, [102]],
    [{ actor: "writer" }, [102]],
    [{ branch: "side" }, [104]],
    [{ head_sha: "1".repeat(40) }, []],
  ])("are filtered by %j, newest first", async (query, ids) => {
    expect(await listed("runs", query)).toEqual(ids);
  });

  test("are not filtered by what the twin does not know", async () => {
    const reply = await ask(`GET ${ACTIONS}/runs`, { created: ">2026-01-01" });
    expect(reply).toMatchObject({
      status: 422,
      body: { message: "The twin does not filter by created." },
    });
  });

  test("are listed by workflow: file, number, or a file that is gone", async () => {
    const route = "workflows/{workflow_id}/runs";
    expect(await listed(route, { workflow_id: "factory.yml" })).toEqual([103, 101]);
    const { body } = await ask(`GET ${ACTIONS}/runs/{run_id}`, { run_id: 101 });
    expect(await listed(route, { workflow_id: body.workflow_id })).toEqual([103, 101]);
    expect(await listed(route, { workflow_id: "gone.yml" })).toEqual([104]);
    const missing = await ask(`GET ${ACTIONS}/${route}`, { workflow_id: "missing.yml" });
    expect(missing.status).toBe(404);
  });

  test("are read one by one, numbered within their workflow", async () => {
    const { body } = await ask(`GET ${ACTIONS}/runs/{run_id}`, { run_id: 103 });
    expect(body).toMatchObject({
      id: 103,
      run_number: 2,
      run_attempt: 1,
      display_title: "Ring",
      actor: { login: "github-actions[bot]" },
      head_commit: null,
    });
  });

  test("are cancelled while they go on, else 409", async () => {
    const cancel = (run_id: number) => ask(`POST ${ACTIONS}/runs/{run_id}/cancel`, { run_id });
    expect(await cancel(103)).toMatchObject({ status: 202, body: {} });
    expect((await cancel(101)).status).toBe(409);
    expect((await cancel(99)).status).toBe(404);
    expect(cancelled).toEqual([103, 101]);
  });
});
