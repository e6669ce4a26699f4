import type { ReleaseOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { millisecondsBetween } from "../../../domain/text/time.ts";
import type { OnIssue, View } from "../../observed/issue-view.ts";
import { type Deployed, readDeployed } from "../../observed/release/deployment.ts";
import { lastLanding } from "../../observed/release/landing.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, halt } from "../../outcome/conclude.ts";
import { doorbell } from "../../outcome/doorbell.ts";
import type { NewEntry } from "../../outcome/ledger-entry.ts";

/** How long one job looks before it rings for another, in milliseconds. Less than the five minutes that such a job may take. */
const WATCH_MS = 180_000;
/** Pauses between two looks, in milliseconds. Each look costs about ten requests. */
const PAUSES_MS = [5_000, 10_000, 20_000, 40_000, 60_000];

/**
 * The step after a merge: the smoke test, or a ring if a deployment is awaited. The merging job blocks all other merges,
 * so another job waits.
 */
export function afterMerge(view: OnIssue, order: ReleaseOrder) {
  return order.config.smoke.deploy?.status === undefined
    ? ({ rings: [], follows: { next: "release", order } } as const)
    : ({ rings: [doorbell(view, view.issue.number)], follows: {} } as const);
}

/**
 * Continues to the smoke test once GitHub reports the deployment as live. Waiting for a person has no limit, because the
 * heartbeat rings again. A failed or late deploy is not the fault of the merge, so a person is asked.
 */
export function awaitDeploy(view: OnIssue, order: ReleaseOrder): Decision {
  const deployed = readDeployed(view);
  if (deployed.kind === "not-asked") return smokeNext(view, order);
  if (deployed.kind === "live") return smokeNext(view, withDeployed(order, deployed));
  if (deployed.kind === "waiting") return waits(view);
  if (deployed.kind !== "coming") return giveUp(view, deployed);
  const sinceMerge = millisecondsBetween(mergedAt(view), view.now);
  const limitMs = (order.config.smoke.deploy?.timeoutSeconds ?? 0) * 1_000;
  if (sinceMerge >= limitMs) return giveUp(view, deployed);
  const lookAgainMs = nextLook(view);
  if (lookAgainMs !== undefined) return { ...waits(view), lookAgainMs };
  return conclude(view, {
    headline: "deploy-waits",
    effects: [doorbell(view, view.issue.number)],
  });
}

/** The pause before this job's next look; undefined once it has looked long enough. */
export function nextLook({ looks }: View): number | undefined {
  const { count, ms } = looks ?? { count: 0, ms: 0 };
  const pause = PAUSES_MS[Math.min(count, PAUSES_MS.length - 1)] ?? 0;
  return ms + pause > WATCH_MS ? undefined : pause;
}

export function withDeployed(
  order: ReleaseOrder,
  { deployed }: Extract<Deployed, { kind: "live" }>,
): ReleaseOrder {
  return { ...order, release: { ...order.release, deployed } };
}

function smokeNext(view: View, order: ReleaseOrder): Decision {
  return conclude(view, { headline: "smoke-next", effects: [], next: "release", order });
}

function waits(view: View): Decision {
  return conclude(view, { headline: "deploy-waits", effects: [] });
}

function mergedAt(view: OnIssue): string {
  return lastLanding(view.ledger.entries)?.at ?? view.now;
}

/** The commit was not seen live. The ledger records that, and nothing about how it works. */
function giveUp(view: OnIssue, deployed: Exclude<Deployed, { kind: "live" | "not-asked" }>) {
  const commit = lastLanding(view.ledger.entries)?.event.commit;
  const refusal = refuseDeployed(view, deployed);
  if (commit === undefined || deployed.kind === "unknown")
    return halt(view, { refusals: [refusal] });
  const event = { kind: "smoked", commit, status: "not-deployed", live: false } as const;
  const before: NewEntry[] = [{ stage: "needs-human", event }];
  return halt(view, { before, refusals: [refusal] });
}

export function refuseDeployed(
  { config }: View,
  { kind, said }: Exclude<Deployed, { kind: "live" | "not-asked" }>,
): Refusal {
  const subject = `the deployment to ${config.smoke.deploy?.status ?? "an environment"}`;
  return kind === "unknown"
    ? { code: "state-unknown", subject, found: said.slice(0, 500) }
    : { code: "deploy-not-seen", subject, found: said.slice(0, 500), hint: "look-at-the-deploy" };
}
