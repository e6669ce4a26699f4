import type { Mode } from "../../domain/config/schema.ts";
import type { NoticedLines } from "../../domain/evidence/noticed.ts";
import { lengthOf } from "../../domain/evidence/summed.ts";
import type { TestsWritten } from "../../domain/evidence/tests-written.ts";
import type { CheckRun, TestComparison } from "../../domain/evidence.ts";
import type { Refusal } from "../../domain/refusal.ts";
import { wasSeenLive } from "../../domain/smoke.ts";
import type { ChangeFailures } from "../../measures/changes.ts";
import { noticedIn } from "../../wording/noticed.ts";
import type { BesidePlayed } from "../shared/beside.ts";
import { type CriterionResult, criterionResults } from "./criteria.ts";
import { refusalsOf, type SentBack, sentBackOf } from "./refusals.ts";
import { isWell, newest, type Story } from "./story.ts";

/** The object that `--json` prints. Times in ms, money in USD, counts as GitHub counts them. */
export interface DemoResult {
  /** The issue is done; where nothing is written, that nothing would have kept the change back. */
  readonly ok: boolean;
  readonly mode: Mode;
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
  /** Changed lines of the source by what misses them when they are taken back; null where nobody looked. */
  readonly noticedLines: NoticedLines | null;
  /** Each criterion of the contract, how it stands, what was named for it and which parts of the change its tests miss. */
  readonly criteria: readonly CriterionResult[];
  /** Who wrote the tests and what was corrected; null where nothing was implemented. */
  readonly tests: Pick<TestsWritten, "criteria" | "files" | "corrections" | "takenBack"> | null;
  /** `live`: the merge itself was seen live. */
  readonly smoke: { readonly status: string; readonly live: boolean } | null;
  /** Milliseconds from a merge that broke production to the smoke test that saw it well again; null where none was taken back. */
  readonly restoredMs: number | null;
  /** Merges of the issue, and those of them that failed in production. */
  readonly changes: ChangeFailures;
  /** In the order in which it happened: the first is the cause. */
  readonly refusals: readonly Refusal[];
  /** Each attempt that was sent back, and why. */
  readonly sentBack: readonly SentBack[];
  /** Nights of the audit that were played, each with the grades of its page and what it filed; absent: none. */
  readonly nights?: readonly {
    readonly grades: Readonly<Record<string, string>>;
    /** Fingerprints by the numbers of the issues. */
    readonly filed: Readonly<Record<number, string>>;
    readonly pullRequest: { readonly number: number; readonly title: string } | null;
    /** Paths that a person committed before it. */
    readonly committed: readonly string[];
  }[];
  /** Whom each comment called that asked for a person. */
  readonly asked: readonly string[];
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
  /** Where the summaries of the jobs were written: in a staged run they are all there is. */
  readonly summaries: string | null;
  /** What came of each wish that a pull request of a person be mended; absent: there was none. */
  readonly mended?: readonly {
    readonly pullRequest: number;
    readonly result: "suggestion" | "branch" | "refused";
  }[];
  /** What became of the issues that were asked at the same time; absent: there were none. */
  readonly beside?: readonly BesidePlayed[];
  /** What came of the alerts that production sent; absent where it sent none. */
  readonly alerts?: AlertsPlayed;
}

/** What came of all alerts of a run, as GitHub shows it. */
export interface AlertsPlayed {
  readonly sent: number;
  /** How many runs were not cancelled by a newer one. */
  readonly worked: number;
  /** How many issues they opened. */
  readonly issues: number;
  /** What the comment of the last one says it was seen. */
  readonly counted: number;
  /** How often that comment was edited. */
  readonly edits: number;
  /** How often it came back. */
  readonly returns: number;
  readonly state: string;
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
    passToPass: compared === undefined ? 0 : lengthOf(compared, "passToPass"),
  };
}

function testsOf(story: Story): DemoResult["tests"] {
  const tests = newest(story, "implement")?.tests;
  if (tests === undefined) return null;
  const { criteria, files, corrections, takenBack } = tests;
  return { criteria, files, corrections, takenBack };
}

export function resultOf(
  story: Story,
  run: { readonly scenario: string; readonly durationMs: number } & Pick<
    DemoResult,
    "page" | "summaries"
  >,
): DemoResult {
  const { played, pullRequest, requests, usage } = story;
  const smoke = newest(story, "post-merge-smoke");
  const ours = story.jobs.filter(({ factory }) => factory).map(({ job }) => job);
  return {
    ok: isWell(story),
    mode: story.mode,
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
    noticedLines: noticedIn(newest(story, "verify")?.evidence ?? [])?.lines ?? null,
    criteria: criterionResults(story),
    tests: testsOf(story),
    smoke: smoke === undefined ? null : { status: smoke.status, live: wasSeenLive(smoke) },
    restoredMs: story.restoredMs ?? null,
    changes: story.changes,
    refusals: refusalsOf(story),
    sentBack: sentBackOf(story),
    asked: story.asked,
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
    summaries: run.summaries,
  };
}
