import { describe, expect, test } from "vitest";
import { DISTRUST_MARKER } from "../../../../src/wording/issue/asks.ts";
import { LEDGER_MARKER } from "../../../../src/wording/issue/ledger-comment.ts";
import { doorbell, newLine, schedule, stageShown, type TestLine, toProposed } from "../../line.ts";

async function beat(line: TestLine): Promise<readonly (string | undefined)[]> {
  const before = line.github.dispatches.length;
  line.nextRun();
  await line.run("heartbeat", { event: schedule });
  return line.github.dispatches.slice(before).map(({ inputs }) => inputs.issue);
}

function ring(line: TestLine, issue: number) {
  line.nextRun();
  return line.run("route", { event: doorbell(line.github, issue) });
}

describe("labels that say otherwise than the ledger", () => {
  test.each([
    ["none is left", []],
    ["another stage", ["factory:done"]],
    ["two stages", ["factory:proposed", "factory:ready"]],
  ] as const)(
    "%s: rung for once nobody has written for two hours, and mended",
    async (_, labels) => {
      const line = newLine();
      const issue = await toProposed(line);
      line.github.changeIssue(issue, { labels: [...labels] });
      line.pass(3_600);
      expect(await beat(line)).toEqual([]);
      line.pass(2 * 3_600);
      expect(await beat(line)).toEqual([`${issue}`]);
      await ring(line, issue);
      expect(stageShown(line.github, issue)).toEqual(["proposed"]);
      expect(await beat(line)).toEqual([]);
    },
  );

  test("a ledger that nobody believes asks a person, also where the word of it was lost", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const ledger = line.github.comments(issue).find(({ body }) => body.startsWith(LEDGER_MARKER));
    if (ledger === undefined) throw new Error("no ledger");
    line.github.editComment(ledger.id, ledger.body.replace(/"run":\d+/, '"run":7'));
    line.pass(3 * 3_600);
    expect(await beat(line)).toEqual([`${issue}`]);
    await ring(line, issue);
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    const told = line.github.comments(issue).filter(({ body }) => body.startsWith(DISTRUST_MARKER));
    expect(told).toHaveLength(1);
  });

  test("labels that say what the ledger says are rung for by nobody", async () => {
    const line = newLine();
    await toProposed(line);
    line.pass(3 * 3_600);
    expect(await beat(line)).toEqual([]);
  });
});
