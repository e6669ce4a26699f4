import type { ReleaseOrder } from "../../../domain/order.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { View } from "../../observed/issue-view.ts";
import { readDeployed } from "../../observed/release/deployment.ts";
import type { Decision } from "../../observed/situation.ts";
import { conclude, stayQuiet } from "../../outcome/conclude.ts";
import { commonOrder, ownActor } from "../../outcome/orders.ts";
import { refuseCaller } from "../../vetoes/preconditions.ts";
import { nextLook, refuseDeployed, withDeployed } from "./await-deploy.ts";

/**
 * Pins the head of the default branch for a smoke test without an issue: after a push, a deployment or a person's command. It
 * works under an andon, too, because looking helps repair. If GitHub reports deployments, it waits for that of the head.
 */
export function decideSmokeOpen(view: View): Decision {
  const refusal = view.configRefusal ?? refuseArrival(view);
  if (refusal !== undefined) return stayQuiet(view, [refusal]);
  const { head, headTree } = view.snapshot.repository;
  const made: ReleaseOrder = {
    ...commonOrder(view, "release", view.actor ?? ownActor(view)),
    release: { mergeSha: head, tree: headTree, changedPaths: [] },
  };
  const deployed = readDeployed(view);
  if (deployed.kind === "not-asked" || deployed.kind === "live") {
    const order = deployed.kind === "live" ? withDeployed(made, deployed) : made;
    return conclude(view, { headline: "smoke-next", effects: [], next: "release", order });
  }
  if (deployed.kind !== "coming" && deployed.kind !== "waiting") {
    return stayQuiet(view, [refuseDeployed(view, deployed)]);
  }
  const lookAgainMs = deployed.kind === "coming" ? nextLook(view) : undefined;
  const waits = conclude(view, { headline: "deploy-waits", effects: [] });
  return lookAgainMs === undefined ? waits : { ...waits, lookAgainMs };
}

/** GitHub decided who may push or deploy. Only a commit that is no longer the head is left to a later run. */
function refuseArrival(view: View): Refusal | undefined {
  const { trigger, snapshot } = view;
  if (trigger?.kind !== "arrived") return refuseCaller(view);
  const { head, defaultBranch } = snapshot.repository;
  if (trigger.commit === head) return undefined;
  return { code: "base-moved", subject: defaultBranch, found: head, accepted: trigger.commit };
}
