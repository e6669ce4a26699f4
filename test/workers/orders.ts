import { Config } from "../../src/domain/config/schema.ts";
import { Contract, digestOfContract } from "../../src/domain/contract.ts";
import type { GatheredItem } from "../../src/domain/loop/gathered.ts";
import {
  digestOfIssue,
  digestOfOrder,
  type IntakeOrder,
  isOrderOf,
  type LineOrder,
  type LoopOrder,
  type NightlyOrder,
  Order,
  type OrderKind,
  type OrderOf,
  type ReleaseOrder,
  type ReviewOrder,
  type UnblockOrder,
} from "../../src/domain/order.ts";
import type { LoopProposal } from "../../src/domain/proposal.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";

const ISSUE = {
  title: "shipping to norway is wrong",
  body: "a parcel to NO costs 9.00, should be 11.40",
};
export const OWNER = { id: 1, login: "owner", type: "User", permission: "admin" } as const;

/** A contract that passes the lint, for an order or a model's answer. */
export function contractOf(changes: Partial<Contract> = {}): Contract {
  return Contract.parse({
    goal: "Parcels to Norway cost the rate of zone 2",
    acceptance: [
      { id: "AC1", statement: "quote(NO, 2.5 kg) answers 1140 cents", kind: "changes" },
      {
        id: "AC2",
        statement: "the name of the zone reads naturally beside the others",
        kind: "judgement",
      },
    ],
    nonGoals: [],
    context: { files: ["src/zones.ts"], tests: [], docs: [], decisions: [], notFound: [] },
    tools: { mcp: [], readOnly: [], mutating: [], denied: [] },
    boundaries: { paths: ["src/**", "test/**"], commands: [], network: [], secrets: [] },
    checks: ["test"],
    stop: [],
    split: [],
    reviewNote: "",
    ...changes,
  });
}

const COMMON = {
  version: 1,
  repository: { id: 1, name: "OWNER/example", defaultBranch: "main" },
  runId: 2,
  at: "2026-11-20T09:00:00.000Z",
  base: "a".repeat(40),
  config: Config.parse({
    checks: {
      setup: "npm ci",
      lint: "npm run lint",
      test: { run: "npm test", report: "junit.xml" },
    },
  }),
  harness: ["AGENTS.md"],
  actor: OWNER,
  budget: { tokens: 1_000_000, usd: 5, turns: 40, wallClockMs: 600_000 },
};
const TEXT = { number: 7, ...ISSUE, author: OWNER, remarks: [], digest: digestOfIssue(ISSUE) };

function orderOf<Kind extends OrderKind>(kind: Kind, own: object, changes: object): OrderOf<Kind> {
  const order = Order.parse({ ...COMMON, id: `1/2/${kind}`, kind, ...own, ...changes });
  if (!isOrderOf(order, [kind])) throw new Error(`an order of kind ${order.kind}`);
  return order;
}

export function intakeOrder(changes: Partial<IntakeOrder> = {}): IntakeOrder {
  return orderOf("intake", { issue: TEXT, prior: [] }, changes);
}

export function lineOrder(changes: Partial<LineOrder> = {}): LineOrder {
  const contract = contractOf();
  const contractDigest = digestOfContract(contract);
  const own = { issue: TEXT, attempt: 1, contract, contractDigest, prior: [] };
  return orderOf("line", { ...own, approvedDependencies: [] }, changes);
}

export function releaseOrder(changes: Partial<ReleaseOrder> = {}): ReleaseOrder {
  const release = { mergeSha: "b".repeat(40), tree: "c".repeat(40), changedPaths: [] };
  return orderOf("release", { release }, changes);
}

export function nightlyOrder(changes: Partial<NightlyOrder> = {}): NightlyOrder {
  return orderOf("nightly", { audit: { openDefects: [] } }, changes);
}

export function reviewOrder(changes: Partial<ReviewOrder> = {}): ReviewOrder {
  const contract = contractOf();
  const own = { issue: TEXT, contract, contractDigest: digestOfContract(contract) };
  return orderOf("review", { ...own, pullRequest: { number: 7, head: "d".repeat(40) } }, changes);
}

/** An order to mend pull request 12, whose head is told by whoever asks. */
export function unblockOrder(
  changes: Partial<UnblockOrder> = {},
  asked: Partial<UnblockOrder["unblock"]> = {},
): UnblockOrder {
  const unblock = {
    ...{ pullRequest: 12, head: "d".repeat(40), branch: "theirs", onto: "branch", red: [] },
    ...asked,
  };
  return orderOf("unblock", { issue: TEXT, unblock }, changes);
}

/** What run-loop gathers for an order. */
export function foundBy(
  order: LoopOrder,
  items: readonly GatheredItem[],
  measures: Readonly<Record<string, number>> = {},
): LoopProposal {
  return {
    version: 1,
    order: digestOfOrder(order),
    usage: NO_USAGE,
    durationMs: 5,
    worker: "run-loop",
    gathered: { items: [...items], measures: { ...measures, items: items.length } },
    ran: [],
  };
}

export function loopOrder(changes: Partial<LoopOrder> = {}, front: object = {}): LoopOrder {
  const loop = {
    name: "tidy",
    path: ".github/factory/loops/tidy.md",
    digest: "b".repeat(64),
    loop: { gather: { command: "node find.mjs" }, ...front },
    instruction: "",
    visible: '{"version":1}',
  };
  return orderOf("loop", { loop }, changes);
}
