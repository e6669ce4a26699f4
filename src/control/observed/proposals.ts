import { allowanceOf } from "../../domain/budget.ts";
import { digestOf } from "../../domain/digest.ts";
import { digestOfOrder, type Order, type Worker } from "../../domain/order.ts";
import {
  type FailedProposal,
  PROPOSAL_BYTES,
  Proposal,
  type ProposalOf,
} from "../../domain/proposal.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { addUsage, NO_USAGE, type Usage } from "../../domain/usage.ts";
import { LINE } from "../../line.ts";
import type { View } from "./issue-view.ts";
import { wouldGoOn } from "./runs/run-again.ts";
import { shareOf } from "./share.ts";
import type { JobResult } from "./situation.ts";
import { parseStrictJson } from "./strict-json.ts";

/** Result of a worker of this run: its proposal, its failure, or why neither is trusted. */
export type Reading<Name extends Worker> =
  | { readonly kind: "proposal"; readonly proposal: ProposalOf<Name> }
  | { readonly kind: "failed"; readonly proposal: FailedProposal; readonly refusal: Refusal }
  | { readonly kind: "missing" | "invalid"; readonly refusal: Refusal };

/** Without a ledger, nothing is said about running again. */
type Observed = Pick<View, "input"> & Partial<Pick<View, "ledger">>;

/**
 * Reads one worker's proposal: bounded, with the announced digest, strictly one JSON value of the schema, and the answer
 * to this very order. Nothing in it is used before all of that holds.
 */
export function readProposal<Name extends Worker>(
  view: Observed,
  wanted: { readonly worker: Name; readonly order: Order },
): Reading<Name> {
  const { worker, order } = wanted;
  const deliveries = view.input.proposals.filter((delivery) => delivery.worker === worker);
  const [delivery] = deliveries;
  if (delivery === undefined) return missing(view, worker);
  const leak = deliveries.find((one) => one.leak !== undefined)?.leak;
  if (leak !== undefined) return { kind: "invalid", refusal: leak };
  if (deliveries.length > 1) return invalid(worker, `${deliveries.length} proposals`);
  if (delivery.bytes.length > PROPOSAL_BYTES) {
    return invalid(worker, `${delivery.bytes.length} bytes, at most ${PROPOSAL_BYTES}`);
  }
  const digest = digestOf(delivery.bytes);
  if (digest !== delivery.digest) {
    return {
      kind: "invalid",
      refusal: {
        code: "artifact-invalid",
        subject: `the proposal of ${worker}`,
        found: `digest ${digest}`,
        accepted: `${delivery.digest.slice(0, 64)}, as its job announced`,
      },
    };
  }
  const json = parseStrictJson(delivery.bytes);
  if ("fault" in json) return invalid(worker, json.fault);
  const parsed = Proposal.safeParse(json.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return invalid(worker, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not readable"}`);
  }
  return believed(parsed.data, { worker, order });
}

function believed<Name extends Worker>(
  proposal: Proposal,
  wanted: { readonly worker: Name; readonly order: Order },
): Reading<Name> {
  const { worker, order } = wanted;
  if (proposal.order !== digestOfOrder(order)) return invalid(worker, "it answers another order");
  if (proposal.worker === "failed") {
    return proposal.of === worker
      ? { kind: "failed", proposal, refusal: proposal.refusal }
      : invalid(worker, `it is of ${proposal.of}`);
  }
  return isOf(proposal, worker)
    ? { kind: "proposal", proposal }
    : invalid(worker, `it is of ${proposal.worker}`);
}

function isOf<Name extends Worker>(proposal: Proposal, name: Name): proposal is ProposalOf<Name> {
  return proposal.worker === name;
}

function invalid(worker: Worker, found: string) {
  const refusal: Refusal = {
    code: "proposal-invalid",
    subject: `the proposal of ${worker}`,
    found: found.slice(0, 2_000),
  };
  return { kind: "invalid", refusal } as const;
}

function missing(view: Observed, worker: Worker) {
  const result = view.input.jobResults?.[worker];
  const refusal: Refusal = {
    code: "worker-failed",
    subject: worker,
    found: `it returned no proposal${result === undefined ? "" : `; its job ended as ${result}`}`,
    ...(goesOnAgain(view, result) && { hint: "run-failed-jobs-again" }),
  };
  return { kind: "missing", refusal } as const;
}

/** GitHub reruns only jobs that failed or were cancelled. */
function goesOnAgain({ input, ledger }: Observed, result: JobResult | undefined): boolean {
  if (result !== "failure" && result !== "cancelled") return false;
  return ledger !== undefined && wouldGoOn(ledger.entries, input.run);
}

export interface Spent {
  readonly usage: Usage;
  readonly durationMs: number;
}

const NOTHING: Spent = { usage: NO_USAGE, durationMs: 0 };

/**
 * Cost of these workers. A worker that may call a model and ended well without an account is charged its full budget
 * (DESIGN §3). A job that ended otherwise and left nothing vanished with its machine. It is charged its share, like a
 * vanished run, so that a retry is not refused for it (decision 0011).
 */
export function spentBy(
  view: View,
  readings: Readonly<Partial<Record<Worker, Reading<Worker>>>>,
  order: Order,
): Spent {
  let spent = NOTHING;
  for (const station of LINE) {
    if (station.kind !== "worker") continue;
    const reading = readings[station.worker];
    if (reading === undefined) continue;
    const own =
      "proposal" in reading
        ? reading.proposal
        : station.holdsModelKey && ran(view, station.worker)
          ? silence(view, { order, name: station.worker, before: spent })
          : NOTHING;
    spent = {
      usage: addUsage(spent.usage, own.usage),
      durationMs: spent.durationMs + own.durationMs,
    };
  }
  return spent;
}

function ran(view: View, worker: Worker): boolean {
  return view.input.jobResults?.[worker] !== "skipped";
}

function silence(
  view: View,
  { order, name, before }: { readonly order: Order; readonly name: Worker; readonly before: Spent },
): Spent {
  const spentBeforeUsd = before.usage.usd;
  const { usd: allowed } = allowanceOf(order, { name, spentBeforeUsd });
  const usd = hasVanished(view, name) ? Math.min(allowed, shareOf(view, spentBeforeUsd)) : allowed;
  return { usage: { ...NO_USAGE, usd }, durationMs: 0 };
}

/** By GitHub's own status, because a worker that fails but survives leaves a proposal that says so. */
function hasVanished({ input }: View, worker: Worker): boolean {
  const result = input.jobResults?.[worker];
  const isSilent = input.proposals.every((delivery) => delivery.worker !== worker);
  return isSilent && (result === "failure" || result === "cancelled");
}
