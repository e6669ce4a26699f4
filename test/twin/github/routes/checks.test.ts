import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConformance } from "../conformance.ts";
import { createWorld, type Reply, type World } from "../world.ts";

const MARK = {
  path: "src/one.txt",
  start_line: 1,
  end_line: 1,
  annotation_level: "failure",
  message: "No.",
};
const RUNS = "/repos/{owner}/{repo}/check-runs";
const RUN = `${RUNS}/{check_run_id}`;
const OF_COMMIT = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
const conformance = loadConformance();
let world: World;
let token: string;
let head: string;
let commits = 0;

beforeAll(async () => {
  world = await createWorld({ github: { now: () => new Date("2026-11-02T10:00:00Z") } });
  token = world.job({ checks: "write" });
});
afterAll(() => world[Symbol.asyncDispose]());

async function ask(route: string, values?: Record<string, unknown>, as = token): Promise<Reply> {
  const reply = await world.ask(as, route, values);
  expect(conformance.answer(route, reply)).toEqual([]);
  return reply;
}

/** A commit of its own for each test, so that lists hold what the test made. */
async function start(values: Record<string, unknown> = {}): Promise<Reply> {
  commits += 1;
  head = await world.commit({ "a.txt": `${commits}` });
  return ask(`POST ${RUNS}`, { name: "verify", head_sha: head, ...values });
}

describe("a check run", () => {
  test("begins queued, goes on and ends", async () => {
    const { body: run, status } = await start({
      external_id: "key",
      details_url: "https://x.test/1",
    });
    expect(status).toBe(201);
    expect(run).toMatchObject({
      status: "queued",
      conclusion: null,
      completed_at: null,
      head_sha: head,
      external_id: "key",
      details_url: "https://x.test/1",
      app: { id: 15368, slug: "github-actions" },
    });
    const going = await ask(`PATCH ${RUN}`, { check_run_id: run.id, status: "in_progress" });
    expect(going.body).toMatchObject({ status: "in_progress", conclusion: null });
    const output = { title: "Green", summary: "All", annotations: [MARK, MARK] };
    const done = await ask(`PATCH ${RUN}`, { check_run_id: run.id, conclusion: "success", output });
    expect(done.body).toMatchObject({
      status: "completed",
      conclusion: "success",
      completed_at: "2026-11-02T10:00:00Z",
      output: { title: "Green", summary: "All", annotations_count: 2 },
    });
    const read = await ask(`GET ${RUN}`, { check_run_id: run.id });
    expect(read.body).toEqual(done.body);
    const again = await ask(`PATCH ${RUN}`, {
      check_run_id: run.id,
      status: "in_progress",
      output,
    });
    expect(again.body).toMatchObject({
      status: "in_progress",
      conclusion: null,
      completed_at: null,
      output: { annotations_count: 4 },
    });
    const marks = await ask(`GET ${RUN}/annotations`, { check_run_id: run.id, per_page: 3 });
    expect(marks.body).toHaveLength(3);
    expect(marks.body[0]).toMatchObject({ path: "src/one.txt", annotation_level: "failure" });
  });

  test.each([
    ["a commit that is not there", { head_sha: "0".repeat(40) }, "No commit found"],
    ["a branch for a commit", { head_sha: "main" }, "No commit found"],
    ["completed and no conclusion", { status: "completed" }, "'conclusion' wasn't supplied"],
    ["an unknown conclusion", { conclusion: "good" }, "conclusion"],
    ["an output without title", { output: { summary: "s" } }, "Validation Failed"],
    [
      "a summary over the limit",
      { output: { title: "t", summary: "x".repeat(65_536) } },
      "Validation",
    ],
    [
      "51 annotations",
      { output: { title: "t", summary: "s", annotations: Array(51).fill(MARK) } },
      "No more than 50 items",
    ],
  ])("is refused with %s", async (_, values, message) => {
    const reply = await start(values);
    expect(reply.status).toBe(422);
    expect(reply.body.message).toContain(message);
  });

  test("takes a summary of 65,535 characters", async () => {
    const output = { title: "t", summary: "x".repeat(65_535) };
    expect((await start({ output })).status).toBe(201);
  });

  test("is written by Apps alone, and changed by the one that made it", async () => {
    const { body: run } = await start();
    const person = await ask(`POST ${RUNS}`, { name: "x", head_sha: head }, world.owner.token);
    expect(person).toMatchObject({
      status: 403,
      body: { message: "You must authenticate via a GitHub App." },
    });
    const values = { check_run_id: run.id, status: "in_progress" };
    const refused = await ask(`PATCH ${RUN}`, values, world.app.token);
    expect(refused.status).toBe(403);
    expect(refused.body.message).toContain("the GitHub App that created it");
    const own = await ask(`POST ${RUNS}`, { name: "x", head_sha: head }, world.app.token);
    expect(own).toMatchObject({ status: 201, body: { app: { slug: "app" } } });
  });

  test("is unknown by a wrong number", async () => {
    expect((await ask(`GET ${RUN}`, { check_run_id: 1 })).status).toBe(404);
    expect((await ask(`PATCH ${RUN}`, { check_run_id: 1 })).status).toBe(404);
  });
});

describe("the check runs of a commit", () => {
  test("are the newest of each name, or all, by name and by status", async () => {
    await start({ conclusion: "failure" });
    await ask(`POST ${RUNS}`, { name: "verify", head_sha: head, conclusion: "success" });
    await ask(`POST ${RUNS}`, { name: "review", head_sha: head });
    const listed = async (query: Record<string, unknown>) => {
      const { body } = await ask(OF_COMMIT, { ref: head, ...query });
      expect(body.total_count).toBe(body.check_runs.length);
      return body.check_runs.map((run: Reply["body"]) => `${run.name} ${run.conclusion}`);
    };
    expect(await listed({})).toEqual(["review null", "verify success"]);
    expect(await listed({ filter: "all" })).toHaveLength(3);
    expect(await listed({ check_name: "verify" })).toEqual(["verify success"]);
    expect(await listed({ status: "queued" })).toEqual(["review null"]);
  });

  test("are found by a branch whose name has slashes", async () => {
    await start();
    await world.commit({ "b.txt": "b" }, "factory/1-1", "main");
    expect((await ask(OF_COMMIT, { ref: "main" })).body.total_count).toBe(1);
    expect((await ask(OF_COMMIT, { ref: "factory/1-1" })).body.total_count).toBe(0);
    expect((await ask(OF_COMMIT, { ref: "missing" })).status).toBe(422);
  });
});
