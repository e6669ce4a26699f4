import { afterEach, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { describeInside } from "../../adapters/sandbox/sandboxes.ts";
import { releaseOrder } from "../../workers/orders.ts";
import { useWorkerJobs } from "../worker-job.ts";
import { type Production, replacedProcess } from "./production.ts";

const OLD = "a".repeat(40);
const MERGE = "b".repeat(40);
const SCRIPT = `
const [site] = process.argv.slice(2);
const elsewhere = await fetch("http://127.0.0.1:48001/").then(() => "reached", () => "refused");
console.log("elsewhere", elsewhere);
const answer = await fetch(site + "/health");
if (answer.status !== 200) throw new Error("the site answers " + answer.status);
`;

const opened: Production[] = [];
afterEach(async () => {
  for (const production of opened.splice(0)) await production.close();
});

/** A checkout of the commit before the change, whose config has this probe, and the order to ask it. */
async function jobOf(
  checkout: ReturnType<typeof useWorkerJobs>["checkout"],
  { health, probe }: { readonly health: number; readonly probe: (url: string) => object },
) {
  // The address, the program, and the address again are asked of what was live before.
  const older = { commit: OLD, health: 200, answers: 3 };
  const production = await replacedProcess(older, { commit: MERGE, health });
  opened.push(production);
  const { url } = production;
  const smoke = {
    ...{ deploy: { sha: `${url}/version`, timeoutSeconds: 60 }, spreadSeconds: 0 },
    probes: [probe(url)],
  };
  const job = checkout({
    ".github/factory.yml": JSON.stringify({ smoke }),
    "smoke/health.mjs": SCRIPT,
    "node_modules/playwright-core/package.json": "{}",
    "node_modules/playwright-core/index.js": "",
    "smoke/browser.mjs":
      'import "playwright-core";\nconsole.log(process.env.MILLWRIGHT_BROWSER);\n',
  });
  const release = {
    ...{ pullRequest: 2, mergeSha: MERGE, tree: "c".repeat(40), parent: OLD },
    ...{ changedPaths: ["smoke/browser.mjs"], programsFrom: job.base },
  };
  const order = releaseOrder({ base: MERGE, config: Config.parse({ smoke }), release });
  return { job, order };
}

const command = (url: string) => ({ run: `node smoke/health.mjs ${url}` });

describeInside("a smoke test by a program of the commit before", () => {
  const { checkout } = useWorkerJobs();

  test("reaches the deploy alone, and blames the merge for what passed before by the same program", async () => {
    const { job, order } = await jobOf(checkout, { health: 500, probe: command });
    const run = await job.work("post-merge-smoke", order);
    expect(run.proposal).toMatchObject({
      status: "failed",
      probes: [
        {
          found: expect.stringMatching(/^exit code 1 .*: elsewhere refused .*site answers 500/),
          program: { from: job.base, changed: "unknown" },
          tries: [{ status: "failed" }, { status: "failed" }, { status: "failed" }],
          before: { status: "passed", commit: OLD, seen: "in-this-job" },
        },
      ],
    });
    expect(run.summary).toContain(`the program of ${job.base.slice(0, 7)}, before the change`);
  });

  test("by a script for a browser, says that the change writes it anew", async () => {
    const probe = () => ({ playwright: "smoke/browser.mjs" });
    const { job, order } = await jobOf(checkout, { health: 200, probe });
    const run = await job.work("post-merge-smoke", order);
    // Without a browser on this machine it is unknown, and says why.
    expect(run.proposal).toMatchObject({
      probes: [
        {
          status: expect.stringMatching(/^(passed|unreachable)$/),
          found: expect.stringMatching(/exit code 0 .*: \/|^no browser runs/),
          program: { from: job.base, changed: "yes" },
        },
      ],
    });
    expect(run.summary).toContain("before the change, which writes it anew");
  });
});
