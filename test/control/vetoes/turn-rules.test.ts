import { describe, expect, test } from "vitest";
import type { ControlResult } from "../../../src/control/observed/situation.ts";
import {
  approve,
  CONFIG,
  CONTRACT,
  deliver,
  deliveries,
  doorbell,
  failed,
  green,
  newLine,
  submit,
  type TestLine,
  toBuilding,
  toProposed,
} from "../line.ts";

const PERSON_MERGES = CONFIG.replace("scoped-autonomy", "open-pr");
const limits = (text: string, config = CONFIG) => `${config}limits: { ${text} }\n`;

async function start(line: TestLine, issue: number) {
  return await line.run("claim", { event: approve(line, issue), issue });
}

async function ring(line: TestLine, issue: number) {
  line.nextRun();
  return await line.run("claim", { event: doorbell(line.github, issue), issue });
}

const toldBy = ({ refusals }: ControlResult) =>
  refusals.map(({ subject, found, hint }) => [subject, found, hint]);

function rung({ github }: TestLine): readonly (string | undefined)[] {
  return github.dispatches
    .filter(({ workflow }) => workflow === "factory.yml")
    .map(({ inputs }) => inputs.issue);
}

function change(line: TestLine, issue: number, but: object): void {
  line.github.changeIssue(issue, but);
}

describe("the decision budget", () => {
  const waiting = "decisions that wait for one person";

  test("holds what ends at somebody who has enough to decide, until they have decided", async () => {
    const line = newLine({ config: limits("waitingForPeople: 1", PERSON_MERGES) });
    const issue = await toProposed(line);
    const other = submit(line, "factory:needs-human");
    const result = await start(line, issue);
    expect(result).toMatchObject({ next: "none", stage: "ready", ok: true });
    expect(toldBy(result)).toEqual([
      [waiting, "1 decisions wait for whom this one would ask", "answer-what-waits"],
    ]);
    change(line, other, { labels: ["factory:done"] });
    expect(await ring(line, issue)).toMatchObject({ next: "line", stage: "building" });
  });

  test.each([
    // One person, by their login there and by their number as who submits and approves.
    ["ada", "none"],
    ["tom", "line"],
  ])("counts for each person who is asked: %s owns what waits", async (owner, next) => {
    const config = `${limits("waitingForPeople: 1", PERSON_MERGES)}ask: [code owners]\n`;
    const line = newLine({ config });
    const first = await toBuilding(line);
    const proposals = deliveries(green(line.github, first.order));
    const owners = { known: new TextEncoder().encode(`* @${owner}\n`) };
    const bytesAt = async (_: string, paths: readonly string[]) => paths.map(() => owners);
    const settled = await line.run("settle", { ...first, proposals, bytesAt });
    expect(settled).toMatchObject({ stage: "gating", ok: true });
    // Nobody owns what is not built yet: who approved is asked.
    expect((await start(line, await toProposed(line))).next).toBe(next);
  });

  test("counts work under way, and holds nothing that may be merged without a person", async () => {
    const line = newLine({ config: limits("waitingForPeople: 1", PERSON_MERGES) });
    await toBuilding(line);
    const second = await toProposed(line);
    expect(toldBy(await start(line, second)).map(([subject]) => subject)).toEqual([waiting]);
    line.github.setConfig(limits("waitingForPeople: 1"));
    expect(await ring(line, second)).toMatchObject({ next: "line" });
  });
});

test("what GitHub calls blocked waits until nothing blocks it", async () => {
  const line = newLine();
  const issue = await toProposed(line);
  change(line, issue, { blockedBy: 2 });
  expect(toldBy(await start(line, issue))).toEqual([
    ["issues that block this one", "2 open", "close-what-blocks"],
  ]);
  change(line, issue, { blockedBy: 0 });
  expect(await ring(line, issue)).toMatchObject({ next: "line" });
});

describe("when an attempt ends", () => {
  test("the one that touches other files is rung for, though an older one waits", async () => {
    const line = newLine({ config: limits("wip: 2") });
    const first = await toBuilding(line);
    await toBuilding(line);
    const collides = await toProposed(line);
    const elsewhere = await toProposed(line, {
      ...CONTRACT,
      context: { ...CONTRACT.context, files: ["docs/greeting.md"] },
    });
    for (const issue of [collides, elsewhere]) await start(line, issue);
    line.backTo(first.order.runId);
    await line.run("settle", { ...first, proposals: deliveries(green(line.github, first.order)) });
    expect(rung(line)).toEqual([`${elsewhere}`]);
    expect(await ring(line, elsewhere)).toMatchObject({ next: "line" });
  });
});

test("three issues that fail in one way stop the next, and after half an hour one is tried", async () => {
  const line = newLine();
  for (const _ of [1, 2, 3]) {
    const one = await toBuilding(line);
    const proposals = [deliver("implement", failed(one.order, "implement", "model-failed"))];
    await line.run("settle", { ...one, proposals });
  }
  const [issue, next] = [await toProposed(line), await toProposed(line)];
  const result = await start(line, issue);
  expect(result).toMatchObject({ next: "none", ok: true });
  expect(toldBy(result)).toEqual([
    [
      "failures of one kind, one after the other",
      "model-failed on issue 1, issue 2, issue 3",
      "look-at-failures",
    ],
  ]);
  line.pass(1_800);
  expect(await ring(line, issue)).toMatchObject({ next: "line", stage: "building" });
  expect((await start(line, next)).refusals[0]?.accepted).toBe("one at a time, until one succeeds");
});
