import type { CheckRun, TestComparison } from "../../domain/evidence.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { newest, type Story } from "./story.ts";

/** The object that `--json` prints as its last line. Times in ms, money in USD, counts as GitHub counts them. */
export interface DemoResult {
  readonly ok: boolean;
  readonly scenario: string;
  readonly issue: {
    readonly number: number;
    readonly state: string;
    readonly stage: string;
    readonly labels: readonly string[];
  };
  readonly pullRequest: {
    readonly number: number;
    readonly merged: boolean;
    readonly headSha: string;
    readonly mergeSha: string | null;
  } | null;
  readonly evidence: {
    readonly checks: readonly { readonly name: string; readonly status: string }[];
    readonly failToPass: readonly string[];
    readonly passToPass: number;
  };
  readonly smoke: { readonly status: string } | null;
  readonly refusals: readonly Refusal[];
  readonly humanActions: readonly string[];
  readonly requests: { readonly rest: number; readonly graphql: number; readonly writes: number };
  readonly jobs: { readonly count: number; readonly billedMinutes: number };
  readonly usage: {
    readonly inputTokens: number;
    readonly cacheReadTokens: number;
    readonly outputTokens: number;
    readonly usd: number;
  };
  readonly durationMs: number;
  readonly modelMs: number;
  readonly page: string;
}

export function refusalsOf(story: Story): readonly Refusal[] {
  const failed = story.proposals.flatMap((each) =>
    each.worker === "failed" ? [each.refusal] : [],
  );
  const written = story.ledger.flatMap(({ event }) =>
    event.kind === "refused" ? [event.refusal] : [],
  );
  const seen = new Set<string>();
  return [...written, ...failed].filter((refusal) => {
    const key = JSON.stringify([refusal.code, refusal.subject]);
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}

function evidenceOf(story: Story): DemoResult["evidence"] {
  const evidence = newest(story, "verify")?.evidence ?? [];
  const checks = evidence.filter(
    (piece): piece is CheckRun => piece.kind === "check" && piece.on === "change",
  );
  const compared = evidence.find(
    (piece): piece is TestComparison => piece.kind === "test-comparison",
  );
  return {
    checks: checks.map(({ name, status }) => ({ name, status })),
    failToPass: compared?.failToPass ?? [],
    passToPass: compared?.passToPass.length ?? 0,
  };
}

export function resultOf(
  story: Story,
  run: { readonly scenario: string; readonly durationMs: number; readonly page: string },
): DemoResult {
  const { played, pullRequest, requests, usage } = story;
  const smoke = newest(story, "post-merge-smoke");
  const ours = story.jobs.filter(({ factory }) => factory).map(({ job }) => job);
  return {
    ok: played.stage === "done",
    scenario: run.scenario,
    issue: {
      number: played.issue,
      state: played.state,
      stage: played.stage,
      labels: played.labels,
    },
    pullRequest:
      pullRequest === undefined
        ? null
        : {
            number: pullRequest.number,
            merged: pullRequest.merged,
            headSha: pullRequest.headSha,
            mergeSha: pullRequest.mergeSha,
          },
    evidence: evidenceOf(story),
    smoke: smoke === undefined ? null : { status: smoke.status },
    refusals: refusalsOf(story),
    humanActions: played.humanActions,
    requests: {
      rest: requests.filter(({ route }) => route !== "/graphql").length,
      graphql: requests.filter(({ route }) => route === "/graphql").length,
      writes: requests.filter(({ write }) => write).length,
    },
    jobs: {
      count: ours.length,
      billedMinutes: ours.reduce((sum, { billedMinutes }) => sum + billedMinutes, 0),
    },
    usage: {
      inputTokens: usage.inputTokens + usage.cacheWriteTokens,
      cacheReadTokens: usage.cacheReadTokens,
      outputTokens: usage.outputTokens,
      usd: Math.round(usage.usd * 1e6) / 1e6,
    },
    durationMs: Math.round(run.durationMs),
    modelMs: Math.round(usage.modelMs),
    page: run.page,
  };
}
