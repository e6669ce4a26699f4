import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { releaseOrder } from "../../workers/orders.ts";
import { useWorkerJobs } from "../worker-job.ts";

const MERGE = "b".repeat(40);
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A production on the loopback; what it was asked with stands in `asked`. */
async function production(answers: Readonly<Record<string, readonly [number, string]>>) {
  const asked: { readonly path: string; readonly headers: string }[] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? "", headers: JSON.stringify(request.headers) });
    const [status, body] = answers[request.url ?? ""] ?? [404, ""];
    response.writeHead(status).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function releaseOf(url: string) {
  const smoke = {
    deploy: { workflow: "deploy.yml", sha: `${url}/version`, timeoutSeconds: 5 },
    probes: [{ get: `${url}/health`, expect: { status: 200, bodyMatches: '"ok":\\s*true' } }],
    spreadSeconds: 0,
  };
  const release = { pullRequest: 2, mergeSha: MERGE, tree: "c".repeat(40), changedPaths: [] };
  return releaseOrder({ base: MERGE, config: Config.parse({ smoke }), release });
}

describe("the bundle of post-merge-smoke", () => {
  const { checkout } = useWorkerJobs();

  test("sees the merged commit live and its probes answered, without a credential", async () => {
    const { asked, url } = await production({
      "/version": [200, JSON.stringify({ sha: MERGE })],
      "/health": [200, '{"ok": true}'],
    });
    const run = await checkout({}).work("post-merge-smoke", releaseOf(url), {
      started: true,
    });
    expect(run).toMatchObject({ exitCode: 0, commands: [], outputs: { outcome: "done" } });
    expect(run.proposal).toMatchObject({
      worker: "post-merge-smoke",
      status: "passed",
      mergeSha: MERGE,
      probes: [{ status: "passed" }],
    });
    expect(asked.map(({ path }) => path)).toEqual(["/version", "/health", "/version"]);
    expect(asked.map(({ headers }) => headers).join()).not.toMatch(/authorization|api-key|cookie/);
    expect(run.files).toEqual(["handover/order.json", "millwright/post-merge-smoke.json"]);
  });
});

describe("the door of post-merge-smoke", () => {
  const { checkout } = useWorkerJobs();

  test("says that a probe failed, with hostile text kept out of log and summary", async () => {
    const { url } = await production({
      "/version": [200, MERGE],
      "/health": [500, "\n::error::gone\n<img src=https://evil.example/x>"],
    });
    const run = await checkout({}).work("post-merge-smoke", releaseOf(url));
    expect(run).toMatchObject({ exitCode: 0, commands: [] });
    expect(run.proposal).toMatchObject({ status: "failed", probes: [{ status: "failed" }] });
    expect(run.summary).not.toMatch(/^::/m);
    expect(run.summary.replaceAll(/`[^`]*`/g, "")).not.toContain("<img");
  });
});
