import type { ObjectId } from "../../../domain/digest.ts";
import type { Scope } from "../../../domain/github/snapshot.ts";
import type { ReleaseOrder } from "../../../domain/order.ts";
import type { View } from "../issue-view.ts";
import { lastLanding } from "./landing.ts";

/** The commit that a task waits to see live. */
function commitToSee({ input, stage, ledger, snapshot }: View): ObjectId | undefined {
  if (input.task === "smoke-open") return snapshot.repository.head;
  if (input.task !== "route" || stage !== "smoking") return undefined;
  return lastLanding(ledger.entries)?.event.commit;
}

/** What to ask GitHub about deployments; nothing if the config names no environment, or nobody waits for a commit. */
export function deploymentToAsk(view: View): Scope["deployment"] {
  const environment = view.config.smoke.deploy?.status;
  const sha = commitToSee(view);
  return environment === undefined || sha === undefined ? undefined : { sha, environment };
}

/**
 * State of a deployment, by its consequence: `waiting` waits for a person and is never late, `coming` is expected,
 * `replaced` was live until another one replaced it.
 */
export type Deployed =
  | { readonly kind: "not-asked" }
  | { readonly kind: "live"; readonly deployed: NonNullable<ReleaseOrder["release"]["deployed"]> }
  | { readonly kind: "waiting" | "coming"; readonly said: string }
  | { readonly kind: "failed" | "replaced"; readonly said: string }
  | { readonly kind: "unknown"; readonly said: string };

/** GitHub's states as documented. Any other word is unknown. */
const KINDS = {
  waiting: "waiting",
  queued: "coming",
  pending: "coming",
  in_progress: "coming",
  failure: "failed",
  error: "failed",
  inactive: "replaced",
} as const;

export function readDeployed({ snapshot }: Pick<View, "snapshot">): Deployed {
  const { deployment } = snapshot;
  if (deployment === undefined) return { kind: "not-asked" };
  if ("unknown" in deployment) return { kind: "unknown", said: deployment.unknown };
  if (deployment.known === null) return { kind: "coming", said: "no deployment of this commit" };
  const { environment, state, at } = deployment.known;
  if (state === "success") return { kind: "live", deployed: { environment, at } };
  const said = `${state} since ${at}`;
  if (!Object.hasOwn(KINDS, state)) return { kind: "unknown", said };
  return { kind: KINDS[state as keyof typeof KINDS], said };
}
