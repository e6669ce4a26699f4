import { expect } from "vitest";
import { overviewOf } from "../../src/agent/prompt/overview.ts";
import { weigh } from "../../src/control/gate/gate.ts";
import { authorityOver } from "../../src/control/gate/merge-authority.ts";
import { digestOfOrder } from "../../src/domain/order.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { BODY_CHARACTERS, boundBody } from "../../src/wording/safe-text.ts";
import { MAXIMUM_DIFF_BYTES } from "../../src/workers/review/judge.ts";
import { runReview } from "../../src/workers/review/run.ts";
import { CHANGES } from "../control/changes.ts";
import { greenGate } from "../control/gate/green-gate.ts";
import {
  approve,
  CONFIG,
  deliveries,
  doorbell,
  green,
  lineOrderOf,
  newLine,
  type TestLine,
  toBuilding,
  toProposed,
} from "../control/line.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { fakeModel } from "../fakes/model.ts";
import { createFakeRepository } from "../fakes/repository.ts";
import { lineOrder } from "../workers/orders.ts";
import { VERDICTS } from "./reports/verdicts.ts";
import { room } from "./room.ts";

function merges({ github }: TestLine): number {
  return github.applied.filter(
    ({ effect, receipt }) => effect.kind === "merge-pull-request" && receipt.outcome === "done",
  ).length;
}

/** What comes of an approved attempt, green in all, when somebody changes something before it is settled. */
async function settleAfter(change: string) {
  const line = newLine();
  const building = await toBuilding(line);
  CHANGES[change]?.[1](line, building.issue);
  const proposals = deliveries(green(line.github, building.order));
  return { line, result: await line.run("settle", { ...building, proposals }) };
}

