import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import type { RunSummary } from "../../src/twin/github/twin-github.ts";
import { headOf, PATIENCE_MS, raise, submit, type World } from "./rig.ts";
import { entriesOf, expectSealed, jobsOf, standing, summariesOf } from "./standing.ts";

/** Production as files: what the deploy published last is handed out, and nothing else is there. */
async function startPages() {
  let files: Readonly<Record<string, string>> = {};
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const file = files[request.url ?? ""];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    url: `http://127.0.0.1:${port}`,
    publish: (published: Readonly<Record<string, string>>) => {
      files = published;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Deployment {
  readonly id: number;
  readonly sha: string;
}

/** A system that deploys elsewhere: it hears of each merge, makes a deployment of it, and says its state where it has one. */
function deploysElsewhere(
  world: World,
  { environment, state, deploy = () => undefined }: Elsewhere,
): { deployment(): Promise<Deployment>; say(state: string): Promise<void> } {
  let made: Promise<Deployment> | undefined;
  const say = async (id: number, said: string) =>
    void (await world.send("POST", `/deployments/${id}/statuses`, { state: said }));
  world.twin.github.onEvent(({ name, action, payload }) => {
    const { merged, merge_commit_sha: sha } = (payload.pull_request ?? {}) as {
      readonly merged?: boolean;
      readonly merge_commit_sha?: string;
    };
    if (name !== "pull_request" || action !== "closed" || merged !== true) return;
    deploy();
    const asked = { ref: sha, environment, required_contexts: [] };
    made = (world.send("POST", "/deployments", asked) as Promise<Deployment>).then(async (one) => {
      if (state !== undefined) await say(one.id, state);
      return one;
    });
  });
  const deployment = () => made ?? Promise.reject(new Error("nothing was merged"));
  return { deployment, say: async (said) => say((await deployment()).id, said) };
}

interface Elsewhere {
  readonly environment: string;
  /** Absent: nothing is said of it yet. */
  readonly state?: string;
  readonly deploy?: () => void;
}

/** A run that waits for a reviewer of its environment, as GitHub lists it. */
function waitingRun(headSha: string): RunSummary {
  return {
    ...{
      id: 9,
      attempt: 1,
      name: "Deploy",
      displayTitle: "Deploy",
      path: ".github/workflows/deploy.yml",
    },
    ...{ event: "push", status: "waiting", conclusion: null, headBranch: "main", headSha },
    ...{ actor: "OWNER", createdAt: "2026-11-20T09:00:00Z", updatedAt: "2026-11-20T09:00:00Z" },
  };
}

/** As the heartbeat does for an issue that waits. */
async function ring(world: World, issue: number): Promise<void> {
  const path = "/actions/workflows/factory.yml/dispatches";
  await world.send("POST", path, { ref: "main", inputs: { issue: `${issue}` } });
  await world.idle();
}

async function expectSeenLive(world: World, issue: number): Promise<void> {
  const found = await standing(world, issue);
  expect(found).toMatchObject({ stages: ["done"], state: "closed", ask: "" });
  const smoked = entriesOf(found.ledger).filter(({ event }) => event.kind === "smoked");
  expect(smoked.map(({ event }) => event)).toMatchObject([
    { status: "passed", live: true, commit: await headOf(world) },
  ]);
  await expectSealed(world, issue);
}

const smokeOf = (url: string, deploy: object) => ({
  smoke: {
    deploy,
    spreadSeconds: 0,
    probes: [{ get: `${url}/index.html`, expect: { status: 200 } }],
  },
});
const PAGE = { "/index.html": "<h1>Rates</h1>" };

describe.concurrent("a merge whose deployment", { timeout: PATIENCE_MS }, () => {
  test("another system reports is seen live by its word", async () => {
    await using pages = await startPages();
    pages.publish(PAGE);
    await using world = await raise({ config: smokeOf(pages.url, { status: "Production" }) });
    deploysElsewhere(world, { environment: "Production", state: "success" });
    const issue = await submit(world);
    await expectSeenLive(world, issue);
    expect(pages.asked).toEqual(["/index.html"]);
  });

  test("is one of Pages: the workflow that the config names publishes files, and they are probed", async () => {
    await using pages = await startPages();
    const deploy = { workflow: "pages.yml", status: "github-pages" };
    await using world = await raise({
      config: smokeOf(pages.url, deploy),
      files: { ".github/workflows/pages.yml": "on: workflow_dispatch\njobs: {}\n" },
    });
    deploysElsewhere(world, {
      ...{ environment: "github-pages", state: "success" },
      deploy: () => pages.publish(PAGE),
    });
    const issue = await submit(world);
    await expectSeenLive(world, issue);
  });

  test("waits for a reviewer waits past its time, says so, asks nobody, and is probed once it is approved", async () => {
    await using pages = await startPages();
    const deploy = { status: "production", timeoutSeconds: 1 };
    await using world = await raise({ config: smokeOf(pages.url, deploy) });
    const environment = deploysElsewhere(world, { environment: "production" });
    // Whatever commit is asked about: the run of a merge waits from the moment that it is there.
    const waits = { list: () => [waitingRun(mergedNow)], cancel: () => false };
    let mergedNow = "";
    world.twin.github.onEvent(({ name, action, payload }) => {
      const pull = payload.pull_request as { readonly merge_commit_sha?: string } | undefined;
      if (name === "pull_request" && action === "closed") {
        mergedNow = pull?.merge_commit_sha ?? "";
        world.twin.github.setRuns(waits);
      }
    });
    const issue = await submit(world);
    for (const _ of ["at night", "and the next night"]) {
      await ring(world, issue);
      expect(await standing(world, issue)).toMatchObject({
        ...{ stages: ["smoking"], state: "open", ask: "" },
        labels: expect.not.arrayContaining(["factory:andon"]),
      });
    }
    expect(summariesOf(world)).toContain("the deploy waits");
    expect(jobsOf(world)).not.toContain("post-merge-smoke");
    expect(pages.asked).toEqual([]);

    pages.publish(PAGE);
    world.twin.github.setRuns({ list: () => [], cancel: () => false });
    await environment.say("success");
    await ring(world, issue);
    await expectSeenLive(world, issue);
  });

  test("is rejected by its reviewer asks a person, and says nothing of how the merge works", async () => {
    await using pages = await startPages();
    pages.publish(PAGE);
    await using world = await raise({ config: smokeOf(pages.url, { status: "production" }) });
    deploysElsewhere(world, { environment: "production", state: "failure" });
    const issue = await submit(world);
    const found = await standing(world, issue);
    expect(found).toMatchObject({ stages: ["needs-human"], state: "open" });
    expect(found.ask).toContain("the deployment to production");
    expect(pages.asked).toEqual([]);
    expect(await world.get("/issues?labels=factory:andon&state=open")).toEqual([]);
  });
});
