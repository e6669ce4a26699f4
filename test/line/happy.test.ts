import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { playAudit } from "../../src/cli/demo/audit.ts";
import { layExample } from "../../src/cli/demo/example.ts";
import { gatherStory } from "../../src/cli/shared/gather-story.ts";
import { type Played, playIssue } from "../../src/cli/shared/play-issue.ts";
import { createProgress } from "../../src/cli/shared/progress.ts";
import { type DemoResult, resultOf } from "../../src/cli/shared/result.ts";
import { newest, type Story } from "../../src/cli/shared/story.ts";
import { createTerminal } from "../../src/cli/shared/terminal.ts";
import { refuseLedger } from "../../src/domain/ledger.ts";
import { parseScript } from "../../src/twin/model/script-file.ts";
import { type ScriptedModel, startScriptedModel } from "../../src/twin/model/scripted-model.ts";
import { type Production, startProduction } from "../../src/twin/production.ts";
import type { Twin } from "../../src/twin/shape.ts";
import { startTwin } from "../../src/twin/twin.ts";
import { CONTRACT_MARKER, parseContractComment } from "../../src/wording/issue/contract-comment.ts";
import { factsOf, WHOLE_LINE } from "./jobs.ts";
import { isolation, PATIENCE_MS, ROOT, readText, SEAL_KEY } from "./rig.ts";

const REPOSITORY = "OWNER/parcel-rates";

let directory: string;
let model: ScriptedModel;
let production: Production;
let twin: Twin;
let played: Played;
let story: Story;
let result: DemoResult;
/** Where the attempt's branch stood when the last veto had been asked. */
let headBeforeSettling: string;
let base: string;

function git(...words: readonly string[]): string {
  const folder = twin.gitDirectoryOf(REPOSITORY);
  return execFileSync("git", ["--git-dir", folder, ...words], { encoding: "utf8" }).trim();
}

// A real line, from the label to a deploy: what every other line is taken to be like.
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "millwright-happy-"));
  const file = join(ROOT, "src/cli/demo/scenarios/happy.yml");
  const script = parseScript(await readText(file), file);
  model = await startScriptedModel({ script });
  production = await startProduction({
    directory: join(directory, "production"),
    node: process.execPath,
  });
  twin = await startTwin({
    directory,
    millwright: ROOT,
    node: process.execPath,
    secrets: { ANTHROPIC_API_KEY: model.apiKey, FACTORY_SEAL_KEY: SEAL_KEY },
    variables: { PRODUCTION_URL: production.url },
    environment: { ANTHROPIC_BASE_URL: model.url, ...isolation() },
    onProgress(event) {
      if (event.kind === "job-finished" && event.job.endsWith("review")) {
        headBeforeSettling = git("rev-parse", "refs/heads/factory/1-1");
      }
    },
  });
  const example = join(directory, "example");
  const toolchain = join(ROOT, "node_modules");
  await layExample(ROOT, example, { toolchain, production: production.url });
  await twin.host(REPOSITORY, example);
  base = git("rev-parse", "main");
  played = await playIssue({
    twin,
    repository: REPOSITORY,
    prefix: "factory:",
    issue: { title: "0 kg costs 7.40 ??", body: "should be an error. @OWNER" },
    ownerTurns: script.owner,
    onStage: () => undefined,
    signal: new AbortController().signal,
  });
  story = await gatherStory({ twin, repository: REPOSITORY, played, runs: twin.runner.runs() });
  result = resultOf(story, { scenario: "happy", durationMs: 1, page: "page.html" });
}, PATIENCE_MS);

afterAll(async () => {
  await twin?.close();
  await production?.close();
  await model?.close();
  await rm(directory, { recursive: true, force: true });
});

