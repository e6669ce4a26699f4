import { expect, test } from "vitest";
import type { Order } from "../../src/domain/order.ts";
import type { Proposal } from "../../src/domain/proposal.ts";
import { LINE_FILES, zoneOrder } from "./line-fixture.ts";
import { useWorkerJobs } from "./worker-job.ts";

/** Without the sandbox nothing of a repository runs, and no variable of a workflow can talk a worker out of that. */
export function refusesToRunOutside(
  name: string,
  proposalsFor: (order: Order) => Readonly<Record<string, Proposal>> = () => ({}),
): void {
  const { checkout } = useWorkerJobs();

  test("to work where bubblewrap is not installed", async () => {
    const job = checkout(LINE_FILES);
    const order = zoneOrder(job.base);
    const proposals = proposalsFor(order);
    const run = await job.work(name, order, {
      ...(Object.keys(proposals).length === 0 ? {} : { proposals }),
      environment: { PATH: "/nowhere", MILLWRIGHT_ISOLATION: "none" },
    });
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: "failed" } });
    expect(run.proposal).toMatchObject({ worker: "failed", of: name });
    expect(run.summary).toMatch(/bubblewrap|bwrap/);
  });
}
