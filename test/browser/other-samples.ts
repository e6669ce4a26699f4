import type { CheckRun } from "../../src/domain/evidence.ts";
import { compare } from "../../src/domain/platform/conformance.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";
import type { Verdict } from "../../src/domain/verdict.ts";
import { renderCheckRun } from "../../src/wording/checks/check-run.ts";
import { renderGate } from "../../src/wording/checks/gate-checklist.ts";
import { renderQuality } from "../../src/wording/pages/quality-markdown.ts";
import { renderReviewIssue } from "../../src/wording/pages/report/review-issue.ts";
import { renderConformance } from "../../src/wording/platform/conformance-summary.ts";
import { renderProof } from "../../src/wording/proof/comment.ts";
import { renderPullRequest } from "../../src/wording/pull-request/body.ts";
import { renderExamination } from "../../src/wording/pull-request/examination.ts";
import { renderLeftBehind } from "../../src/wording/pull-request/left-behind.ts";
import { renderQualityPullRequest } from "../../src/wording/pull-request/quality-pull-request.ts";
import {
  renderRevertCheck,
  renderRevertPullRequest,
} from "../../src/wording/pull-request/revert.ts";
import { renderReview, renderUnreviewed } from "../../src/wording/pull-request/review-comment.ts";
import { renderAnswer } from "../../src/wording/pull-request/thread-answer.ts";
import { renderUnblock } from "../../src/wording/pull-request/unblock.ts";
import { renderUnblockWork } from "../../src/wording/pull-request/unblock-work.ts";
import { renderControlSummary } from "../../src/wording/summaries/control-summary.ts";
import { renderWorkerSummary } from "../../src/wording/summaries/job-summary.ts";
import { renderStaged } from "../../src/wording/summaries/staged-summary.ts";
import { pullRequestProof } from "../domain/change-proofs.ts";
import { CONTRACT } from "../domain/contracts.ts";
import { aReview } from "../measures/review/a-review.ts";
import { RUN } from "../wording/run-pages.ts";
import { CONTRACT_COMMENT, REFUSAL, REPOSITORY, SHA } from "./issue-samples.ts";

const RUN_URL = `${REPOSITORY}/actions/runs/12`;
const SUBJECT = { base: SHA, tree: SHA };

function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("the run of the tests lacks a part");
  return value;
}

const VERDICT: Verdict = given(RUN.verdict);
const { evidence } = RUN;
const FAILED = given(
  evidence.find((piece): piece is CheckRun => piece.kind === "check" && piece.status === "failed"),
);

const SIDE = {
  tests: {
    ...{ added: 2, kept: 5, lost: { total: 0, names: [] }, known: { total: 0, names: [] } },
    removed: { total: 1, names: ["old"] },
  },
  dropped: { total: 0, hunks: [] },
};
const TWO_SIDES = {
  ...{ head: SHA, mergeBase: SHA, conflicts: ["src/notes.ts"], edited: [] },
  sides: { head: SIDE, base: SIDE },
};

