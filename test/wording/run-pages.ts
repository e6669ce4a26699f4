import type { CheckRun } from "../../src/domain/evidence.ts";
import { NO_USAGE, type Usage } from "../../src/domain/usage.ts";
import type { RunPageData } from "../../src/wording/pages/run-page/data.ts";
import { CONTRACT } from "../domain/contracts.ts";
import { judgementOf, proofOf } from "../domain/proofs.ts";
import { LIFE } from "./ledgers.ts";

const BASE = "3f2a9c0d1e4b5a6978877665544332211f0e0d0c";
const TREE = "9c8b7a695847362514031221304f5e6d7c8b9aab";
const SUBJECT = { base: BASE, tree: TREE };

function check(name: string, more: Partial<CheckRun> = {}): CheckRun {
  return {
    kind: "check",
    name,
    on: "change",
    subject: SUBJECT,
    command: `npm run ${name}`,
    status: "passed",
    exitCode: 0,
    durationMs: 1_240,
    tail: "",
    outputBytes: 120,
    ...more,
  };
}

function costOf(requests: number, usd: number): Usage {
  return {
    ...NO_USAGE,
    requests,
    usd,
    inputTokens: 1_200 * requests,
    outputTokens: 300 * requests,
  };
}

const DIFF = `diff --git a/src/notes.ts b/src/notes.ts
index 1f2e3d4..5a6b7c8 100644
--- a/src/notes.ts
+++ b/src/notes.ts
@@ -12,7 +12,9 @@ export interface Note {
 
-export function listNotes(notes: readonly Note[]): readonly Note[] {
-  return notes.filter((note) => !note.archived);
+export function listNotes(notes: readonly Note[], options: { readonly archived: boolean }): readonly Note[] {
+  return notes.filter((note) => note.archived === options.archived);
 }
 
diff --git a/test/notes.test.ts b/test/notes.test.ts
index 1f2e3d4..5a6b7c8 100644
--- a/test/notes.test.ts
+++ b/test/notes.test.ts
@@ -3,0 +4,4 @@
+test("lists archived notes when asked", () => {
+  const notes = [{ id: 1, text: "a", archived: true }];
+  expect(listNotes(notes, { archived: true })).toHaveLength(1);
+});
`;

