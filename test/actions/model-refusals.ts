import { expect, test } from "vitest";
import type { Order } from "../../src/domain/order.ts";
import type { Proposal } from "../../src/domain/proposal.ts";
import type { ActionRun } from "./rig.ts";
import { access, type Roles, useWorkerJobs, type WorkerJob } from "./worker-job.ts";

interface ModelWorker {
  readonly name: string;
  readonly role: string;
  readonly files: Readonly<Record<string, string>>;
  prepare(job: WorkerJob): {
    readonly order: Order;
    readonly proposals?: Readonly<Record<string, Proposal>>;
  };
}

/** What a worker that thinks does when it cannot: a failed proposal that says why, and no failed job. */
export function survivesItsModel(worker: ModelWorker): void {
  const { checkout, model } = useWorkerJobs();

  const work = async (inputs: Readonly<Record<string, string>>) => {
    const job = checkout(worker.files);
    const { order, ...given } = worker.prepare(job);
    return await job.work(worker.name, order, { ...given, inputs });
  };
  const failed = (run: ActionRun) => {
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: "failed" } });
    if (run.proposal?.worker !== "failed") throw new Error("expected a failed proposal");
    expect(run.proposal.of).toBe(worker.name);
    expect(run.summary).toContain(`### ${worker.name}`);
    return run.proposal.refusal;
  };

  test("no model key", async () => {
    const run = await work({});
    expect(failed(run)).toMatchObject({ subject: "ANTHROPIC_API_KEY", hint: "set-the-secret" });
    expect(run.commands).toHaveLength(1);
    expect(run.commands[0]).toContain(`::warning::${worker.name} gave no result`);
  });

  test("a key that the model does not take", async () => {
    const scripted = await model({ [worker.role]: [{ fault: "401" }] } satisfies Roles);
    const run = await work(access(scripted));
    failed(run);
    expect(run.commands).toEqual([
      `::add-mask::${scripted.apiKey}`,
      expect.stringContaining(`::warning::${worker.name} gave no result`),
    ]);
    const ofTheRun = run.lines.filter((line) => !line.startsWith("Bounds of commands: "));
    expect(ofTheRun.every((line) => line.startsWith("| "))).toBe(true);
  });

  test("a model that cannot be reached", async () => {
    const scripted = await model({ [worker.role]: [{ text: "never asked" }] });
    await scripted.close();
    failed(await work(access(scripted)));
  });
}