room(VERDICTS, {
  "fullsend-ai/fullsend#369": async () => {
    const gate = await greenGate();
    expect(gate.review.verdict.decision).toBe("approve");
    expect(weigh(gate).refusals).toEqual([]);
    for (const piece of gate.verify.evidence)
      if (piece.kind === "check" && piece.name === "lint") piece.status = "failed";
    expect(weigh(gate).refusals.map(({ code }) => code)).toEqual(["check-failed"]);
  },

  "gabrielkoerich/orch#1187": async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = deliveries(green(line.github, building.order));
    await line.run("settle", { ...building, proposals });
    expect(merges(line)).toBe(1);
    // What control looks at knows no check run: a red one of any name can neither stop nor open anything.
    const observed = await line.github.observe({ prefix: "factory:", issues: [building.issue] });
    expect(Object.keys(observed).filter((key) => /check|status/i.test(key))).toEqual([]);
    const [pull] = observed.pullRequests;
    expect(pull).toBeDefined();
    expect(Object.keys(pull ?? {}).filter((key) => /check|status/i.test(key))).toEqual([]);
    expect(weigh(await greenGate()).outcomes.every(({ refusal }) => refusal === undefined)).toBe(
      true,
    );
  },

  "fullsend-ai/fullsend#681": async () => {
    const line = newLine({ config: `${CONFIG}limits: { attempts: 2 }\n` });
    let building = await toBuilding(line);
    const review = async (severity: "minor" | "blocker") => {
      const proposals = green(line.github, building.order);
      const finding = { path: "src/greet.ts", line: 1, claim: "a", howItFails: "b" };
      proposals.review.verdict.findings = [{ ...finding, severity }];
      proposals.review.verdict.decision = "rework";
      return await line.run("settle", { ...building, proposals: deliveries(proposals) });
    };
    expect(await review("minor")).toMatchObject({ stage: "ready" });
    line.nextRun();
    const event = doorbell(line.github, building.issue);
    const claim = await line.run("claim", { event, issue: building.issue });
    building = { ...building, event: building.event, order: lineOrderOf(claim) };
    const last = await review("blocker");
    expect(last.stage).toBe("needs-human");
    expect(last.refusals.map(({ code }) => code)).toContain("attempts-exhausted");
    expect(merges(line)).toBe(0);
  },

  "devops-thiago/ThrillhouseBot#570": async () => {
    const gate = await greenGate();
    const computed = authorityOver(gate).risk.risk;
    expect(computed).not.toBe("low");
    for (const risk of ["low", "medium"] as const) {
      gate.review.verdict.risk = risk;
      expect(authorityOver(gate).risk.risk).toBe(computed);
    }
    gate.review.verdict.risk = "high";
    expect(authorityOver(gate).risk.risk).toBe("high");
  },

  "anthropics/claude-code-action#1819": async () => {
    const repository = createFakeRepository();
    const base = repository.commit({ "src/zones.ts": "NO: 1\n" });
    const order = lineOrder({ base });
    const head = {
      version: 1,
      order: digestOfOrder(order),
      usage: NO_USAGE,
      durationMs: 1,
    } as const;
    const content = `${"a line of the change\n".repeat(MAXIMUM_DIFF_BYTES / 20)}`;
    const file = { path: "src/zones.ts", mode: "100644", encoding: "utf-8", content } as const;
    const changeSet = { base, files: [file] };
    const subject = { base, tree: await repository.treeWith(changeSet) };
    const check = {
      kind: "check",
      name: "test",
      on: "change",
      subject,
      command: "npm test",
      status: "passed",
      exitCode: 0,
      durationMs: 5,
      tail: "",
      outputBytes: 0,
    } as const;
    const model = fakeModel([]);
    const proposal = await runReview(
      order,
      {
        implement: {
          ...head,
          worker: "implement",
          plan: { steps: [], files: [] },
          changeSet,
          summary: "",
          assumptions: [],
          ran: [],
        },
        verify: {
          ...head,
          worker: "verify",
          subject,
          changedLines: 8_000,
          commands: { count: 1, durationMs: 1 },
          evidence: [check],
        },
      },
      { model, repository, clock: createFakeClock() },
    );
    expect(model.tasks).toEqual([]);
    expect(proposal).toMatchObject({ worker: "review", verdict: { decision: "escalate" } });
  },

  "Gentleman-Programming/gentleman-guardian-angel#108": async () => {
    const repository = createFakeRepository();
    const base = repository.commit({ "AGENTS.md": "x".repeat(10_000_000), "src/a.ts": "" });
    const { documents, tree } = await overviewOf(lineOrder({ base }), repository);
    expect(JSON.stringify(documents).length).toBeLessThan(10_000);
    expect(documents[0]?.text).toMatch(/\d+ more characters/);
    expect(tree).toContain("a.ts");
  },

  "devops-thiago/ThrillhouseBot#462": () => {
    const long = `\`\`\`\n${"test('greets', () => {});\n".repeat(5_000)}\`\`\`\n`;
    const body = boundBody(long);
    expect(long.length).toBeGreaterThan(BODY_CHARACTERS);
    expect(body.length).toBeLessThanOrEqual(BODY_CHARACTERS);
    expect(body).toContain(`the whole text has ${long.length} characters`);
    expect(body.match(/^```/gm)).toHaveLength(2);
  },

  "pascalgn/automerge-action#147": async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = deliveries(green(line.github, building.order));
    await line.run("settle", { ...building, proposals });
    const merge = line.github.applied.find(({ effect }) => effect.kind === "merge-pull-request");
    expect(merge?.effect).toMatchObject({
      sha: line.github.branch(`factory/${building.issue}-1`),
      base: "main",
      expectedTree: green(line.github, building.order).verify.subject.tree,
    });
    const other = newLine();
    const moved = await toBuilding(other);
    other.github.moveBranch(`factory/${moved.issue}-1`);
    const all = deliveries(green(other.github, moved.order));
    const result = await other.run("settle", { ...moved, proposals: all });
    expect(result.refusals).not.toEqual([]);
    expect(merges(other)).toBe(0);
  },

  "jenkins-x/jx#2209": async () => {
    const { line, result } = await settleAfter("the contract is edited");
    expect(result.refusals.map(({ code }) => code)).toEqual(["approval-stale"]);
    expect(merges(line)).toBe(0);
  },

  "monarch-initiative/dismech#2739": async () => {
    for (const change of ["the approving comment is edited", "the approving comment is deleted"]) {
      const { line, result } = await settleAfter(change);
      expect(result.refusals.map(({ code }) => code)).toEqual(["approval-stale"]);
      expect(merges(line)).toBe(0);
    }
  },

  "DefinitelyTyped/dt-mergebot#198": async () => {
    for (const by of ["rea", "tri", "helper[bot]"]) {
      const line = newLine();
      const issue = await toProposed(line);
      const claim = await line.run("claim", { event: approve(line, issue, by), issue });
      expect(claim.order, by).toBeUndefined();
      expect(line.github.branch(`factory/${issue}-1`)).toBeUndefined();
    }
    const line = newLine();
    const issue = await toProposed(line);
    const claim = await line.run("claim", { event: approve(line, issue, "wil"), issue });
    expect(claim.order).toBeDefined();
  },
});
