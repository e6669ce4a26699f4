import { afterAll, beforeAll, expect, test } from "vitest";
import { loadConformance } from "../conformance.ts";
import { createWorld, type Reply, type World } from "../world.ts";

const LIST = "/repos/{owner}/{repo}/deployments";
const STATUSES = `${LIST}/{deployment_id}/statuses`;
const conformance = loadConformance();
let world: World;
let token: string;
let commits = 0;

beforeAll(async () => {
  world = await createWorld();
  token = world.job({ deployments: "write" });
});
afterAll(() => world[Symbol.asyncDispose]());

async function ask(route: string, values?: Record<string, unknown>): Promise<Reply> {
  const reply = await world.ask(token, route, values);
  expect(conformance.answer(route, reply)).toEqual([]);
  return reply;
}

async function deploy(environment: string): Promise<{ readonly id: number; readonly sha: string }> {
  commits += 1;
  const sha = await world.commit({ "a.txt": `${commits}` });
  const { body, status } = await ask(`POST ${LIST}`, { ref: sha, environment });
  expect(status).toBe(201);
  return body;
}

const say = (id: number, state: string) =>
  ask(`POST ${STATUSES}`, { deployment_id: id, state, log_url: "https://x.test/log" });
const statesOf = async (id: number) =>
  (await ask(`GET ${STATUSES}`, { deployment_id: id })).body.map(
    ({ state }: { state: string }) => state,
  );

test("a deployment is found by its commit and environment, its newest status first", async () => {
  const { id, sha } = await deploy("staging");
  await deploy("staging");
  const found = await ask(`GET ${LIST}`, { sha, environment: "staging" });
  expect(found.body).toMatchObject([{ id, sha, environment: "staging" }]);
  expect((await ask(`GET ${LIST}`, { sha, environment: "production" })).body).toEqual([]);
  expect(await statesOf(id)).toEqual([]);
  await say(id, "in_progress");
  expect((await say(id, "success")).body).toMatchObject({
    state: "success",
    environment: "staging",
  });
  expect(await statesOf(id)).toEqual(["success", "in_progress"]);
});

test("a success takes the place of the one before it in the same environment", async () => {
  const first = await deploy("production");
  const elsewhere = await deploy("preview");
  const second = await deploy("production");
  for (const { id } of [first, elsewhere, second]) await say(id, "success");
  expect(await statesOf(first.id)).toEqual(["inactive", "success"]);
  expect(await statesOf(elsewhere.id)).toEqual(["success"]);
});

test("what GitHub refuses is refused", async () => {
  expect((await ask(`POST ${LIST}`, { ref: "missing" })).status).toBe(422);
  expect((await ask(`POST ${STATUSES}`, { deployment_id: 99_999, state: "success" })).status).toBe(
    404,
  );
  const { id } = await deploy("staging");
  expect((await say(id, "waiting")).status).toBe(422);
});
