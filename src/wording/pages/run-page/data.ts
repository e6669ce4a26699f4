import type { Contract } from "../../../domain/contract.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import type { TestsWritten } from "../../../domain/evidence/tests-written.ts";
import type { Evidence } from "../../../domain/evidence.ts";
import type { LedgerEntry } from "../../../domain/ledger.ts";
import type { Worker } from "../../../domain/order.ts";
import type { BaselineCheck, LeftOutFile } from "../../../domain/proposal.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { SmokeResult } from "../../../domain/smoke.ts";
import type { Stage } from "../../../domain/stage.ts";
import type { RiskAssessment } from "../../../domain/trust/assess-risk.ts";
import type { Usage } from "../../../domain/usage.ts";
import type { Verdict } from "../../../domain/verdict.ts";
import type { GateLine } from "../../checks/gate-checklist.ts";

/**
 * All that the page of a run shows, as plain data. Every text may be untrusted: the page escapes it. Missing events are
 * left out (`undefined`, an empty list), and the page says so if that matters.
 */
export interface RunPageData {
  /** OWNER/NAME; `url` only where its addresses still answer when the page is read: then the page links to it. */
  readonly repository: { readonly name: string; readonly url?: string };
  readonly outcome: {
    readonly ok: boolean;
    readonly stage: Stage;
    /** One sentence: what came out, or what a person does now. */
    readonly sentence: string;
    /** Nothing of it was written. */
    readonly staged?: true;
  };
  /** Staged: what each job of control would have written, as its summary shows it. */
  readonly wouldWrite?: readonly { readonly job: string; readonly summary: string }[];
  /** ISO 8601. */
  readonly startedAt: string;
  /** From the label to the end, in ms. */
  readonly durationMs: number;
  /** The model's answers came from a script, not from a model. */
  readonly scripted: boolean;
  readonly issue: {
    readonly number: number;
    readonly title: string;
    readonly body: string;
    readonly author: string;
    readonly labels: readonly string[];
  };
  readonly contract?: {
    readonly contract: Contract;
    readonly digest: string;
    readonly version: number;
    /** Login of the person who approved it; absent when none was needed. */
    readonly approvedBy?: string;
  };
  /** What the factory asks the author instead of making a contract. */
  readonly questions: readonly string[];
  readonly plan?: { readonly steps: readonly string[]; readonly files: readonly string[] };
  readonly work: RunPageWork;
  /** What an attempt that did not land had written: the paths of its draft. */
  readonly draft: readonly string[];
  readonly change?: {
    readonly base: ObjectId;
    readonly tree: ObjectId;
    readonly summary: string;
    readonly assumptions: readonly string[];
    readonly leftOut?: readonly LeftOutFile[];
    /** A unified diff as git writes it. */
    readonly diff: string;
    readonly truncated: boolean;
    /** Added plus removed. */
    readonly changedLines: number;
  };
  readonly evidence: readonly Evidence[];
  readonly verdict?: Verdict;
  readonly risk?: RiskAssessment;
  readonly gate: readonly GateLine[];
  /** Who merges what the gate lets pass, or merged it; absent where nothing came so far. */
  readonly authority?: {
    readonly by: "factory" | "person";
    /** The rule that says so: inline Markdown of this room's renderers. */
    readonly because: string;
  };
  readonly pullRequest?: {
    readonly number: number;
    readonly title: string;
    readonly headSha: string;
    readonly mergeSha?: string;
  };
  readonly smoke?: SmokeResult;
  /** Nights of the audit that belong to the story, in order. */
  readonly nights?: readonly RunPageNight[];
  readonly ledger: readonly LedgerEntry[];
  /** Logins by the ids that the ledger keeps; of some nothing is known. */
  readonly people?: ReadonlyMap<number, string>;
  readonly jobs: readonly RunPageJob[];
  /** The sum over all workers. */
  readonly usage: Usage;
  /** What each worker's run cost, in the order in which they ended. */
  readonly costs: readonly RunPageCost[];
  /** Answered requests to GitHub by route. */
  readonly requests: readonly RunPageRequest[];
  readonly refusals: readonly Refusal[];
  /** What a person did on the way, as in "approved contract". */
  readonly humanActions: readonly string[];
  /** What this run does not show because the machine cannot imitate it. */
  readonly notImitated: readonly string[];
}

/** What the agents looked at and what ran for them: for a reader, never evidence. */
export interface RunPageWork {
  /** Paths and globs by worker. */
  readonly read: readonly { readonly by: Worker; readonly places: readonly string[] }[];
  /** Commands and checks of the coder, in order, as in "bash npm test" and "check test passed in 1.2 s". */
  readonly ran: readonly string[];
  /** What the checks said before anyone worked. */
  readonly baseline: readonly BaselineCheck[];
  /** Who wrote the tests of the newest attempt. */
  readonly tests?: TestsWritten;
}

export interface RunPageNight {
  readonly when: "before" | "after";
  /** Paths that a person committed in the day before it. */
  readonly committed: readonly string[];
  /** By area. */
  readonly grades: Readonly<Record<string, string>>;
  readonly filed: readonly { readonly number: number; readonly fingerprint: string }[];
  /** The pull request of its page; absent where it proposed none. */
  readonly proposed?: number;
}

export interface RunPageCost {
  readonly by: Worker;
  readonly usage: Usage;
  /** Wall clock of the worker, in ms. */
  readonly durationMs: number;
}

export interface RunPageJob {
  readonly name: string;
  /** `control` writes, a `worker` thinks; `other` is a job of the repository's own workflows. */
  readonly kind: "control" | "worker" | "other";
  readonly result: "success" | "failure" | "cancelled" | "skipped";
  /** Since the run page's `startedAt`, in ms. */
  readonly startMs: number;
  readonly durationMs: number;
}

export interface RunPageRequest {
  readonly method: string;
  /** Route template, as in /repos/{owner}/{repo}/issues. */
  readonly route: string;
  readonly count: number;
}
