import type { Mode } from "../../domain/config/schema.ts";
import type { LedgerEntry } from "../../domain/ledger.ts";
import type { Order } from "../../domain/order.ts";
import type { Proposal, ProposalOf } from "../../domain/proposal.ts";
import type { Usage } from "../../domain/usage.ts";
import type { ChangeFailures } from "../../measures/changes.ts";
import type { RequestRecord } from "../../twin/github/twin-github.ts";
import type { JobRecord } from "../../twin/runner/run/records.ts";
import type { GateLine } from "../../wording/checks/gate-checklist.ts";
import type { RunPageData } from "../../wording/pages/run-page/data.ts";
import type { Played } from "../shared/play-issue.ts";

/** Everything that happened to one issue, gathered from GitHub's answers and from what the runs handed over. */
export interface Story {
  readonly played: Played;
  readonly repository: string;
  readonly issue: { readonly title: string; readonly body: string; readonly author: string };
  readonly orders: readonly Order[];
  readonly proposals: readonly Proposal[];
  readonly ledger: readonly LedgerEntry[];
  /** Whom each comment called that asked for a person, in order. */
  readonly asked: readonly string[];
  /** Logins by the ids that the ledger keeps, as far as they wrote a comment or the issue. */
  readonly people: ReadonlyMap<number, string>;
  /** Staged nothing is written: what would stand on GitHub stands in the summaries of the jobs. */
  readonly mode: Mode;
  /** Who would merge what the gate lets pass, undefined where it does not, or was not asked. */
  readonly mergedBy: "factory" | "person" | undefined;
  /** The same with its rule, also where the gate lets nothing pass. */
  readonly authority: RunPageData["authority"];
  readonly gate: readonly GateLine[];
  readonly risk:
    | { readonly risk: "low" | "medium" | "high"; readonly reasons: readonly string[] }
    | undefined;
  readonly pullRequest:
    | {
        readonly number: number;
        readonly title: string;
        readonly merged: boolean;
        readonly headSha: string;
        readonly mergeSha: string | null;
      }
    | undefined;
  /** Runs of the factory up to the issue's rest; the repository's own workflows beside them. */
  readonly jobs: readonly { readonly job: JobRecord; readonly factory: boolean }[];
  readonly requests: readonly RequestRecord[];
  readonly usage: Usage;
  /** From a merge that broke production to the smoke test that saw it well again; undefined where none was taken back. */
  readonly restoredMs: number | undefined;
  /** What became of the merges of this issue. */
  readonly changes: ChangeFailures;
}

/** The newest proposal of a worker, if there was one. */
export function newest<Worker extends Proposal["worker"]>(
  story: Pick<Story, "proposals">,
  worker: Worker,
): ProposalOf<Worker> | undefined {
  return story.proposals.findLast((each): each is ProposalOf<Worker> => each.worker === worker);
}

/** Whether it came out as it should: done, or staged with nothing that would have kept the change back. */
export function isWell({ mode, played, mergedBy }: Story): boolean {
  return mode === "staged" ? mergedBy !== undefined : played.stage === "done";
}
