import { expect } from "vitest";
import { budgetMeter } from "../../src/agent/budget/meter.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";
import {
  CONFIG,
  commented,
  deliveries,
  green,
  ledgerOf,
  newLine,
  type TestLine,
  toBuilding,
} from "../control/line.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { MONEY } from "./reports/money.ts";
import { room } from "./room.ts";

function usdOf({ github }: TestLine, issue: number): number {
  return ledgerOf(github, issue).reduce((sum, { usage }) => sum + (usage?.usd ?? 0), 0);
}

room(MONEY, {
  "OpenHands/OpenHands#8858": async () => {
    const line = newLine({ config: `${CONFIG}limits: { usdPerIssue: 0.25 }\n` });
    const building = await toBuilding(line);
    const red = green(line.github, building.order);
    red.review.verdict.decision = "rework";
    await line.run("settle", { ...building, proposals: deliveries(red) });
    const spent = usdOf(line, building.issue);
    expect(spent).toBeGreaterThan(0.25);
    for (const word of ["retry", "resume", "retry"]) {
      line.nextRun();
      const { issue } = building;
      const event = commented(line.github, { issue, by: "ada", body: `/factory ${word}` });
      await line.run("route", { event });
      const claim = await line.run("claim", { event, issue });
      expect(claim.order, word).toBeUndefined();
      expect(usdOf(line, issue)).toBeGreaterThanOrEqual(spent);
    }
  },

  "fullsend-ai/fullsend#6588": async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const { implement, verify } = green(line.github, building.order);
    const before = usdOf(line, building.issue);
    await line.run("settle", {
      ...building,
      proposals: deliveries({ implement, verify }),
      jobResults: { implement: "success", verify: "success", review: "success" },
    });
    const charged = usdOf(line, building.issue) - before;
    expect(charged).toBeGreaterThan(1);
    expect(charged).toBeCloseTo(building.order.budget.usd);
  },

  "OpenHands/software-agent-sdk#3703": () => {
    const clock = createFakeClock();
    const meter = budgetMeter({ tokens: 1_000, usd: 1, turns: 10, wallClockMs: 60_000 }, clock);
    const first = { usage: { ...NO_USAGE, usd: 0.6 }, turns: 1, nextUsd: 0 };
    expect(meter.beforeTurn(first)).toBeUndefined();
    meter.settle(first);
    const second = { usage: { ...NO_USAGE, usd: 0.3 }, turns: 1, nextUsd: 0 };
    expect(meter.beforeTurn(second)).toBeUndefined();
    meter.settle(second);
    const third = { usage: { ...NO_USAGE, usd: 0.2 }, turns: 1, nextUsd: 0 };
    expect(meter.beforeTurn(third)).toMatchObject({ code: "budget-exhausted", subject: "USD" });
    clock.advance(60_000);
    expect(meter.beforeTurn({ usage: NO_USAGE, turns: 0, nextUsd: 0 })).toBeDefined();
  },
});
