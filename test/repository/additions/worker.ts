import type { Addition } from "./addition.ts";

export const WORKER: Addition = {
  what: "a worker",
  edits: [
    {
      file: "src/domain/order.ts",
      find: `  "judge",\n] as const;`,
      replace: `  "judge",\n  "explain",\n] as const;`,
    },
    {
      file: "src/domain/order.ts",
      find: `  judge: ["loop"],`,
      replace: `  judge: ["loop"],\n  explain: ["line"],`,
    },
    {
      file: "src/domain/proposal.ts",
      find: `/** A worker that could not finish`,
      replace: `export const ExplainProposal = z.strictObject({
  ...common,
  worker: z.literal("explain"),
  page: Text,
});
export type ExplainProposal = z.infer<typeof ExplainProposal>;

/** A worker that could not finish`,
    },
    {
      file: "src/domain/proposal.ts",
      find: `  JudgeProposal,\n  FailedProposal,`,
      replace: `  JudgeProposal,\n  ExplainProposal,\n  FailedProposal,`,
    },
    {
      file: "src/line.ts",
      find: `    yields: "a verdict that can only veto",
  },`,
      replace: `    yields: "a verdict that can only veto",
  },
  {
    kind: "worker",
    worker: "explain",
    workflow: "review.yml",
    doing: "explains the change",
    holdsModelKey: false,
    runsRepositoryCode: false,
    needs: ["implement"],
    yields: "a page",
  },`,
    },
    {
      file: "src/wording/summaries/job-summary.ts",
      find: `    case "failed":
      return "stopped";`,
      replace: `    case "explain":
      return "the change is explained";
    case "failed":
      return "stopped";`,
    },
    {
      file: "src/wording/summaries/job-summary.ts",
      find: `    case "failed":
      return [sayRefusal`,
      replace: `    case "explain":
      return [safeText(proposal.page)];
    case "failed":
      return [sayRefusal`,
    },
    {
      file: "src/workers/explain/run.ts",
      content: `import type { Order } from "../../domain/order.ts";
import type { ExplainProposal, FailedProposal } from "../../domain/proposal.ts";
import type { Clock } from "../../ports/clock.ts";
import { proposalHead, runWorker } from "../shared/proposal.ts";

/** Says which base an order is about. */
export function runExplain(
  order: Order,
  ports: { readonly clock: Clock },
): Promise<ExplainProposal | FailedProposal> {
  return runWorker(order, { of: "explain", clock: ports.clock }, async (meter) => ({
    ...proposalHead(order, meter.spent()),
    worker: "explain",
    page: \`The change stands on \${order.base}.\`,
  }));
}
`,
    },
    {
      file: "src/actions/explain.ts",
      content: `// Explains a change. No key, no token, no repository.
import { createClock } from "../adapters/clock/clock.ts";
import { fulfilOrder } from "../adapters/runner/handover.ts";
import { createRunner } from "../adapters/runner/runner.ts";
import { renderWorkerSummary } from "../wording/summaries/job-summary.ts";
import { runExplain } from "../workers/explain/run.ts";

const runner = createRunner();
await fulfilOrder(runner, { worker: "explain", describe: renderWorkerSummary }, (order) =>
  runExplain(order, { clock: createClock() }),
);
`,
    },
  ],
  proof: `
    import { LINE } from "./src/line.ts";
    import { Proposal } from "./src/domain/proposal.ts";
    import { runExplain } from "./src/workers/explain/run.ts";
    import { renderWorkerSummary } from "./src/wording/summaries/job-summary.ts";
    import { createFakeClock } from "./test/fakes/clock.ts";
    import { BUNDLED } from "./test/repository/bundles.ts";
    import { lineOrder } from "./test/workers/orders.ts";
    const stations = LINE.filter(({ worker }) => worker === "explain").map(({ doing }) => doing);
    const proposal = Proposal.parse(await runExplain(lineOrder(), { clock: createFakeClock() }));
    const summary = renderWorkerSummary(proposal);
    export const shown = [stations, BUNDLED.includes("explain"), summary.includes("stands on")];
  `,
  expected: [["explains the change"], true, true],
};
