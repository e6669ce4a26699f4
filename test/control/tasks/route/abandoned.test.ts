import { describe, expect, test } from "vitest";
import type { Order } from "../../../../src/domain/order.ts";
import {
  CONFIG,
  closed,
  commented,
  deliveries,
  doorbell,
  green,
  kindsOf,
  ledgerOf,
  newLine,
  orderOf,
  stageShown,
  type TestLine,
  toBuilding,
} from "../../line.ts";

/** An attempt whose run was killed before it could settle. */
async function toAbandoned(line: TestLine) {
  const building = await toBuilding(line);
  line.github.endRun(building.order.runId);
  line.pass(3 * 3_600);
  line.nextRun();
  return building;
}

function usdOf(line: TestLine, issue: number): number {
  return ledgerOf(line.github, issue).reduce((sum, { usage }) => sum + (usage?.usd ?? 0), 0);
}

const say = (line: TestLine, issue: number, body: string) =>
  line.run("route", { event: commented(line.github, { issue, by: "wil", body }) });

/** Neither what a run writes ahead of its merge nor what it writes behind it reaches the ledger. */
function leaveNoWord({ github }: TestLine): void {
  github.refuseNext("write-comment", { cause: "no-answer", reason: "lost" });
  github.refuseNext("write-comment", { cause: "no-answer", reason: "lost" });
}

