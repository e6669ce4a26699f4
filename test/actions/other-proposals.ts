import { expect, test } from "vitest";
import type { Order } from "../../src/domain/order.ts";
import type { Proposal } from "../../src/domain/proposal.ts";
import type { ActionRun } from "./rig.ts";
import { useWorkerJobs, type WorkerJob } from "./worker-job.ts";

interface Reader {
  readonly name: string;
  /** The earlier worker whose proposal it reads. */
  readonly of: string;
  readonly files: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What comes of it when that proposal is missing. */
  readonly withoutIt: "done" | "failed";
  prepare(job: WorkerJob): {
    readonly order: Order;
    readonly proposals: Readonly<Record<string, Proposal>>;
  };
}

/** What a worker does with a proposal of another worker that is not the one its job announced, or answers another order. */
export function refusesOtherProposals(reader: Reader): void {
  const { checkout } = useWorkerJobs();
  const set = () => {
    const job = checkout(reader.files);
    const { order, proposals } = reader.prepare(job);
    const give = (given: Readonly<Record<string, Proposal>>, inputs = {}) =>
      job.work(reader.name, order, { proposals: given, inputs: { ...reader.inputs, ...inputs } });
    return { proposals, give };
  };
  const refused = (run: ActionRun, reason: RegExp) => {
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: "failed" } });
    if (run.proposal?.worker !== "failed") throw new Error("expected a failed proposal");
    expect(run.proposal.refusal.found).toMatch(reason);
    expect(run.lines.join("\n")).toMatch(reason);
  };

  test("a file that is not the one announced", async () => {
    const { proposals, give } = set();
    const digests = Object.keys(proposals).map((worker) => `${worker}=${"0".repeat(64)}`);
    const run = await give(proposals, { "proposal-digests": digests.join(" ") });
    refused(run, /proposal of \S+ is not the file that its job announced/);
  });

  test("an answer to another order", async () => {
    const { proposals, give } = set();
    const found = proposals[reader.of];
    if (found === undefined) throw new Error(`no proposal of ${reader.of}`);
    const run = await give({ ...proposals, [reader.of]: { ...found, order: "0".repeat(64) } });
    refused(run, new RegExp(`proposal of ${reader.of} does not answer this order`));
  });

  test("a proposal that was announced and is not there counts as none, and the log says so", async () => {
    const { give } = set();
    const run = await give({}, { "proposal-digests": `${reader.of}=${"0".repeat(64)}` });
    expect(run.exitCode).toBe(0);
    expect(run.commands).toContain(`::warning::The proposal of ${reader.of} cannot be read.`);
    expect(run.lines.join("\n")).toContain("ENOENT");
    expect(run.outputs.outcome).toBe(reader.withoutIt);
  });
}
