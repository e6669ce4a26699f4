import { expect, test } from "vitest";
import { describeInside } from "../../adapters/sandbox/sandboxes.ts";
import { loopOrder } from "../../workers/orders.ts";
import { ZONE_CONFIG } from "../line-fixture.ts";
import { useWorkerJobs } from "../worker-job.ts";

const FIND = `
import { readFileSync } from "node:fs";
const shown = JSON.parse(readFileSync(process.env.MILLWRIGHT_VISIBLE, "utf8"));
console.error("what is said here is no part of the document");
console.log(JSON.stringify({ items: [{ key: "a", title: "A" }], measures: { shown: shown.version } }));
`;

function orderOn(base: string, command: string) {
  return loopOrder({ base, config: ZONE_CONFIG }, { gather: { command } });
}

describeInside("the bundle of run-loop", () => {
  const { checkout } = useWorkerJobs();

  test("gathers what a command of the repository prints", async () => {
    const job = checkout({ "find.mjs": FIND });
    const order = orderOn(job.base, "node find.mjs");
    const run = await job.work("run-loop", order, { started: true });
    expect(run).toMatchObject({ exitCode: 0, commands: [], outputs: { outcome: "done" } });
    expect(run.proposal).toMatchObject({
      worker: "run-loop",
      gathered: { items: [{ key: "a", title: "A" }], measures: { shown: 1, items: 1 } },
      usage: { requests: 0 },
    });
    expect(run.summary).toContain("1 item gathered");
  });
});

describeInside("the door of run-loop", () => {
  const { checkout } = useWorkerJobs();

  test("has no network while a command of a loop runs", async () => {
    const job = checkout({ "find.mjs": FIND });
    const command = "ls /sys/class/net | grep -v '^lo$' && exit 9; node find.mjs";
    const run = await job.work("run-loop", orderOn(job.base, command));
    expect(run.proposal).toMatchObject({ worker: "run-loop" });
  });

  test("says what a command said that failed", async () => {
    const job = checkout({ "find.mjs": "console.error('no such place'); process.exit(4);\n" });
    const run = await job.work("run-loop", orderOn(job.base, "node find.mjs"));
    expect(run.proposal).toMatchObject({
      worker: "failed",
      of: "run-loop",
      refusal: { code: "nothing-produced", found: "exit code 4: no such place" },
    });
  });
});
