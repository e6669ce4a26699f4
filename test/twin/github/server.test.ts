import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GRAPHQL, ROUTES } from "../../../src/twin/github/routes.ts";
import { startTwinGitHub } from "../../../src/twin/github/server.ts";
import type { TwinEvent } from "../../../src/twin/github/twin-github.ts";
import { loadConformance } from "./conformance.ts";
import { createWorld, REPOSITORY, type World } from "./world.ts";

const ISSUES = "/repos/{owner}/{repo}/issues";
const conformance = loadConformance();
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe("the conformance check", () => {
  test("sees an answer and a payload that are not GitHub's", () => {
    const answer = { status: 200, body: { id: "1" } };
    expect(conformance.answer("GET /user", answer)).toContain(
      "/ must have required property 'login'",
    );
    expect(conformance.answer("GET /nowhere", answer)).toEqual(["GitHub has no GET /nowhere"]);
    expect(conformance.answer("GET /user", { status: 401, body: {} })).not.toEqual([]);
    const event: TwinEvent = {
      name: "issues",
      action: "opened",
      repository: REPOSITORY,
      payload: { action: "opened" },
      ref: "refs/heads/main",
      sha: "",
      actor: { id: 1, login: "OWNER", type: "User" },
      startsRuns: "yes",
    };
    expect(conformance.event(event)).toContain("/ must have required property 'issue'");
  });
});

describe("routes", () => {
  // GraphQL has a schema of its own, which its tests hold it to.
  test.each(Object.keys(ROUTES).filter((route) => route !== GRAPHQL))(
    "%s is one of GitHub's own",
    (route) => {
      expect(conformance.operations).toContain(route);
    },
  );

  test("that the twin does not serve are 404 and say so", async () => {
    const { body, status } = await world.ask(
      world.owner.token,
      "GET /repos/{owner}/{repo}/milestones",
    );
    expect(status).toBe(404);
    expect(body.message).toContain("The twin does not serve GET /repos/OWNER/app/milestones");
    expect(world.github.requests().at(-1)).toMatchObject({
      route: "unknown",
      status: 404,
      actor: "OWNER",
    });
  });

  test("are served below /api/v3 too", async () => {
    const { body, status } = await world.ask("", "GET /api/v3/repos/{owner}/{repo}");
    expect(status).toBe(200);
    expect(body.full_name).toBe(REPOSITORY);
    expect(world.github.requests().at(-1)?.route).toBe("/repos/{owner}/{repo}");
  });
});

describe("who asks", () => {
  test.each(["Bearer ghs_unknown", "token ghp_unknown", "Basic !!", "Bearer", "Digest x"])(
    "is refused with %s",
    async (authorization) => {
      const reply = await world.ask("", "GET /rate_limit", {}, { authorization });
      expect(reply).toMatchObject({
        status: 401,
        body: { message: "Bad credentials", status: "401" },
      });
      expect(conformance.answer("GET /rate_limit", reply)).toEqual([]);
    },
  );

  test("is known by a bearer, a token or a basic password", async () => {
    const { token } = world.owner;
    const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
    for (const authorization of [`Bearer ${token}`, `token ${token}`, `Basic ${basic}`]) {
      const reply = await world.ask("", "GET /user", {}, { authorization });
      expect(reply.body).toMatchObject({ login: "OWNER", id: world.owner.id, type: "User" });
      expect(conformance.answer("GET /user", reply)).toEqual([]);
    }
  });

  test("is nobody any more after the token was revoked", async () => {
    const token = world.job({ issues: "read" });
    expect((await world.ask(token, `GET ${ISSUES}`)).status).toBe(200);
    world.github.revokeToken(token);
    world.github.revokeToken("ghs_unknown");
    expect((await world.ask(token, `GET ${ISSUES}`)).status).toBe(401);
  });

  test("gets tokens of today's forms", () => {
    expect(world.owner.token).toMatch(/^ghp_[A-Za-z0-9]{36}$/);
    const token = world.job({});
    expect(token).toMatch(/^ghs_[A-Za-z0-9._-]{36,}$/);
    expect(token.length).toBeGreaterThan(400);
    expect(world.job({})).not.toBe(token);
  });
});

describe("bodies", () => {
  test.each([
    ["no JSON", "{", 400, "Problems parsing JSON"],
    ["a list", "[]", 422, "Invalid request"],
    ["nothing", "", 422, "Invalid request"],
  ])("with %s are refused", async (_, body, status, message) => {
    const response = await fetch(`${world.github.url}/repos/OWNER/app/issues`, {
      method: "POST",
      headers: { authorization: `Bearer ${world.owner.token}` },
      body,
    });
    const answer = (await response.json()) as { message: string; documentation_url: string };
    expect(response.status).toBe(status);
    expect(answer.message).toContain(message);
    expect(answer.documentation_url).toContain("https://docs.github.com/rest");
  });
});

