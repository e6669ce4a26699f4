import { describe, expect, test } from "vitest";
import { spentByLoops } from "../../../../src/control/observed/turns/loops-today.ts";
import { Loop } from "../../../../src/domain/loop/loop.ts";
import { type LoopState, sealState, spentWith } from "../../../../src/domain/loop/state.ts";
import { renderLoopIssue } from "../../../../src/wording/loops/issue.ts";
import { newLine } from "../../line.ts";

const NOW = "2026-11-20T09:00:00.000Z";
const KEY = "a key of the seal that is long enough";
const { github } = newLine();

function state(loop: string, spent: LoopState["spent"]): LoopState {
  return {
    ...{ version: 1, loop, last: { run: 1, at: NOW, items: 0 } },
    ...{ baseline: {}, measures: {}, findings: [] },
    ...(spent === undefined ? {} : { spent }),
  };
}

function issueOf(number: number, one: LoopState, key: string | undefined = KEY) {
  const sealed = sealState(one, { repositoryId: 1, key });
  const loop = Loop.parse({ gather: { command: "x" } });
  return { number, body: renderLoopIssue({ loop, path: "l.md", sealed, said: undefined }).body };
}

async function spent(issues: readonly { readonly number: number; readonly body: string }[]) {
  const snapshot = await github.observe({ prefix: "factory:", issues: [] });
  const { repository } = snapshot;
  const seen = {
    ...snapshot,
    repository: { ...repository, id: 1 },
    loopsLately: { known: issues },
  };
  return spentByLoops({ snapshot: seen, now: NOW, input: { sealKey: KEY } as never });
}

const PAID = state("a", [
  { day: "2026-11-20", usd: 0.25 },
  { day: "2026-11-19", usd: 9 },
]);

describe("what loops cost today", () => {
  test("is the sum of the day in their issues; other issues say nothing", async () => {
    const issues = [
      issueOf(1, PAID),
      issueOf(2, state("b", [{ day: "2026-11-20", usd: 0.5 }])),
      issueOf(3, state("c", undefined)),
      { number: 4, body: "a finding" },
    ];
    expect(await spent(issues)).toEqual({ known: 0.75 });
  });

  test("nobody knows where one was written by somebody else", async () => {
    const { number, body } = issueOf(1, PAID);
    const less = { number, body: body.replace('"usd":0.25', '"usd":0.01') };
    expect(await spent([less])).toMatchObject({ unknown: expect.stringContaining("seal") });
    const gone = { number, body: body.replace("```json", "```") };
    expect(await spent([gone])).toMatchObject({ unknown: expect.stringContaining("read") });
  });

  test("a day's money adds up, and old days are forgotten", () => {
    let one: Pick<LoopState, "spent"> = {};
    for (const [day, usd] of [
      ["2026-11-19", 1],
      ["2026-11-20", 0.25],
      ["2026-11-20", 0],
      ["2026-11-20", 0.5],
    ] as const) {
      one = spentWith(one, { day, usd });
    }
    expect(one.spent).toEqual([
      { day: "2026-11-20", usd: 0.75 },
      { day: "2026-11-19", usd: 1 },
    ]);
    for (let day = 21; day < 30; day += 1) one = spentWith(one, { day: `2026-11-${day}`, usd: 1 });
    expect(one.spent).toHaveLength(7);
  });
});
