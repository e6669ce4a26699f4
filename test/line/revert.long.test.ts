import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { headOf, PATIENCE_MS, raise, submit, type World } from "./rig.ts";
import { entriesOf, expectSealed, jobsOf, standing } from "./standing.ts";

/** The address, a probe, and the address again: how things were before is seen then. */
const LAST_REQUESTS = 3;

/**
 * An application that is replaced by the head of the default branch once the release before has answered some requests. It
 * is well at the trees that `isWell` says yes to.
 */
async function startApplication(isWell: (tree: string) => boolean) {
  let world: World | undefined;
  let live = "";
  let answered = 0;
  /** What is live for this request: the next release from the moment that the one before was asked often enough. */
  const liveIn = async (of: World) => {
    const head = await headOf(of);
    if (live !== head && answered >= LAST_REQUESTS) {
      live = head;
      answered = 0;
    }
    if (live !== head) answered += 1;
    return live;
  };
  const server = createServer(async (request, answer) => {
    if (world === undefined) return void answer.writeHead(503).end();
    const commit = await liveIn(world);
    if (request.url === "/version") return void answer.end(commit);
    const isFine = isWell(await treeOf(world, commit));
    answer.writeHead(isFine ? 200 : 500).end(isFine ? "fine" : "broken");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async release(of: World) {
      live = await headOf(of);
      world = of;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function treeOf(world: World, commit: string): Promise<string> {
  const found = await world.get<{ tree: { sha: string } }>(`/git/commits/${commit}`);
  return found.tree.sha;
}

const smokeOf = (url: string) => ({
  deploy: { workflow: "deploy.yml", sha: `${url}/version`, timeoutSeconds: 60 },
  spreadSeconds: 0,
  probes: [{ get: `${url}/health`, expect: { status: 200 } }],
});

const DEPLOY = "on: workflow_dispatch\njobs: {}\n";

describe.concurrent("a merge that breaks production", { timeout: PATIENCE_MS }, () => {
  test("is taken back through the same GitHub, and production is well again", async () => {
    const good = new Set<string>();
    await using application = await startApplication((tree) => good.has(tree));
    await using world = await raise({
      config: { smoke: smokeOf(application.url) },
      files: { ".github/workflows/deploy.yml": DEPLOY },
    });
    good.add(await treeOf(world, world.base));
    await application.release(world);
    const issue = await submit(world);
    const found = await standing(world, issue);
    expect(found).toMatchObject({ stages: ["ready"], state: "open", ask: "" });
    expect(found.events.slice(-7)).toEqual([
      "published",
      "merged",
      "smoked",
      "reverting",
      "reverted",
      "smoked",
      "sent-back",
    ]);
    const head = await headOf(world);
    const reverted = entriesOf(found.ledger).find(({ event }) => event.kind === "reverted");
    expect(reverted?.event).toMatchObject({ by: "factory", commit: head });
    expect(await treeOf(world, head)).toBe(await treeOf(world, world.base));
    expect(await world.get("/issues?labels=factory:andon&state=open")).toEqual([]);
    expect(jobsOf(world).slice(-6)).toEqual([
      "post-merge-smoke",
      "record",
      "verify",
      "revert",
      "post-merge-smoke",
      "record",
    ]);
    await expectSealed(world, issue);
  });

  test("and leaves it broken when it is taken back stays under the andon, for a person", async () => {
    let base = "";
    let isGone = false;
    await using application = await startApplication((tree) => {
      if (tree !== base) isGone = true;
      return !isGone;
    });
    await using world = await raise({
      config: { smoke: smokeOf(application.url) },
      files: { ".github/workflows/deploy.yml": DEPLOY },
    });
    base = await treeOf(world, world.base);
    await application.release(world);
    const issue = await submit(world);
    const found = await standing(world, issue);
    expect(found).toMatchObject({ stages: ["needs-human"], state: "open" });
    expect(found.events.slice(-4)).toEqual(["reverting", "reverted", "smoked", "refused"]);
    const incidents = await world.get<readonly unknown[]>(
      "/issues?labels=factory:andon&state=open",
    );
    expect(incidents).toHaveLength(1);
  });
});