describe("the rate limit", () => {
  test("is shared by the job tokens of a repository and opens again after an hour", async () => {
    let now = new Date("2026-11-02T10:00:00Z");
    await using small = await createWorld({ github: { requestsPerHour: 3, now: () => now } });
    const [first, second] = [small.job({ issues: "read" }), small.job({ issues: "read" })];
    for (const token of [first, second, first]) {
      expect((await small.ask(token, `GET ${ISSUES}`)).status).toBe(200);
    }
    const refused = await small.ask(second, `GET ${ISSUES}`);
    expect(refused).toMatchObject({
      status: 403,
      body: { message: "API rate limit exceeded for installation." },
    });
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      "x-ratelimit-limit": "3",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-used": "3",
      "x-ratelimit-reset": String(Date.parse("2026-11-02T11:00:00Z") / 1000),
      "x-ratelimit-resource": "core",
    });
    const limit = await small.ask(second, "GET /rate_limit");
    expect(limit.body.resources.core).toMatchObject({ limit: 3, remaining: 0 });
    expect(conformance.answer("GET /rate_limit", limit)).toEqual([]);
    expect((await small.ask(small.owner.token, `GET ${ISSUES}`)).status).toBe(200);
    now = new Date("2026-11-02T11:00:00Z");
    expect((await small.ask(first, `GET ${ISSUES}`)).status).toBe(200);
  });

  test("is 1,000 for a job and 5,000 for a person", async () => {
    const limit = async (token: string) =>
      (await world.ask(token, "GET /rate_limit")).headers.get("x-ratelimit-limit");
    expect([await limit(world.job({})), await limit(world.owner.token)]).toEqual(["1000", "5000"]);
  });
});

