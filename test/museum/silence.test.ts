import { expect } from "vitest";
import { createAnthropicModel } from "../../src/adapters/model/anthropic/create-model.ts";
import { costOf } from "../../src/agent/budget/prices.ts";
import { parseScript } from "../../src/twin/model/script-file.ts";
import { startScriptedModel } from "../../src/twin/model/scripted-model.ts";
import {
  commented,
  deliver,
  deliveries,
  doorbell,
  failed,
  green,
  labeled,
  ledgerOf,
  newLine,
  orderOf,
  schedule,
  stageShown,
  submit,
  type TestLine,
  toBuilding,
} from "../control/line.ts";
import { taskWith } from "../ports/model.suite.ts";
import { allWorkflows } from "../repository/workflow-files.ts";
import { SILENCE } from "./reports/silence.ts";
import { room } from "./room.ts";

function wasPublished({ github }: TestLine): boolean {
  return github.applied.some(({ effect }) => effect.kind === "publish-commit");
}

/** What the issue's ledger says to whoever opens it. */
function saidOn({ github }: TestLine, issue: number): string {
  return github
    .comments(issue)
    .map(({ body }) => body)
    .join("\n");
}

/** An attempt whose run ended before it could say anything. */
async function orphan() {
  const line = newLine();
  const { issue, order } = await toBuilding(line);
  line.github.endRun(order.runId);
  line.pass(3 * 3_600);
  line.nextRun();
  const usd = () =>
    ledgerOf(line.github, issue).reduce((sum, one) => sum + (one.usage?.usd ?? 0), 0);
  return { line, issue, usd };
}

room(SILENCE, {
  "anthropics/claude-code-action#1061": async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const { implement, verify } = green(line.github, building.order);
    const result = await line.run("settle", {
      ...building,
      proposals: deliveries({ implement, verify }),
      jobResults: { implement: "success", verify: "success", review: "success" },
    });
    expect(result).toMatchObject({ ok: false, stage: "needs-human" });
    expect(wasPublished(line)).toBe(false);
    expect(saidOn(line, building.issue)).toContain("review");
  },

  "anthropics/claude-code-action#1495": async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const { implement, verify } = green(line.github, building.order);
    const review = deliver("review", failed(building.order, "review", "model-failed"));
    const result = await line.run("settle", {
      ...building,
      proposals: [...deliveries({ implement, verify }), review],
      jobResults: { implement: "success", verify: "success", review: "success" },
    });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "model-failed" }] });
    expect(wasPublished(line)).toBe(false);
    expect(saidOn(line, building.issue)).toContain("The model call failed");
  },

  "anthropics/claude-code-action#1243": async () => {
    const script = "roles:\n  coder:\n    - { fault: empty, times: 3 }\n";
    const twin = await startScriptedModel({ script: parseScript(script, "empty.yml") });
    try {
      const model = createAnthropicModel({
        apiKey: twin.apiKey,
        baseUrl: twin.url,
        prices: costOf,
        maximumRetryAfterMs: 5,
      });
      const outcome = await model.perform(taskWith());
      expect(outcome).toMatchObject({ kind: "refused", refusal: { code: "model-failed" } });
      expect(twin.requests()).toHaveLength(3);
    } finally {
      await twin.close();
    }
  },

  "amd/gaia#4138": async () => {
    for (const worker of ["implement", "review"] as const) {
      const line = newLine();
      const building = await toBuilding(line);
      const proposals = [deliver(worker, failed(building.order, worker, "model-failed"))];
      const result = await line.run("settle", { ...building, proposals });
      expect(result.ok, worker).toBe(false);
    }
    const line = newLine();
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    const order = orderOf(await line.run("open", { event, issue }));
    const proposals = [
      deliver("intake-normalize", failed(order, "intake-normalize", "model-failed")),
    ];
    const result = await line.run("propose", { event, issue, order, proposals });
    expect(result).toMatchObject({ ok: false, stage: "needs-human" });
  },

  "anthropics/claude-code-action#865": () => {
    const ours = allWorkflows().filter(({ path }) => !path.startsWith("src/twin"));
    const own = ours.flatMap(({ path, workflow }) =>
      Object.entries(workflow.jobs).flatMap(([name, job]) =>
        job.uses === undefined ? [[`${path} ${name}`, job["timeout-minutes"]] as const] : [],
      ),
    );
    expect(own.length).toBeGreaterThan(10);
    for (const [name, minutes] of own) {
      expect(minutes, name).toEqual(expect.any(Number));
      expect(minutes, name).toBeLessThanOrEqual(120);
    }
  },

  "anthropics/claude-code-action#1339": async () => {
    const { line, issue, usd } = await orphan();
    const before = usd();
    const route = await line.run("route", { event: doorbell(line.github, issue) });
    expect(route).toMatchObject({ stage: "needs-human", refusals: [{ code: "worker-failed" }] });
    expect(usd()).toBeGreaterThan(before);
  },

  "github/copilot-cli#2364": async () => {
    const { line, issue } = await orphan();
    const updatedAt = new Date(Date.parse("2026-11-20T09:00:00Z")).toISOString();
    line.github.changeIssue(issue, { updatedAt });
    await line.run("heartbeat", { event: schedule });
    expect(line.github.dispatches.map(({ inputs }) => inputs.issue)).toEqual([`${issue}`]);
    line.nextRun();
    await line.run("route", { event: doorbell(line.github, issue) });
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    const retry = commented(line.github, { issue, by: "wil", body: "/factory retry" });
    expect(await line.run("route", { event: retry })).toMatchObject({ next: "line" });
    line.nextRun();
    expect(await line.run("claim", { event: retry, issue })).toMatchObject({ attempt: 2 });
  },

  "github/copilot-cli#3600": async () => {
    const { line, issue, usd } = await orphan();
    const before = usd();
    const event = commented(line.github, { issue, by: "wil", body: "/factory stop" });
    expect(await line.run("route", { event })).toMatchObject({ stage: "needs-human" });
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    expect(usd()).toBeGreaterThan(before);
  },
});
