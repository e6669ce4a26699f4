import { afterEach, describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import type { ReleaseOrder } from "../../../src/domain/order.ts";
import { releaseOrder } from "../../workers/orders.ts";
import { useWorkerJobs } from "../worker-job.ts";
import { type Production, replacedProcess, staticFiles } from "./production.ts";

const OLD = "a".repeat(40);
const MERGE = "b".repeat(40);
/** The address, the probe, and the address again: how things were before is seen then. */
const BEFORE = 3;

const opened: Production[] = [];
afterEach(async () => {
  for (const production of opened.splice(0)) await production.close();
});

function orderFor(
  production: Production,
  smoke: (url: string) => object,
  deployed?: ReleaseOrder["release"]["deployed"],
): ReleaseOrder {
  opened.push(production);
  const release = {
    ...{ pullRequest: 2, mergeSha: MERGE, tree: "c".repeat(40), parent: OLD, changedPaths: [] },
    ...(deployed && { deployed }),
  };
  const config = Config.parse({ smoke: { spreadSeconds: 0, ...smoke(production.url) } });
  return releaseOrder({ base: MERGE, config, release });
}

const server = (url: string) => ({
  deploy: { workflow: "deploy.yml", sha: `${url}/version`, timeoutSeconds: 60 },
  probes: [{ get: `${url}/health`, expect: { status: 200 } }],
});
const pages = (url: string) => ({
  deploy: { workflow: "pages.yml", sha: `${url}/version.json`, timeoutSeconds: 60 },
  probes: [{ get: `${url}/index.html`, expect: { status: 200, bodyMatches: "Rates" } }],
});
const version = JSON.stringify({ commit: MERGE });

describe("the smoke test of a process that is replaced", () => {
  const { checkout } = useWorkerJobs();

  test("waits through the gap between the two, and passes at the newer one", async () => {
    const older = { commit: OLD, health: 200, answers: BEFORE };
    const production = await replacedProcess(older, { commit: MERGE, health: 200 });
    const run = await checkout({}).work("post-merge-smoke", orderFor(production, server), {
      started: true,
    });
    expect(run.proposal).toMatchObject({
      ...{ status: "passed", liveSha: MERGE },
      lookedFor: { found: `${MERGE} is live` },
      probes: [{ status: "passed", tries: [{ status: "passed" }] }],
    });
  });

  test("knows how the older one was, so that the newer one can be blamed", async () => {
    const older = { commit: OLD, health: 200, answers: BEFORE };
    const production = await replacedProcess(older, { commit: MERGE, health: 500 });
    const run = await checkout({}).work("post-merge-smoke", orderFor(production, server));
    expect(run.proposal).toMatchObject({
      status: "failed",
      probes: [
        { status: "failed", before: { status: "passed", commit: OLD, seen: "in-this-job" } },
      ],
    });
  });

  test("blames nobody for what was broken before", async () => {
    const older = { commit: OLD, health: 500, answers: BEFORE + 2 };
    const production = await replacedProcess(older, { commit: MERGE, health: 500 });
    const run = await checkout({}).work("post-merge-smoke", orderFor(production, server));
    expect(run.proposal).toMatchObject({
      status: "red-before",
      probes: [{ before: { status: "failed", commit: OLD } }],
    });
  });
});

describe("the smoke test of static files", () => {
  const { checkout } = useWorkerJobs();
  const before = {
    "index.html": "<h1>Rates</h1>",
    "version.json": JSON.stringify({ commit: OLD }),
  };

  test("sees the folder of the merge take the place of the one before", async () => {
    const after = { "index.html": "<h1>Rates, new</h1>", "version.json": version };
    const production = await staticFiles([before, after], BEFORE);
    const run = await checkout({}).work("post-merge-smoke", orderFor(production, pages), {
      started: true,
    });
    expect(run.proposal).toMatchObject({ status: "passed", liveSha: MERGE });
  });

  test("sees a page that the merge forgot", async () => {
    const production = await staticFiles([before, { "version.json": version }], BEFORE);
    const run = await checkout({}).work("post-merge-smoke", orderFor(production, pages));
    expect(run.proposal).toMatchObject({
      status: "failed",
      probes: [{ found: expect.stringContaining("404"), before: { status: "passed" } }],
    });
  });
});

describe("the smoke test after a deployment that another job reported", () => {
  const { checkout } = useWorkerJobs();
  const smoke = (url: string) => ({
    deploy: { status: "github-pages" },
    probes: [{ get: `${url}/index.html`, expect: { status: 200 } }],
  });
  const deployed = { environment: "github-pages", at: "2026-11-20T09:00:00Z" };

  test("takes GitHub's word for the commit that is live, and asks no address for it", async () => {
    const production = await staticFiles([{ "index.html": "Rates" }], 0);
    const order = orderFor(production, smoke, deployed);
    const run = await checkout({}).work("post-merge-smoke", order, { started: true });
    expect(run.proposal).toMatchObject({
      ...{ status: "passed", liveSha: MERGE },
      lookedFor: { where: "the deployment to github-pages", tries: 1 },
    });
  });

  test("calls nothing live without that word", async () => {
    const production = await staticFiles([{ "index.html": "Rates" }], 0);
    const run = await checkout({}).work("post-merge-smoke", orderFor(production, smoke));
    expect(run.proposal).toMatchObject({ status: "passed", liveSha: null, lookedFor: null });
  });
});
