import { expect, test } from "vitest";
import { loadConformance } from "../conformance.ts";
import { createWorld } from "../world.ts";

const conformance = loadConformance();

const CREATE = "POST /repos/{owner}/{repo}/statuses/{sha}";
const COMBINED = "GET /repos/{owner}/{repo}/commits/{ref}/status";

test("of each context the newest status counts, and one that is red makes the commit red", async () => {
  await using world = await createWorld();
  const sha = await world.commit({ "a.txt": "one\n" }, "feature", "main");
  const { writer, reader } = world.people;
  const combined = async () => {
    const reply = await world.ask(reader.token, COMBINED, { ref: sha });
    expect(conformance.answer(COMBINED, reply)).toEqual([]);
    return reply;
  };
  expect((await combined()).body).toMatchObject({ state: "pending", total_count: 0, statuses: [] });
  for (const [context, state] of [
    ["ci/jenkins", "pending"],
    ["ci/docs", "success"],
    ["ci/jenkins", "failure"],
  ]) {
    const made = await world.ask(writer.token, CREATE, { sha, state, context });
    expect(made.status).toBe(201);
    expect(conformance.answer(CREATE, made)).toEqual([]);
  }
  expect((await combined()).body).toMatchObject({
    state: "failure",
    total_count: 2,
    statuses: [
      { context: "ci/jenkins", state: "failure" },
      { context: "ci/docs", state: "success" },
    ],
  });
  await world.ask(writer.token, CREATE, { sha, state: "success", context: "ci/jenkins" });
  expect((await combined()).body).toMatchObject({ state: "success" });
});

test("a job's token needs statuses: read to see them", async () => {
  await using world = await createWorld();
  const sha = await world.commit({ "a.txt": "one\n" }, "feature", "main");
  const asked = { ref: sha };
  const blind = world.job({ checks: "read", contents: "read" });
  expect((await world.ask(blind, COMBINED, asked)).status).toBe(403);
  const seeing = world.job({ statuses: "read" });
  expect((await world.ask(seeing, COMBINED, asked)).status).toBe(200);
});
