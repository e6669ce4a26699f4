import type { WorkflowFault } from "./workflow-faults.ts";

/** The same thing that happened several times, and what it was counted from. */
export interface Repeated {
  readonly name: string;
  /** `#12` each, once for each time. */
  readonly ids: readonly string[];
}

/** Money by whether it became a merge. */
export interface SpentMoney {
  readonly usd: number;
  readonly unmergedUsd: number;
  /** Issues without a merge that cost something, the dearest first. */
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
