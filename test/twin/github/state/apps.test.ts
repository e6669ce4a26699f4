import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CreatedApp } from "../../../../src/twin/github/twin-github.ts";
import { createWorld, REPOSITORY, type World } from "../world.ts";

let world: World;
let app: CreatedApp;
const access = () => ({
  clientId: app.clientId,
  privateKey: app.privateKey,
  repository: REPOSITORY,
});

beforeAll(async () => {
  world = await createWorld();
  app = world.github.createApp({
    slug: "factory",
    permissions: { contents: "write", issues: "write" },
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

describe("a GitHub App", () => {
  test("writes as its bot, and what it does starts runs", async () => {
    const { token, slug } = world.github.mintAppToken(access());
    expect(slug).toBe("factory");
    const { status, body } = await world.ask(token, "POST /repos/{owner}/{repo}/issues", {
      title: "By the App",
    });
    expect(status).toBe(201);
    expect(body.user).toMatchObject({ id: app.bot.id, login: "factory[bot]", type: "Bot" });
    expect(world.events.at(-1)).toMatchObject({ name: "issues", startsRuns: "yes" });
  });

  test("is a public account, by whose name its id is found", async () => {
    const { body } = await world.ask(world.job({}), "GET /users/{username}", {
      username: "factory[bot]",
    });
    expect(body).toMatchObject({ id: app.bot.id, login: "factory[bot]", type: "Bot" });
    const { status } = await world.ask(world.job({}), "GET /users/{username}", {
      username: "nobody",
    });
    expect(status).toBe(404);
  });

  test("has in a token what was asked for, and no more", async () => {
    const { token } = world.github.mintAppToken({ ...access(), permissions: { issues: "read" } });
    const { status, body } = await world.ask(token, "POST /repos/{owner}/{repo}/issues", {
      title: "No",
    });
    expect([status, body.message]).toEqual([403, "Resource not accessible by integration"]);
  });

  test("brings no workflow file unless that was granted", async () => {
    const tree = {
      tree: [{ path: ".github/workflows/a.yml", mode: "100644", type: "blob", content: "" }],
    };
    const { token } = world.github.mintAppToken(access());
    const refused = await world.ask(token, "POST /repos/{owner}/{repo}/git/trees", tree);
    expect(refused.status).toBe(403);
    const other = world.github.createApp({
      slug: "gardener",
      permissions: { contents: "write", workflows: "write" },
    });
    const granted = world.github.mintAppToken({ ...other, repository: REPOSITORY });
    const taken = await world.ask(granted.token, "POST /repos/{owner}/{repo}/git/trees", tree);
    expect(taken.status).toBe(201);
  });

  test.each<[string, object, string]>([
    ["an unknown client", { clientId: "Iv1.none" }, "Integration not found"],
    ["another key", { privateKey: "-----BEGIN RSA PRIVATE KEY-----" }, "could not be decoded"],
    ["a repository that is not there", { repository: "OWNER/none" }, "Not Found"],
    ["more than it was granted", { permissions: { checks: "write" } }, "not granted"],
  ])("has no token for %s", (_, changed, message) => {
    expect(() => world.github.mintAppToken({ ...access(), ...changed })).toThrow(message);
  });

  test("has a name of its own", () => {
    expect(() => world.github.createApp({ slug: "factory", permissions: {} })).toThrow(
      "exists already",
    );
  });
});