/** A happy run as the page gets it. */
export const RUN: RunPageData = {
  repository: { name: "OWNER/notes" },
  outcome: {
    ok: true,
    stage: "done",
    sentence:
      "Merged as pull request #4 and seen live. Nobody was interrupted but for one approval.",
  },
  startedAt: "2026-11-02T08:00:00.000Z",
  durationMs: 16_400,
  scripted: true,
  issue: {
    number: 3,
    title: "archived notes are gone??",
    body: "hi, since last week I can't find my archived notes anymore, the list just doesn't show them.\n\nwould be great if there was a way to see them again!! <3\n\n- maybe a query parameter\n- docs please",
    author: "ada",
    labels: ["factory:done", "factory:risk-medium"],
  },
  contract: { contract: CONTRACT, digest: "ab".repeat(32), version: 1, approvedBy: "ada" },
  questions: [],
  draft: [],
  work: {
    read: [
      { by: "intake-normalize", places: ["** (listed)", "README.md", "src/notes.ts"] },
      {
        by: "implement",
        places: ["src/notes.ts", "test/notes.test.ts", "src/** (searched)", "docs/api.md"],
      },
      { by: "review", places: ["src/notes.ts"] },
    ],
    ran: [
      "bash npx vitest run test/notes.test.ts",
      "run_check lint",
      "check format passed in 1.2 s",
      "check lint passed in 2.0 s",
      "check test failed with exit code 1 after 3.1 s, as on the base (1 test)",
    ],
    baseline: [
      { name: "format", status: "passed", said: "passed in 1.2 s", failing: [] },
      {
        name: "test",
        status: "failed",
        said: "failed with exit code 1 after 3.0 s",
        failing: ["export writes a file"],
      },
      {
        name: "build",
        status: "not-known",
        said: "was not run on the base: time was short",
        failing: [],
      },
    ],
  },
  plan: {
    steps: [
      "Add a test that lists archived notes",
      "Give listNotes an option and read it from the query",
      "Say it in the README",
    ],
    files: ["src/notes.ts", "test/notes.test.ts"],
  },
  change: {
    base: BASE,
    tree: TREE,
    summary: "The list takes a parameter `archived` and shows archived notes when it is 1.",
    assumptions: ["Without the parameter the list stays as it was"],
    diff: DIFF,
    truncated: false,
    changedLines: 8,
  },
  evidence: [
    check("format"),
    check("lint", { durationMs: 2_020 }),
    check("test", { command: "npm test", durationMs: 3_120 }),
    check("test", {
      command: "npm test",
      on: "base-with-changed-tests",
      status: "failed",
      exitCode: 1,
      tail: "AssertionError: expected [] to have length 1\n  at test/notes.test.ts:6",
    }),
    {
      kind: "test-comparison",
      subject: SUBJECT,
      source: "per-test",
      failToPass: ["notes lists archived notes when asked"],
      passToPass: ["notes lists notes", "server answers health", "server answers its version"],
      passToFail: [],
      failToFail: [],
    },
    proofOf(SUBJECT, "AC1", { test: "notes lists archived notes when asked" }),
    proofOf(SUBJECT, "AC2", { as: "command", checks: ["lint"] }),
    proofOf(SUBJECT, "AC3", { status: "for-review" }),
  ],
  verdict: {
    subject: SUBJECT,
    decision: "approve",
    summary: "Small, tested, and the README says how.",
    findings: [
      {
        severity: "minor",
        path: "src/notes.ts",
        line: 14,
        claim: "The option could be named after the parameter",
        howItFails: "A reader has to map two names",
      },
    ],
    assumptions: ["Archived notes keep their order"],
    notVerified: ["Very long lists"],
    smallestRollback: "revert the merge commit",
    criteria: [
      judgementOf("AC1"),
      judgementOf("AC2", { quotes: [] }),
      judgementOf("AC3", { quotes: [], evidence: "README.md names the parameter" }),
    ],
    risk: "medium",
  },
  risk: { risk: "medium", reasons: ["source files among 3 changed"] },
  gate: [
    { name: "evidence", ok: true, sentence: "All checks passed on exactly these bytes." },
    { name: "review", ok: true, sentence: "The reviewer vetoed nothing." },
    { name: "trust", ok: true, sentence: "src/** may be merged by the factory up to medium risk." },
  ],
  authority: {
    by: "factory",
    because:
      "The config trusts these paths up to `scoped-autonomy`, which merges up to medium risk.",
  },
  pullRequest: {
    number: 4,
    title: "The list shows archived notes when asked",
    headSha: TREE,
    mergeSha: BASE,
  },
  smoke: {
    status: "passed",
    waitedMs: 1_800,
    mergeSha: BASE,
    liveSha: BASE,
    lookedFor: { where: "http://127.0.0.1:8080/version", found: `${BASE} is live`, tries: 2 },
    probes: [
      {
        url: "http://127.0.0.1:8080/health",
        status: "passed",
        found: "200 in 4 ms",
        durationMs: 4,
        id: "0123456789abcdef",
        tries: [{ status: "passed", found: "200 in 4 ms", durationMs: 4 }],
        before: { status: "unknown" },
      },
    ],
  },
  ledger: LIFE,
  jobs: [
    { name: "control open", kind: "control", result: "success", startMs: 0, durationMs: 700 },
    {
      name: "intake-normalize",
      kind: "worker",
      result: "success",
      startMs: 800,
      durationMs: 1_900,
    },
    {
      name: "control propose",
      kind: "control",
      result: "success",
      startMs: 2_800,
      durationMs: 600,
    },
    { name: "control claim", kind: "control", result: "success", startMs: 3_900, durationMs: 700 },
    { name: "implement", kind: "worker", result: "success", startMs: 4_700, durationMs: 3_100 },
    { name: "verify", kind: "worker", result: "success", startMs: 7_900, durationMs: 3_800 },
    { name: "review", kind: "worker", result: "success", startMs: 11_800, durationMs: 1_100 },
    {
      name: "control settle",
      kind: "control",
      result: "success",
      startMs: 13_000,
      durationMs: 1_100,
    },
    { name: "deploy", kind: "other", result: "success", startMs: 14_100, durationMs: 900 },
    {
      name: "post-merge-smoke",
      kind: "worker",
      result: "success",
      startMs: 14_200,
      durationMs: 1_600,
    },
    {
      name: "control record",
      kind: "control",
      result: "success",
      startMs: 15_900,
      durationMs: 500,
    },
    { name: "quality-audit", kind: "worker", result: "skipped", startMs: 0, durationMs: 0 },
  ],
  usage: {
    requests: 11,
    inputTokens: 14_200,
    cacheReadTokens: 61_000,
    cacheWriteTokens: 9_100,
    outputTokens: 4_380,
    usd: 0.1834,
    modelMs: 5_900,
  },
  costs: [
    { by: "intake-normalize", usage: costOf(2, 0.0123), durationMs: 1_900 },
    { by: "implement", usage: costOf(7, 0.1411), durationMs: 3_100 },
    { by: "verify", usage: NO_USAGE, durationMs: 3_800 },
    { by: "review", usage: costOf(2, 0.03), durationMs: 1_100 },
    { by: "post-merge-smoke", usage: NO_USAGE, durationMs: 1_600 },
  ],
  requests: [
    { method: "GET", route: "/repos/{owner}/{repo}/issues/{issue_number}/comments", count: 9 },
    { method: "PUT", route: "/repos/{owner}/{repo}/issues/{issue_number}/labels", count: 6 },
    { method: "GET", route: "/repos/{owner}/{repo}", count: 9 },
  ],
  refusals: [],
  humanActions: ["approved contract"],
  notImitated: ["GraphQL", "the runner image", "what a real model would answer"],
};
