import { expect, test } from "vitest";
import { loadConformance } from "../../conformance.ts";
import { createWorld, type World } from "../../world.ts";

const conformance = loadConformance();
const FORK = { owner: "stranger", repo: "app" };

/** As a stranger; each answer is of the form that GitHub describes. */
async function ask(world: World, route: string, values: Readonly<Record<string, unknown>> = {}) {
  const reply = await world.ask(world.people.stranger.token, route, values);
  expect(conformance.answer(route, reply)).toEqual([]);
  return reply;
}

/** A fork of the stranger's with a branch of one commit. */
async function fork(world: World, content = "new\n"): Promise<string> {
  await ask(world, "POST /repos/{owner}/{repo}/forks");
  const head = await commit(world, "heads/main", content);
  const ref = { ...FORK, ref: "refs/heads/feature", sha: head };
  expect((await ask(world, "POST /repos/{owner}/{repo}/git/refs", ref)).status).toBe(201);
  return head;
}

async function commit(world: World, on: string, content: string): Promise<string> {
  const { body } = await ask(world, "GET /repos/{owner}/{repo}/git/ref/{ref}", {
    ...FORK,
    ref: on,
  });
  const parent = body.object.sha;
  const tree = await ask(world, "POST /repos/{owner}/{repo}/git/trees", {
    ...FORK,
    base_tree: parent,
    tree: [{ path: "new.txt", mode: "100644", type: "blob", content }],
  });
  const made = await ask(world, "POST /repos/{owner}/{repo}/git/commits", {
    ...FORK,
    ...{ message: "New", tree: tree.body.sha, parents: [parent] },
  });
  return made.body.sha;
}

const OPENING = { title: "New", head: "stranger:feature", base: "main" };

test("a stranger opens a pull request from a fork, and new commits there move it", async () => {
  await using world = await createWorld();
  const head = await fork(world);
  const opened = await ask(world, "POST /repos/{owner}/{repo}/pulls", OPENING);
  expect(opened.status).toBe(201);
  expect(opened.body.head).toMatchObject({
    ...{ label: "stranger:feature", sha: head },
    repo: { full_name: "stranger/app", fork: true },
  });
  expect(opened.body.base.repo).toMatchObject({ full_name: "OWNER/app", fork: false });
  const next = await commit(world, "heads/feature", "newer\n");
  const moving = { ...FORK, ref: "heads/feature", sha: next };
  expect((await ask(world, "PATCH /repos/{owner}/{repo}/git/refs/{ref}", moving)).status).toBe(200);
  const now = await ask(world, "GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    pull_number: opened.body.number,
  });
  expect(now.body.head.sha).toBe(next);
  const told = world.events.filter(({ name }) => name === "pull_request");
  expect(told.map(({ action, repository }) => [action, repository])).toEqual([
    ["opened", "OWNER/app"],
    ["synchronize", "OWNER/app"],
  ]);
});

test.each([
  ["a branch of the repository, which only people with write offer", "feature", 403],
  ["somebody who has no fork", "reader:feature", 403],
  ["a branch that the fork has not", "stranger:none", 422],
])("%s: refused", async (_, head, status) => {
  await using world = await createWorld();
  await fork(world);
  await world.commit({ "a.txt": "a\n" }, "feature", "main");
  const reply = await ask(world, "POST /repos/{owner}/{repo}/pulls", { ...OPENING, head });
  expect(reply.status).toBe(status);
});