describe("an entity tag", () => {
  test("makes a read free until something changes", async () => {
    const { token } = world.people.writer;
    const first = await world.ask(token, `GET ${ISSUES}`);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
    const again = await world.ask(token, `GET ${ISSUES}`, {}, { "if-none-match": etag });
    expect(again).toMatchObject({ status: 304, body: undefined });
    expect(again.headers.get("x-ratelimit-used")).toBe(first.headers.get("x-ratelimit-used"));
    await world.ask(world.owner.token, `POST ${ISSUES}`, { title: "New" });
    const changed = await world.ask(token, `GET ${ISSUES}`, {}, { "if-none-match": etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(etag);
  });
});

describe("the record of requests", () => {
  test("says who asked for what, and whether it wrote or made content", async () => {
    const token = world.job({ issues: "write" }, 42);
    await world.ask(token, `POST ${ISSUES}`, { title: "New" });
    await world.ask("", `GET ${ISSUES}`, { per_page: 1 });
    const [write, read] = world.github.requests().slice(-2);
    expect(write).toMatchObject({
      method: "POST",
      route: ISSUES,
      path: "/repos/OWNER/app/issues",
      status: 201,
      actor: "github-actions[bot]",
      runId: 42,
      write: true,
      createsContent: true,
    });
    expect(read).toMatchObject({ status: 200, actor: "", write: false, createsContent: false });
    expect(read).not.toHaveProperty("runId");
    expect(read?.ms).toBeGreaterThanOrEqual(0);
  });
});

describe("events", () => {
  const comment = `POST ${ISSUES}/{issue_number}/comments`;

  test("say whether they may start runs: a person's do, a job's do not", async () => {
    const { body } = await world.ask(world.owner.token, `POST ${ISSUES}`, { title: "New" });
    const said: Partial<TwinEvent>[] = [];
    const end = world.github.onEvent((event) => said.push(event));
    const values = { issue_number: body.number, body: "Hm" };
    await world.ask(world.owner.token, comment, values);
    await world.ask(world.job({ issues: "write" }, 42), comment, values);
    end();
    await world.ask(world.owner.token, comment, values);
    expect(said).toMatchObject([
      { startsRuns: "yes", actor: { login: "OWNER", type: "User" } },
      { startsRuns: "no", actor: { login: "github-actions[bot]" }, causedByRun: 42 },
    ]);
    expect(said[0]).not.toHaveProperty("causedByRun");
  });

  test("of a bot that is an App start runs as a person's do", async () => {
    await world.ask(world.app.token, `POST ${ISSUES}`, { title: "By an App" });
    expect(world.events.at(-1)).toMatchObject({ startsRuns: "yes", actor: { type: "Bot" } });
  });

  test("reach all listeners before the request is answered", async () => {
    const order: string[] = [];
    const ends = ["first", "second"].map((name) => world.github.onEvent(() => order.push(name)));
    await world.ask(world.owner.token, `POST ${ISSUES}`, { title: "New" });
    order.push("answered");
    for (const end of ends) end();
    expect(order).toEqual(["first", "second", "answered"]);
  });

  test("of one write stay together, however many come at once", async () => {
    const before = world.events.length;
    const values = { title: "At once", labels: ["one", "two"] };
    await Promise.all(
      Array.from({ length: 4 }, () => world.ask(world.owner.token, `POST ${ISSUES}`, values)),
    );
    const caused = world.events.slice(before).map(({ action }) => action);
    expect(caused).toEqual(Array(4).fill(["opened", "labeled", "labeled"]).flat());
  });

  test("of the clock name the default branch and its tip", async () => {
    const sha = await world.commit({ "clock.txt": "tick" });
    world.github.emitSchedule(REPOSITORY, "0 3 * * *");
    expect(world.events.at(-1)).toMatchObject({
      name: "schedule",
      ref: "refs/heads/main",
      sha,
      startsRuns: "yes",
      actor: { login: "OWNER" },
      payload: { schedule: "0 3 * * *", repository: { full_name: REPOSITORY } },
    });
    expect(() => world.github.emitSchedule("OWNER/missing", "* * * * *")).toThrow("no repository");
  });
});

describe("a repository", () => {
  const route = "GET /repos/{owner}/{repo}";

  test("is described as GitHub describes it, upper and lower case alike", async () => {
    const reply = await world.ask(world.people.triager.token, route, {
      owner: "owner",
      repo: "APP",
    });
    expect(reply.body).toMatchObject({
      full_name: REPOSITORY,
      default_branch: "main",
      visibility: "public",
      permissions: { pull: true, triage: true, push: false, maintain: false, admin: false },
    });
    expect(conformance.answer(route, reply)).toEqual([]);
  });

  const options = { defaultBranch: "main", collaborators: {} };
  test.each([
    ["a name without an owner", "app", options, "write OWNER/NAME"],
    ["a path for a name", "OWNER/..", options, "write OWNER/NAME"],
    ["a name that is taken", "owner/App", options, "exists already"],
    [
      "a collaborator whom nobody knows",
      "OWNER/x",
      { ...options, collaborators: { nobody: "read" as const } },
      'createUser("nobody") first',
    ],
  ])("is not made with %s", async (_, name, settings, message) => {
    await expect(world.github.createRepository(name, settings)).rejects.toThrow(message);
  });

  test("that git cannot make leaves its name free", async () => {
    const bad = { ...options, defaultBranch: "a..b" };
    await expect(world.github.createRepository("OWNER/again", bad)).rejects.toThrow("git refuses");
    await expect(world.github.createRepository("OWNER/again", options)).resolves.toBeDefined();
  });

  test("may have an owner who signs in later, with the same id", async () => {
    await world.github.createRepository("acme/app", options);
    const { body } = await world.ask("", route, { owner: "acme" });
    expect(world.github.createUser("acme")).toMatchObject({ id: body.owner.id, login: "acme" });
  });

  test("needs to be there for a job's token", () => {
    const grant = { repository: "OWNER/missing", permissions: {}, runId: 1, jobId: "job" };
    expect(() => world.github.mintJobToken(grant)).toThrow("no repository OWNER/missing");
  });
});

describe("an account", () => {
  test.each(["OWNER", "owner", "github-actions[bot]", "a b", "-a", ""])(
    "is not made as %j",
    (login) => {
      expect(() => world.github.createUser(login)).toThrow();
    },
  );
});

describe("the server", () => {
  test("keeps two twins apart, each on a port of its own, and says when a port is taken", async () => {
    await using other = await createWorld();
    expect(other.github.url).not.toBe(world.github.url);
    expect((await other.ask(world.owner.token, "GET /user")).status).toBe(401);
    const port = Number(new URL(world.github.url).port);
    await expect(startTwinGitHub({ directory: world.directory, port })).rejects.toThrow(
      "EADDRINUSE",
    );
  });

  test("answers nobody after it was closed", async () => {
    const directory = await mkdtemp(join(tmpdir(), "twin-github-"));
    const github = await startTwinGitHub({ directory });
    expect((await fetch(`${github.url}/rate_limit`)).status).toBe(200);
    await github.close();
    await expect(fetch(`${github.url}/rate_limit`)).rejects.toThrow();
    await rm(directory, { recursive: true });
  });
});
