import type { Config } from "../../../domain/config/schema.ts";
import { digestOfContract, emptyContract } from "../../../domain/contract.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import { digestOfIssue, type LineOrder } from "../../../domain/order.ts";

/** Nobody ordered this, and nothing answers it. It has only what verify asks of an order. */
const NOBODY = { id: 1, login: "prove", type: "Bot", permission: "none" } as const;
const NOTHING = { title: "", body: "" } as const;

/** An order without a contract, an issue or any right: it pins a base and a config for verify, and approves no dependency. */
export function ownOrder(pinned: {
  readonly base: ObjectId;
  readonly config: Config;
  /** ISO 8601. */
  readonly at: string;
}): LineOrder {
  const { base, config, at } = pinned;
  const contract = emptyContract();
  const { tokensPerRun, turnsPerRun, minutesPerRun, usdPerIssue } = config.limits;
  return {
    version: 1,
    id: "prove",
    kind: "line",
    repository: { id: 1, name: "OWNER/prove", defaultBranch: "main" },
    runId: 0,
    at,
    base,
    config,
    harness: [],
    actor: NOBODY,
    budget: {
      tokens: tokensPerRun,
      usd: usdPerIssue,
      turns: turnsPerRun,
      wallClockMs: minutesPerRun * 60_000,
    },
    issue: { number: 1, ...NOTHING, author: NOBODY, remarks: [], digest: digestOfIssue(NOTHING) },
    attempt: 1,
    contract,
    contractDigest: digestOfContract(contract),
    prior: [],
    approvedDependencies: [],
  };
}
