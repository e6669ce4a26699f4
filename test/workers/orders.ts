import { Config } from "../../src/domain/config/schema.ts";
import { Contract, digestOfContract } from "../../src/domain/contract.ts";
import { digestOfIssue, Order } from "../../src/domain/order.ts";

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
      { id: "AC1", statement: "quote(NO, 2.5 kg) answers 1140 cents", proof: "test" },
      {
        id: "AC2",
        statement: "the name of the zone reads naturally beside the others",
        proof: "judgement",
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

function orderOf(kind: Order["kind"], changes: Partial<Order>): Order {
  return Order.parse({
    version: 1,
    id: `1/2/${kind}`,
    kind,
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
    prior: [],
    budget: { tokens: 1_000_000, usd: 5, turns: 40, wallClockMs: 600_000 },
    ...changes,
  });
}

export function intakeOrder(changes: Partial<Order> = {}): Order {
  const issue = { number: 7, ...ISSUE, author: OWNER, remarks: [], digest: digestOfIssue(ISSUE) };
  return orderOf("intake", { issue, ...changes });
}

export function lineOrder(changes: Partial<Order> = {}): Order {
  const contract = contractOf();
  const issue = { number: 7, ...ISSUE, author: OWNER, remarks: [], digest: digestOfIssue(ISSUE) };
  return orderOf("line", {
    issue,
    attempt: 1,
    contract,
    contractDigest: digestOfContract(contract),
    ...changes,
  });
}
