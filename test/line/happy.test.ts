import { beforeAll, describe, expect, test } from "vitest";
import type { DemoResult } from "../../src/cli/story/result.ts";
import { newest } from "../../src/cli/story/story.ts";
import { refuseLedger } from "../../src/domain/ledger.ts";
import { Proposal } from "../../src/domain/proposal.ts";
import { FACTORY_FILE } from "../../src/twin/shape.ts";
import { CONTRACT_MARKER, parseContractComment } from "../../src/wording/issue/contract-comment.ts";
import { LEDGER_MARKER, parseLedgerComment } from "../../src/wording/issue/ledger-comment.ts";
import { type DemoRun, demoRun, gitOf, type Witnessed } from "../demo-run.ts";
import { factsOf, WHOLE_LINE } from "./jobs.ts";
import { isolation, PATIENCE_MS } from "./rig.ts";

let run: DemoRun;
let result: DemoResult;
let witnessed: Witnessed;

const git = (...words: readonly string[]) => gitOf(run, ...words);
const sha = expect.stringMatching(/^[0-9a-f]{40}$/) as unknown;

/** Runs up to the issue's rest: the night came later. */
const daytime = () => witnessed.runs.filter(({ event }) => event !== "schedule");

function comments(): readonly { readonly body: string }[] {
  return witnessed.answers["/issues/1/comments"] as readonly { readonly body: string }[];
}

// A real line, from the label to a deploy: what every other line is taken to be like. The demo of all tests is it.
beforeAll(async () => {
  // In CI a machine without bubblewrap is a fault.
  isolation();
  run = await demoRun();
  result = run.result as unknown as DemoResult;
  witnessed = run.witnessed;
}, PATIENCE_MS);

