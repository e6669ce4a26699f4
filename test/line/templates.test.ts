import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  headOf,
  open,
  PATIENCE_MS,
  pushToMain,
  REPOSITORY,
  ROOT,
  raise,
  type World,
} from "./rig.ts";
import { jobsOf, standing, summariesOf } from "./standing.ts";

/** A template as GitHub lays it into a repository: with the name of its default branch. */
async function template(name: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(ROOT, "workflow-templates", `${name}.yml`), "utf8");
  return { [`.github/workflows/${name}.yml`]: text.replaceAll("$default-branch", "main") };
}

async function start(world: World, name: string, inputs: Readonly<Record<string, string>> = {}) {
  await world.send("POST", `/actions/workflows/${name}.yml/dispatches`, { ref: "main", inputs });
  await world.idle();
}

/** A service that is up and broken. */
async function serveFailure() {
  const server = createServer((_, answer) => void answer.writeHead(500).end("broken"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function conclusions(world: World): readonly (string | null)[] {
  return world.twin.runner
    .runs()
    .filter(({ repository }) => repository === REPOSITORY)
    .map(({ conclusion }) => conclusion);
}

describe("the template of the smoke test", () => {
  test(
    "probes after each push, by the project's workflow at its tag, and opens one incident for what fails",
    async () => {
      await using broken = await serveFailure();
      await using world = await raise({
        files: await template("factory-smoke"),
        config: { smoke: { probes: [{ get: broken.url }] } },
      });
      await world.idle();
      expect(jobsOf(world)).toEqual(["smoke-open", "post-merge-smoke", "record"]);
      const [run] = world.twin.runner.runs().filter(({ repository }) => repository === REPOSITORY);
      expect(run?.conclusion).toBe("failure");
      await start(world, "factory-smoke");
      const issues =
        await world.get<readonly { body: string; labels: { name: string }[] }[]>("/issues");
      expect(issues.map(({ labels }) => labels.map(({ name }) => name))).toEqual([
        ["factory:andon"],
      ]);
      expect(issues[0]?.body).toContain(await headOf(world));
    },
    PATIENCE_MS,
  );

  test(
    "is green where the config names nothing to probe",
    async () => {
      await using world = await raise({ files: await template("factory-smoke") });
      await world.idle();
      await pushToMain(world, "README.md", "More.\n");
      await world.idle();
      await start(world, "factory-smoke");
      expect(conclusions(world)).toEqual(["success", "success", "success"]);
      expect(await world.get("/issues")).toEqual([]);
    },
    PATIENCE_MS,
  );
});

describe("the template of the audit", () => {
  test(
    "shows a proposal staged, and opens it live",
    async () => {
      await using world = await raise({ files: await template("factory-audit") });
      await start(world, "factory-audit", { mode: "staged" });
      expect(await world.get("/pulls?state=all")).toEqual([]);
      expect(summariesOf(world)).toContain("<b>A pull request</b>");
      await start(world, "factory-audit");
      const pulls = await world.get<readonly { title: string }[]>("/pulls");
      expect(pulls.map(({ title }) => title)).toEqual(["Recompute quality.md"]);
      expect(conclusions(world)).toEqual(["success", "success"]);
    },
    PATIENCE_MS,
  );
});

describe("the template of the whole factory", () => {
  test(
    "beats every hour with one slim job that asks little and starts nothing without a cause",
    async () => {
      await using world = await raise();
      await open(world);
      const before = world.twin.github.requests().length;
      world.twin.github.emitSchedule(REPOSITORY, "41 * * * *");
      await world.idle();
      expect(jobsOf(world)).toEqual(["heartbeat"]);
      const asked = world.twin.github
        .requests()
        .slice(before)
        .filter(({ runId }) => runId !== undefined);
      expect(asked.filter(({ write }) => write)).toEqual([]);
      expect(asked.length).toBeLessThanOrEqual(6);
    },
    PATIENCE_MS,
  );

  test.each([
    ["an ordinary comment", "Looks fine, /factory could do it."],
    ["an empty line before a command", "\n/factory status"],
  ])(
    "%s starts no job",
    async (_, body) => {
      await using world = await raise();
      const issue = await open(world);
      await world.send("POST", `/issues/${issue}/comments`, { body });
      await world.idle();
      expect(jobsOf(world)).toEqual([]);
      expect((await standing(world, issue)).comments).toHaveLength(1);
    },
    PATIENCE_MS,
  );
});