describe("an attempt whose run ended without a word", () => {
  test("a doorbell finds it: a person is told why, and it is charged its share", async () => {
    const line = newLine();
    const { issue } = await toAbandoned(line);
    const before = usdOf(line, issue);
    const result = await line.run("route", { event: doorbell(line.github, issue) });
    expect(result).toMatchObject({ next: "none", stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "worker-failed", subject: "attempt 1" }]);
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    // Three attempts may spend five dollars.
    expect(usdOf(line, issue) - before).toBeCloseTo((5 - before) / 3);
    expect(await say(line, issue, "/factory retry")).toMatchObject({
      next: "line",
      stage: "ready",
    });
    line.nextRun();
    const event = doorbell(line.github, issue);
    expect(await line.run("claim", { event, issue })).toMatchObject({ next: "line", attempt: 2 });
  });

  test.each(["retry", "resume"])("/factory %s goes on at once", async (word) => {
    const line = newLine();
    const { issue } = await toAbandoned(line);
    const before = usdOf(line, issue);
    const result = await say(line, issue, `/factory ${word}`);
    expect(result).toMatchObject({ next: "line", stage: "ready", refusals: [] });
    expect(kindsOf(line.github, issue).slice(-2)).toEqual(["refused", "commanded"]);
    expect(usdOf(line, issue)).toBeGreaterThan(before);
  });

  test("run after run vanishes: the ledger stays below the limit, and what they may have spent below n of it", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const { issue } = building;
    let order: Order = building.order;
    let risked = 0;
    for (let time = 0; time < 6; time += 1) {
      const left = 5 - usdOf(line, issue);
      expect(order.budget.usd).toBeCloseTo(left);
      risked += left;
      line.github.endRun(order.runId);
      line.nextRun();
      expect(await say(line, issue, "/factory retry")).toMatchObject({ next: "line" });
      expect(5 - usdOf(line, issue)).toBeCloseTo((left * 2) / 3);
      line.nextRun();
      const event = doorbell(line.github, issue);
      order = orderOf(await line.run("claim", { event, issue }));
    }
    expect(usdOf(line, issue)).toBeLessThan(5);
    expect(risked).toBeLessThan(3 * 5);
  });

  test("where one attempt is all there is, it is charged in full", async () => {
    const line = newLine({ config: `${CONFIG}limits: { attempts: 1 }\n` });
    const { issue } = await toAbandoned(line);
    await line.run("route", { event: doorbell(line.github, issue) });
    expect(usdOf(line, issue)).toBeCloseTo(5);
  });

  test("/factory stop charges it, too", async () => {
    const line = newLine();
    const { issue } = await toAbandoned(line);
    const before = usdOf(line, issue);
    expect(await say(line, issue, "/factory stop")).toMatchObject({ stage: "needs-human" });
    expect(usdOf(line, issue)).toBeGreaterThan(before);
  });

  test.each(["doorbell", "/factory retry"])(
    "%s leaves a run alone that still works",
    async (word) => {
      const line = newLine();
      const { issue } = await toBuilding(line);
      line.nextRun();
      const result =
        word === "doorbell"
          ? await line.run("route", { event: doorbell(line.github, issue) })
          : await say(line, issue, word);
      expect(result).toMatchObject({ next: "none", stage: "building" });
      expect(stageShown(line.github, issue)).toEqual(["building"]);
    },
  );

  test("what it had merged is found, and not built again", async () => {
    const line = newLine({ config: CONFIG });
    const building = await toBuilding(line);
    const { issue } = building;
    const proposals = deliveries(green(line.github, building.order));
    leaveNoWord(line);
    await line.run("settle", { ...building, proposals });
    line.github.endRun(building.order.runId);
    line.nextRun();
    const result = await line.run("route", { event: doorbell(line.github, issue) });
    expect(result).toMatchObject({ next: "release", stage: "smoking" });
    expect(kindsOf(line.github, issue).slice(-2)).toEqual(["refused", "merged"]);
  });

  test("what it wrote ahead of its merge stands: its risk, what was proven, what it cost", async () => {
    const line = newLine({ config: CONFIG });
    const building = await toBuilding(line);
    const { issue } = building;
    const proposals = deliveries(green(line.github, building.order));
    // Commit, pull request, three check runs, the ledger and the merge.
    line.github.dieAfter(7);
    await expect(line.run("settle", { ...building, proposals })).rejects.toThrow();
    line.github.dieAfter(undefined);
    line.github.endRun(building.order.runId);
    const spent = usdOf(line, issue);
    line.nextRun();
    const result = await line.run("route", { event: doorbell(line.github, issue) });
    expect(result).toMatchObject({ next: "release", stage: "smoking" });
    expect(kindsOf(line.github, issue).slice(-3)).toEqual(["published", "refused", "merged"]);
    expect(usdOf(line, issue)).toBe(spent);
    expect(line.github.issue(issue).labels).toContain("factory:risk-medium");
  });

  test("and its deploy is rung for, where none runs at that merge: nothing else starts it", async () => {
    const line = newLine({ config: CONFIG });
    const building = await toBuilding(line);
    const proposals = deliveries(green(line.github, building.order));
    leaveNoWord(line);
    await line.run("settle", { ...building, proposals });
    line.github.endRun(building.order.runId);
    line.nextRun();
    const result = await line.run("route", { event: doorbell(line.github, building.issue) });
    const [deploy, ...more] = result.effects.filter(({ kind }) => kind === "dispatch-workflow");
    expect(more).toEqual([]);
    expect(deploy).toMatchObject({ workflow: "deploy.yml", inputs: {}, once: line.github.head() });
  });

  test("a merge that was written down and not deployed is rung for once its run must be over", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const proposals = deliveries(green(line.github, building.order));
    await line.run("settle", { ...building, proposals });
    const ring = async () => {
      line.nextRun();
      const event = doorbell(line.github, building.issue);
      return (await line.run("route", { event })).effects;
    };
    expect(await ring()).toEqual([]);
    line.pass(3_600);
    expect(await ring()).toMatchObject([{ workflow: "deploy.yml", once: line.github.head() }]);
  });

  /** The run opened its pull request, and died before the ledger knew of it. */
  async function toLeftOpen(line: TestLine) {
    const building = await toBuilding(line);
    const proposals = deliveries(green(line.github, building.order));
    const dead = { cause: "no-answer", reason: "lost" } as const;
    line.github.refuseNext("merge-pull-request", dead);
    leaveNoWord(line);
    const settled = await line.run("settle", { ...building, proposals });
    expect(settled.ok).toBe(false);
    line.github.endRun(building.order.runId);
    line.nextRun();
    const rung = await line.run("route", { event: doorbell(line.github, building.issue) });
    const opened = line.github.applied.find(({ effect }) => effect.kind === "open-pull-request");
    const number = opened?.receipt.kind === "open-pull-request" && opened.receipt;
    return { ...building, rung, pullRequest: number && "number" in number ? number.number : 0 };
  }

  test("what it had left open is a person's, and the question says which; their merge is gone on with", async () => {
    const line = newLine();
    const { issue, rung, pullRequest } = await toLeftOpen(line);
    expect(rung.refusals).toMatchObject([
      { code: "pull-request-open", subject: `pull request ${pullRequest}` },
      { code: "worker-failed" },
    ]);
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    line.github.mergeByPerson(pullRequest, "wil");
    line.nextRun();
    const event = closed(line.github, pullRequest, "wil");
    expect(await line.run("route", { event })).toMatchObject({ next: "release", stage: "smoking" });
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({
      kind: "merged",
      by: "person",
      pullRequest,
    });
  });

  test("what it had merged long ago is not built again either", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const { issue } = building;
    const proposals = deliveries(green(line.github, building.order));
    leaveNoWord(line);
    await line.run("settle", { ...building, proposals });
    line.github.endRun(building.order.runId);
    line.github.moveHead();
    // Merging closes it where the pull request says so.
    line.github.changeIssue(issue, { state: "open" });
    line.nextRun();
    const result = await say(line, issue, "/factory retry");
    expect(result).toMatchObject({ next: "none", refusals: [{ code: "state-unknown" }] });
  });
});