describe("from a label to done", () => {
  test("the object of --json says what happened, field by field", () => {
    const sha = expect.stringMatching(/^[0-9a-f]{40}$/) as unknown;
    expect(result).toEqual({
      ok: true,
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
      smoke: { status: "passed" },
      refusals: [],
      humanActions: ["approved contract"],
      requests: {
        rest: expect.any(Number) as unknown,
        graphql: 0,
        writes: expect.any(Number) as unknown,
      },
      jobs: { count: 9, billedMinutes: 9 },
      usage: {
        inputTokens: expect.any(Number) as unknown,
        cacheReadTokens: expect.any(Number) as unknown,
        outputTokens: expect.any(Number) as unknown,
        usd: expect.any(Number) as unknown,
      },
      durationMs: 1,
      modelMs: expect.any(Number) as unknown,
      page: "page.html",
    });
    expect(model.unplayed().filter((turn) => !turn.startsWith("auditor"))).toEqual([]);
  });

  test("the tree on the default branch is the tree that was verified", () => {
    const verified = newest(story, "verify")?.subject;
    expect(verified?.base).toBe(base);
    expect(git("rev-parse", "main^{tree}")).toBe(verified?.tree);
    expect(git("rev-parse", "main")).toBe(result.pullRequest?.mergeSha);
    expect(git("rev-parse", "main^1")).toBe(base);
  });

  test("no branch held a byte before the vetoes were asked", () => {
    expect(headBeforeSettling).toBe(base);
    expect(git("rev-parse", "refs/heads/factory/1-1")).toBe(result.pullRequest?.headSha);
  });

  test("the head carries the gate's check run, green", async () => {
    const path = `/repos/${REPOSITORY}/commits/${result.pullRequest?.headSha}/check-runs`;
    const { check_runs: runs } = (await twin.request("GET", path)) as {
      readonly check_runs: readonly { readonly name: string; readonly conclusion: string }[];
    };
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(["success"]);
  });

  test("the ledger is sealed, and the contract stands on the issue", async () => {
    const { id } = (await twin.request("GET", `/repos/${REPOSITORY}`)) as { id: number };
    const sealed = { place: { repositoryId: id, issue: 1 }, key: SEAL_KEY };
    expect(
      refuseLedger(story.ledger as Parameters<typeof refuseLedger>[0], sealed),
    ).toBeUndefined();
    expect(story.ledger.map(({ event }) => event.kind)).toEqual([
      "submitted",
      "proposed",
      "approved",
      "claimed",
      "published",
      "merged",
      "smoked",
    ]);
    const comments = (await twin.request(
      "GET",
      `/repos/${REPOSITORY}/issues/1/comments`,
    )) as readonly { readonly body: string }[];
    const contracts = comments.filter(({ body }) => body.startsWith(CONTRACT_MARKER));
    expect(contracts).toHaveLength(1);
    expect(parseContractComment(contracts[0]?.body ?? "")).toHaveProperty(
      "contract.goal",
      "A weight that is not a positive number is answered by an error instead of a price",
    );
  });

  test("workers may read and nothing else, control runs on the slim runner", () => {
    const jobs = story.jobs.filter(({ factory }) => factory).map(({ job }) => job);
    expect(factsOf(jobs)).toEqual(WHOLE_LINE);
    expect(jobs.every(({ conclusion }) => conclusion === "success")).toBe(true);
  });

  test("no log and no summary holds a key", () => {
    const said = twin.runner
      .runs()
      .flatMap(({ jobs }) => jobs)
      .map(({ log, summary, outputs }) => JSON.stringify([log, summary, outputs]))
      .join("\n");
    expect(said).not.toContain(model.apiKey);
    expect(said).not.toContain(SEAL_KEY);
  });

  test("the merged commit is what went live", () => {
    expect(production.releases()).toEqual([result.pullRequest?.mergeSha]);
  });

  test("at night the audit proposes quality.md in a pull request of its own", {
    timeout: PATIENCE_MS,
  }, async () => {
    const terminal = createTerminal(process.stderr, { quiet: true });
    await playAudit({ twin, repository: REPOSITORY, progress: createProgress(terminal), terminal });
    const pulls = (await twin.request("GET", `/repos/${REPOSITORY}/pulls?state=open`)) as readonly {
      readonly title: string;
      readonly head: { readonly ref: string; readonly sha: string };
    }[];
    expect(pulls).toHaveLength(1);
    const changed = git("diff", "--name-only", "main", pulls[0]?.head.sha ?? "");
    expect(changed).toBe("quality.md");
    expect(git("show", `${pulls[0]?.head.sha}:quality.md`)).toContain("pricing");
  });
});
