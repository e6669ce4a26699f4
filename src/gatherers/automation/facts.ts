import type { WorkflowFault } from "./workflow-faults.ts";

/** A repeated event, and its sources. */
export interface Repeated {
  readonly name: string;
  /** `#12` each, once for each time. */
  readonly ids: readonly string[];
}

/** Money by whether it led to a merge. */
export interface SpentMoney {
  readonly usd: number;
  readonly unmergedUsd: number;
  /** Issues without a merge that cost something, the most expensive first. */
  readonly unmerged: readonly { readonly id: string; readonly usd: number }[];
}

export interface AutomationFacts {
  readonly dead: readonly { readonly name: string; readonly lastSuccess?: string | undefined }[];
  readonly refusals: readonly Repeated[];
  readonly rework: readonly Repeated[];
  readonly spent: SpentMoney | undefined;
  readonly faults: readonly WorkflowFault[];
  /** Workflows that could not be read as YAML. */
  readonly unread: readonly string[];
}
