import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES, type RouteName, type RouteRule } from "../../../../src/twin/github/routes.ts";
import { loadConformance } from "../conformance.ts";
import { permissionsOf } from "../permissions.ts";
import { createWorld, PEOPLE, type World } from "../world.ts";

const conformance = loadConformance();
let world: World;

beforeAll(async () => {
  world = await createWorld();
  await world.ask(world.owner.token, "POST /repos/{owner}/{repo}/issues", { title: "One" });
});
afterAll(() => world[Symbol.asyncDispose]());

/** Values that make every route's address; nothing is found by most of them, and no write goes through. */
const VALUES = {
  username: "writer",
  issue_number: 1,
  comment_id: 5,
  name: "missing",
  pull_number: 5,
  ref: "heads/missing",
  file_sha: "0".repeat(40),
  tree_sha: "0".repeat(40),
  commit_sha: "0".repeat(40),
  basehead: "missing...main",
  path: "missing",
  check_run_id: 5,
  sha: "0".repeat(40),
  deployment_id: 5,
  workflow_id: "missing.yml",
  run_id: 5,
  job_id: 5,
};

function valuesOf(route: string): Record<string, unknown> {
  const names = [...route.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return Object.fromEntries(Object.entries(VALUES).filter(([name]) => names.includes(name)));
}

const routes = (Object.keys(ROUTES) as RouteName[]).map((route) => {
  const rule: RouteRule = ROUTES[route];
  return { route, rule, write: !route.startsWith("GET ") };
});
const withPermission = routes.filter(({ rule }) => rule.token.includes(":"));

/** Where the twin asks for something else than GitHub's table says, with the reason. */
const DIFFERS: Readonly<Partial<Record<RouteName, string>>> = {
  "GET /user": "a job has no account",
  "GET /users/{username}":
    "any token has the permission that the table names, so none is asked for",
  "GET /rate_limit": "any token has the permission that the table names, so none is asked for",
  "POST /graphql": "each part of a question is asked of the routes above, as the same caller",
  "POST /repos/{owner}/{repo}/actions/runs/{run_id}/approve":
    "a person presses the button: what a job's token may do here nobody has told",
  "POST /repos/{owner}/{repo}/forks": "a job's token never reaches another account",
};

describe("a job's token", () => {
  const REFUSAL = { message: "Resource not accessible by integration", status: "403" };

  test.each(withPermission.filter(({ rule }) => !rule.token.startsWith("metadata")))(
    "without $rule.token cannot $route",
    async ({ route, rule, write }) => {
      const [key = "", level] = rule.token.split(":");
      const lesser = level === "write" ? { [key]: "read" as const } : {};
      const reply = await world.ask(world.job(lesser), route, valuesOf(route));
      expect(reply).toMatchObject({ status: 403, body: REFUSAL });
      expect(conformance.answer(route, reply)).toEqual([]);
      const accepted = reply.headers.get("x-accepted-github-permissions");
      expect(accepted).toContain(rule.token.replace("-", "_").replace(":", "="));
      expect(write || level === "read").toBe(true);
    },
  );

  test.each(withPermission)("with $rule.token alone may $route", async ({ route, rule }) => {
    const [key = "", level] = rule.token.split(":");
    const permissions = key === "metadata" ? {} : { [key]: level as "read" | "write" };
    const reply = await world.ask(world.job(permissions), route, valuesOf(route));
    expect(reply.body?.message).not.toBe(REFUSAL.message);
    expect(reply.status).toBeLessThan(500);
  });

  test("needs pull-requests for what it writes on a pull request's number", async () => {
    await world.commit({ "c.txt": "c" }, "feature", "main");
    const pull = await world.ask(world.owner.token, "POST /repos/{owner}/{repo}/pulls", {
      title: "A pull request",
      head: "feature",
      base: "main",
    });
    const comment = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
    const values = { issue_number: pull.body.number, body: "Hm" };
    expect((await world.ask(world.job({ issues: "write" }), comment, values)).status).toBe(403);
    const allowed = world.job({ "pull-requests": "write" });
    expect((await world.ask(allowed, comment, values)).status).toBe(201);
    const read = "GET /repos/{owner}/{repo}/issues/{issue_number}";
    expect((await world.ask(world.job({ issues: "read" }), read, values)).status).toBe(200);
  });

  test("has no account of its own to read", async () => {
    expect(await world.ask(world.job({ issues: "write" }), "GET /user")).toMatchObject({
      status: 403,
      body: REFUSAL,
    });
  });

  test("reaches its own repository, and reads what is public", async () => {
    const ask = async (visibility: "public" | "private", route: string) => {
      const repo = `other-${visibility}`;
      const token = world.job({ issues: "write" });
      return (await world.ask(token, route, { repo, title: "One" })).status;
    };
    for (const visibility of ["public", "private"] as const) {
      await world.github.createRepository(`OWNER/other-${visibility}`, {
        ...{ defaultBranch: "main", collaborators: {}, visibility },
      });
    }
    expect(await ask("public", "GET /repos/{owner}/{repo}")).toBe(200);
    expect(await ask("public", "POST /repos/{owner}/{repo}/issues")).toBe(403);
    expect(await ask("public", "GET /repos/{owner}/{repo}/collaborators")).toBe(403);
    expect(await ask("private", "GET /repos/{owner}/{repo}")).toBe(404);
  });

  test("opens no pull request unless the setting allows it", async () => {
    await world.commit({ "d.txt": "d" }, "by-a-job", "main");
    const values = { title: "By a job", head: "by-a-job", base: "main" };
    const route = "POST /repos/{owner}/{repo}/pulls";
    expect(await world.ask(world.job({ "pull-requests": "write" }), route, values)).toMatchObject({
      status: 403,
      body: { message: "GitHub Actions is not permitted to create or approve pull requests." },
    });
  });
});

describe("GitHub's own table of permissions", () => {
  test.each(routes)("has for $route what the twin asks for", ({ route, rule }) => {
    const listed = permissionsOf(route);
    const asked = [rule.token, rule.tokenOnPull ?? rule.token];
    if (DIFFERS[route] !== undefined) {
      expect(asked.every((one) => listed.includes(one))).toBe(false);
    } else {
      expect(listed).toEqual(expect.arrayContaining(asked));
    }
  });

  test("would show a permission that is not GitHub's", () => {
    expect(permissionsOf("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge")).toEqual([
      "contents:write",
    ]);
  });
});

describe("a person", () => {
  const may: Record<string, readonly [string, Record<string, unknown>]> = {
    "open an issue": ["POST /repos/{owner}/{repo}/issues", { title: "New" }],
    comment: [
      "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
      { issue_number: 1, body: "Hm" },
    ],
    label: [
      "PUT /repos/{owner}/{repo}/issues/{issue_number}/labels",
      { issue_number: 1, labels: [] },
    ],
    close: [
      "PATCH /repos/{owner}/{repo}/issues/{issue_number}",
      { issue_number: 1, state: "closed" },
    ],
    "make a label": ["POST /repos/{owner}/{repo}/labels", { name: "by" }],
    "write a blob": ["POST /repos/{owner}/{repo}/git/blobs", { content: "x" }],
    "see a permission": [
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      { username: "writer" },
    ],
  };

  test.each([
    ["stranger", "open an issue", 201],
    ["stranger", "comment", 201],
    ["stranger", "label", 403],
    ["reader", "comment", 201],
    ["reader", "label", 403],
    ["reader", "close", 403],
    ["reader", "see a permission", 403],
    ["triager", "label", 200],
    ["triager", "close", 200],
    ["triager", "make a label", 403],
    ["triager", "write a blob", 404],
    ["writer", "make a label", 201],
    ["writer", "write a blob", 201],
    ["writer", "see a permission", 200],
    ["maintainer", "label", 200],
  ] as const)("%s: %s is %i", async (who, what, status) => {
    const [route, values] = may[what] ?? ["", {}];
    const named = what === "make a label" ? { name: `by ${who}` } : {};
    const reply = await world.ask(world.people[who].token, route, { ...values, ...named });
    expect(reply.status).toBe(status);
    expect(conformance.answer(route, reply)).toEqual([]);
  });

  test("may close and rewrite an issue of one's own", async () => {
    const { token } = world.people.stranger;
    const { body } = await world.ask(token, "POST /repos/{owner}/{repo}/issues", {
      title: "Mine",
      labels: ["not mine to give"],
    });
    expect(body.labels).toEqual([]);
    const values = { issue_number: body.number, title: "Still mine", state: "closed" };
    const route = "PATCH /repos/{owner}/{repo}/issues/{issue_number}";
    expect((await world.ask(token, route, values)).status).toBe(200);
    expect((await world.ask(world.people.triager.token, route, values)).status).toBe(403);
  });

  test("is nobody without a token: reads, and is asked who it is for the rest", async () => {
    // A world of its own, in which time passes: without a token there are 60 requests an hour.
    let asked = 0;
    const now = () => new Date(Date.parse("2026-11-02T08:00:00Z") + asked * 120_000);
    await using fresh = await createWorld({ github: { now } });
    for (const { route, rule, write } of routes) {
      asked += 1;
      const reply = await fresh.ask("", route, valuesOf(route));
      const refused = write || rule.role !== "read" || route === "GET /user";
      expect([route, reply.status === 401]).toEqual([route, refused]);
    }
  });
});

describe("the permission of a person", () => {
  const route = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
  const words = {
    reader: ["read", "read"],
    triager: ["read", "triage"],
    writer: ["write", "write"],
    maintainer: ["write", "maintain"],
    stranger: ["read", "read"],
  } as const;

  test.each(PEOPLE)("%s", async (username) => {
    const reply = await world.ask(world.job({}), route, { username });
    const [permission, role_name] = words[username];
    expect(reply.body).toMatchObject({ permission, role_name, user: { login: username } });
    expect(conformance.answer(route, reply)).toEqual([]);
  });

  test("is admin for the owner, 404 for who is no user, none for a stranger to a private repository", async () => {
    const ask = (username: string) => world.ask(world.job({}), route, { username });
    expect((await ask("owner")).body).toMatchObject({ permission: "admin", role_name: "admin" });
    expect((await ask("nobody")).status).toBe(404);
    expect((await ask("github-actions[bot]")).status).toBe(404);
    await using hidden = await createWorld({ repository: { visibility: "private" } });
    const reply = await hidden.ask(hidden.job({}), route, { username: "stranger" });
    expect(reply.body).toMatchObject({ permission: "none", role_name: "none" });
  });
});

describe("a private repository", () => {
  test("does not exist for those who may not read it", async () => {
    await using hidden = await createWorld({ repository: { visibility: "private" } });
    const route = "GET /repos/{owner}/{repo}";
    for (const token of ["", hidden.people.stranger.token]) {
      const reply = await hidden.ask(token, route);
      expect(reply).toMatchObject({ status: 404, body: { message: "Not Found" } });
    }
    const reply = await hidden.ask(hidden.people.reader.token, route);
    expect(reply.body).toMatchObject({ private: true, visibility: "private" });
    expect(conformance.answer(route, reply)).toEqual([]);
  });
});
