import { createHash } from "node:crypto";
import type { Observation, SeenRequest } from "../observation.ts";

/**
 * What one run handed from job to job, as JSON says it: read without the schemas of the code under test. Whatever is
 * missing here throws where it is used, and an invariant that cannot be asked counts as violated.
 */
export interface HandedOver {
  readonly order: OrderSeen;
  readonly implement: { readonly order: string; readonly changeSet: ChangeSetSeen };
  readonly verify: {
    readonly order: string;
    readonly subject: SubjectSeen;
    readonly evidence: readonly PieceSeen[];
    readonly changedLines: number;
  };
  readonly review: { readonly order: string; readonly verdict: VerdictSeen };
}

export interface OrderSeen {
  readonly base: string;
  readonly attempt: number;
  readonly issue: { readonly number: number; readonly digest: string };
  readonly contractDigest: string;
  readonly contract: {
    readonly acceptance: readonly { readonly id: string; readonly kind: string }[];
  };
  readonly approvedDependencies: readonly string[];
  readonly config: {
    readonly approve: string;
    readonly checks: Readonly<Record<string, unknown>>;
    readonly limits: { readonly changedLines: number };
    readonly gate?: { readonly noticed?: number };
    readonly trust: { readonly default: string; readonly scopes: readonly ScopeSeen[] };
  };
}
export interface ScopeSeen {
  readonly paths: readonly string[];
  readonly level: string;
}
interface ChangeSetSeen {
  readonly files: readonly { readonly path: string; readonly content?: string }[];
}
interface SubjectSeen {
  readonly base: string;
  readonly tree: string;
}
interface VerdictSeen {
  readonly subject: SubjectSeen;
  readonly decision: string;
  readonly findings: readonly { readonly severity: string }[];
  readonly criteria: readonly { readonly id: string; readonly answer: string }[];
}
interface TestSeen {
  readonly name: string;
  readonly status: string;
  readonly several?: unknown;
}
/** One piece of evidence; which fields there are depends on its kind. */
export interface PieceSeen {
  readonly kind: string;
  readonly subject: SubjectSeen;
  readonly name?: string;
  readonly on?: string;
  readonly status?: string;
  readonly tests?: readonly TestSeen[];
  readonly criterion?: string;
  readonly source?: string;
  readonly failToPass?: readonly string[];
  readonly passToFail?: readonly string[];
  readonly new?: readonly string[];
  readonly gone?: readonly string[];
  readonly newFailing?: readonly string[];
  readonly altered?: readonly string[];
  readonly removed?: readonly string[];
  readonly unstable?: readonly string[];
  readonly lines?: {
    readonly changed: number;
    readonly byTests: number;
    readonly byCompiler: number;
  };
}

/** Of the run that sent the request; undefined where an order or one of the three answers is missing. */
export function handedOverBy({ caller }: SeenRequest, seen: Observation): HandedOver | undefined {
  if (caller.kind !== "job") return undefined;
  const own = seen.handovers.filter(({ runId }) => runId === caller.runId);
  const order = own.find(
    ({ name, value }) => name === "order.json" && (value as { kind?: string }).kind === "line",
  )?.value as OrderSeen | undefined;
  const by = <Worker extends Exclude<keyof HandedOver, "order">>(worker: Worker) =>
    own.find(({ value }) => (value as { worker?: string } | null)?.worker === worker)?.value as
      | HandedOver[Worker]
      | undefined;
  const [implement, verify, review] = [by("implement"), by("verify"), by("review")];
  if (order === undefined || !implement || !verify || !review) return undefined;
  return { order, implement, verify, review };
}

/** SHA-256 of JSON with its keys sorted: what digests and seals are made of, written down anew. */
export function digestOfJson(value: unknown): string {
  return createHash("sha256").update(sortedJson(value)).digest("hex");
}

export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : inner,
  );
}