describe("from a label to done", () => {
  test("the object of --json says what happened, field by field", () => {
    expect(result).toEqual({
      ok: true,
      mode: "live",
      scenario: "happy",
      issue: {
        number: 1,
        state: "closed",
        stage: "done",
        labels: ["factory:risk-medium", "factory:done"],
      },
      pullRequest: { number: 2, merged: true, headSha: sha, mergeSha: sha },
      evidence: {
        checks: ["setup", "lint", "types", "test"].map((name) => ({ name, status: "passed" })),
        failToPass: [
          "test/quote.test.ts > a weight below nothing is refused",
          "test/quote.test.ts > a weight of nothing is refused",
          "test/routes.test.ts > a weight of nothing is a bad request that names it",
          "test/routes.test.ts > a weight with a comma is a bad request, not the price of its whole kilograms",
        ],
        passToPass: 16,
      },
      noticedLines: { changed: 10, byTests: 10, byCompiler: 0, unnoticed: 0, untried: 0 },
      criteria: [
        {
          id: "AC1",
          kind: "changes",
          status: "proven",
          tests: [
            "test/routes.test.ts > a weight of nothing is a bad request that names it",
            "test/quote.test.ts > a weight below nothing is refused",
          ],
          by: "tester",
          notices: ["src/routes.ts:25-29", "src/quote.ts:12-14"],
        },
        {
          id: "AC2",
          kind: "changes",
          status: "proven",
          tests: [
            "test/routes.test.ts > a weight with a comma is a bad request, not the price of its whole kilograms",
          ],
          by: "tester",
          notices: ["src/routes.ts:25-29", "src/routes.ts:36"],
        },
        {
          id: "AC3",
          kind: "keeps",
          status: "proven",
          tests: [
            "test/routes.test.ts > a valid weight costs what its zone says",
            "test/routes.test.ts > a quote names zone and price",
          ],
          by: "tester",
          notices: ["src/routes.ts:25-29"],
        },
        { id: "AC4", kind: "judgement", status: "judged", tests: [], by: null, notices: [] },
      ],
      tests: {
        criteria: ["AC1", "AC2", "AC3"].map((criterion) => ({ criterion, by: "tester" })),
        files: expect.any(Array),
        corrections: [],
        takenBack: [],
      },
      smoke: { status: "passed", live: true },
      restoredMs: null,
      asked: [],
      changes: { merges: 1, failed: [], rate: 0 },
      refusals: [],
      sentBack: [],
      humanActions: ["approved contract"],
      requests: {
        rest: expect.any(Number) as unknown,
        graphql: expect.any(Number) as unknown,
        writes: expect.any(Number) as unknown,
      },
      jobs: { count: 9, billedMinutes: 9 },
      usage: {
        inputTokens: expect.any(Number) as unknown,
        cacheReadTokens: expect.any(Number) as unknown,
        outputTokens: expect.any(Number) as unknown,
        usd: expect.any(Number) as unknown,
      },
      durationMs: expect.any(Number) as unknown,
      modelMs: expect.any(Number) as unknown,
      page: `${run.workingFolder}/.demo/happy.html`,
      summaries: null,
    });
    // It lists what its script had left over.
    expect(run.transcript).not.toContain("not played");
  });

  test("the tree on the default branch is the tree that was verified", () => {
    // The night verifies the base once more.
    const ids = new Set(daytime().map(({ id }) => id));
    const proposals = witnessed.handovers
      .filter(({ name, runId }) => name !== "order.json" && ids.has(runId))
      .map(({ value }) => Proposal.parse(value));
    const verified = newest({ proposals }, "verify")?.subject;
    expect(witnessed.base).toEqual(sha);
    expect(verified?.base).toBe(witnessed.base);
    expect(git("rev-parse", "main^{tree}")).toBe(verified?.tree);
    expect(git("rev-parse", "main")).toBe(result.pullRequest?.mergeSha);
    expect(git("rev-parse", "main^1")).toBe(witnessed.base);
  });

  test("no branch held a byte before the vetoes were asked", () => {
    expect(witnessed.headBeforeSettling).toBe(witnessed.base);
    expect(git("rev-parse", "refs/heads/factory/1-1")).toBe(result.pullRequest?.headSha);
  });

  test("the head carries the check runs of the gate and of each check, green", () => {
    const path = `/commits/${result.pullRequest?.headSha}/check-runs`;
    const { check_runs: runs } = witnessed.answers[path] as {
      readonly check_runs: readonly { readonly name: string; readonly conclusion: string }[];
    };
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(runs.map(() => "success"));
    expect(runs.map(({ name }) => name).sort()).toEqual([
      "factory/gate",
      "factory/lint",
      "factory/test",
      "factory/types",
    ]);
  });

  test("the ledger is sealed, and the contract stands on the issue", () => {
    const { id } = witnessed.answers[""] as { id: number };
    const key = witnessed.secrets.FACTORY_SEAL_KEY;
    expect(key).toMatch(/^\S{32,}$/);
    const body = comments().find((each) => each.body.startsWith(LEDGER_MARKER))?.body ?? "";
    const ledger = parseLedgerComment(body);
    if (!("entries" in ledger)) throw new Error(ledger.fault);
    const sealed = { place: { repositoryId: id, issue: 1 }, key };
    expect(refuseLedger(ledger.entries, sealed)).toBeUndefined();
    expect(ledger.entries.map(({ event }) => event.kind)).toEqual([
      "submitted",
      "proposed",
      "approved",
      "claimed",
      "published",
      "merged",
      "smoked",
    ]);
    const contracts = comments().filter((each) => each.body.startsWith(CONTRACT_MARKER));
    expect(contracts).toHaveLength(1);
    expect(parseContractComment(contracts[0]?.body ?? "")).toHaveProperty(
      "contract.goal",
      "A weight that is not a positive number is answered by an error instead of a price",
    );
  });

  test("workers may read and nothing else, control runs on the slim runner", () => {
    const jobs = daytime()
      .filter(({ file }) => file === FACTORY_FILE)
      .flatMap((each) => each.jobs)
      .filter(({ startedAt }) => startedAt !== null);
    expect(factsOf(jobs)).toEqual(WHOLE_LINE);
    expect(jobs.every(({ conclusion }) => conclusion === "success")).toBe(true);
  });

  test("no log and no summary holds a key", () => {
    const said = witnessed.runs
      .flatMap(({ jobs }) => jobs)
      .map(({ log, summary, outputs }) => JSON.stringify([log, summary, outputs]))
      .join("\n");
    const keys = Object.entries(witnessed.secrets);
    expect(keys.map(([name]) => name)).toEqual(["ANTHROPIC_API_KEY", "FACTORY_SEAL_KEY"]);
    for (const [, key] of keys) {
      expect(key.length).toBeGreaterThan(20);
      expect(said).not.toContain(key);
    }
  });

  test("the merged commit is what went live", () => {
    expect(witnessed.releases).toEqual([result.pullRequest?.mergeSha]);
    const deploys = daytime().filter(({ file }) => file.endsWith("/deploy.yml"));
    expect(deploys).toMatchObject([{ conclusion: "success" }]);
  });

  test("at night the audit proposes quality.md in a pull request of its own", () => {
    const pulls = witnessed.answers["/pulls?state=open"] as readonly {
      readonly title: string;
      readonly head: { readonly ref: string; readonly sha: string };
    }[];
    expect(pulls).toHaveLength(1);
    const changed = git("diff", "--name-only", "main", pulls[0]?.head.sha ?? "");
    expect(changed).toBe("quality.md");
    const page = git("show", `${pulls[0]?.head.sha}:quality.md`);
    expect(page).toContain("pricing");
    // What the line wrote down by day is graded at night.
    expect(page).toMatch(
      /^\| noticed lines \| \*\*\d+ %\*\*[^|]*\b[A-D]\b[^|]* \| ledgers of issue 1 \|/m,
    );
    expect(page).toMatch(
      /^\| flaky tests \| \*\*0 %\*\*[^|]*\bA\b[^|]* \| ledgers: no attempt saw one \|/m,
    );
  });
});