/** What stands on pull requests, as check runs and as summaries of jobs, by the function that renders it. */
export const OTHER_SAMPLES: Readonly<Record<string, string>> = {
  renderPullRequest: renderPullRequest({
    ...{ issue: 3, contract: CONTRACT, evidence, verdict: VERDICT, runUrl: RUN_URL },
    summary: "The list takes a parameter and shows archived notes.",
    assumptions: ["Nobody relies on the old order"],
    risk: { risk: "medium", reasons: ["source files among 2 changed"] },
    standing: { by: "person", reason: "Trust in these paths is `open-pr`." },
  }).body,
  renderExamination: renderExamination({
    ...{ head: SHA, base: SHA, contract: CONTRACT, evidence, verdict: VERDICT },
    ...{ refusals: [REFUSAL], usage: NO_USAGE, runUrl: RUN_URL },
  }),
  renderReview: renderReview({ verdict: VERDICT, usage: NO_USAGE, head: SHA, runUrl: RUN_URL }),
  renderUnreviewed: renderUnreviewed({
    ...{ before: undefined, usage: NO_USAGE, runUrl: RUN_URL, works: [] },
  }),
  renderLeftBehind: renderLeftBehind({
    ...{ issue: 3, url: "https://github.com/OWNER/other/issues/9", prefix: "factory" },
    branches: ["factory/3-1", "factory/3-2"],
  }),
  renderAnswer: renderAnswer({
    ...{ attempt: 2, commit: SHA, url: `${REPOSITORY}/commit/${SHA}`, line: "changed" },
    summary: "The option is named after the parameter now.",
  }),
  renderRevertPullRequest: renderRevertPullRequest({
    ...{ issue: 3, attempt: 1, mergeSha: SHA, pullRequest: 4, evidence, runUrl: RUN_URL },
    seen: [{ subject: "https://example.com/health", found: "500 in 4 ms" }],
    paths: ["src/notes.ts"],
    repository: REPOSITORY,
  }).body,
  renderRevertCheck: renderRevertCheck([{ rule: "base", refusal: undefined }], "person").summary,
  renderQualityPullRequest: renderQualityPullRequest({ audited: SHA, runUrl: RUN_URL }).body,
  renderUnblock: renderUnblock({
    ...{ head: SHA, run: 9, runUrl: RUN_URL },
    story: {
      ...{ kind: "offered", onto: "suggestion", branch: "factory/unblock-2-9", target: "greet" },
      ...{
        commit: SHA,
        summary: "Both are kept.",
        found: { twoSides: TWO_SIDES },
        steered: [],
        red: [],
      },
    },
  }),
  renderUnblockWork: renderUnblockWork({
    work: {
      ...{ work: "unblock", run: 9, head: SHA, at: "2026-08-20T10:00:00.000Z", most: 5 },
      ...{ usage: RUN.usage, seal: "none" },
    },
    runUrl: RUN_URL,
  }),
  renderProof: renderProof(
    pullRequestProof({
      noticed: {
        lines: { changed: 12, byTests: 8, byCompiler: 1, unnoticed: 3, untried: 0 },
        unnoticed: [{ path: "src/notes.ts", from: 4, to: 6 }],
        more: 0,
      },
    }),
    RUN_URL,
  ),
  renderCheckRun: renderCheckRun(FAILED, { evidence, runUrl: RUN_URL }).summary,
  renderGate: renderGate(RUN.gate, { contract: CONTRACT, evidence, verdict: VERDICT }),
  renderWorkerSummary: renderWorkerSummary({
    ...{ version: 1, order: "ab".repeat(32), usage: RUN.usage, durationMs: 1_500 },
    ...{ worker: "verify", subject: SUBJECT, evidence: [...evidence], changedLines: 8 },
    commands: { count: 4, durationMs: 1_200 },
  }),
  renderControlSummary: renderControlSummary({
    ...{ task: "settle", headline: "publishing", next: "none", refusals: [REFUSAL] },
    issue: { number: 3, stage: "gating", label: "factory:gating" },
    receipts: [{ kind: "publish-commit", key: "a", outcome: "done", sha: SHA, tree: SHA }],
    repository: REPOSITORY,
  }),
  renderStaged: renderStaged({
    ...{ task: "propose", decided: "### decided", awaitsApproval: true, tookApproval: false },
    effects: [
      {
        ...{ kind: "write-comment", key: "k", issue: 1, marker: "### x", comment: null },
        body: CONTRACT_COMMENT,
      },
      {
        ...{
          kind: "publish-commit",
          key: "k",
          branch: "factory/1-1",
          expectedTree: SHA,
          message: "Greet",
        },
        changeSet: {
          base: SHA,
          files: [
            { path: "a.txt", mode: "100644", encoding: "utf-8", content: "line\n".repeat(5) },
          ],
        },
      },
    ],
  }),
  renderConformance: renderConformance(
    compare(
      { "2.5": "ran", "6.5": "2" },
      { repository: "OWNER/app", run: 7, attempt: 1, at: "2026-11-29T12:00:00Z" },
    ),
  ),
  renderReviewIssue: renderReviewIssue(aReview(), ["One ledger was not believed."]).body,
  renderQuality: renderQuality({
    commit: SHA,
    repository: [{ name: "coverage", value: 71, source: "reports/lcov.info" }],
    areas: [
      {
        ...{ area: "server", owner: "@team/server", bar: "B", grade: "C", trend: ["B", "C"] },
        because: "62 % of lines covered (B from 70)",
        measures: [{ name: "coverage", value: 62.4, source: "reports/lcov.info" }],
        note: { text: "The handler swallows errors", path: "src/server.ts", line: 14 },
      },
    ],
    gaps: [],
  }),
};
