import { describe, expect, test } from "vitest";
import {
  approve,
  CONFIG,
  commented,
  deliver,
  deliveries,
  doorbell,
  green,
  intake,
  kindsOf,
  labeled,
  ledgerOf,
  newLine,
  orderOf,
  schedule,
  stageShown,
  submit,
  type TestLine,
  toBuilding,
  toProposed,
} from "../line.ts";

const HOURS = 3_600;

function lineWith(limits: string): TestLine {
  return newLine({ config: `${CONFIG}limits: { ${limits} }\n` });
}

/** A person approves, and the attempt is asked for. */
async function start(line: TestLine, issue: number) {
  return await line.run("claim", { event: approve(line, issue), issue });
}

/** The factory rings for itself. */
async function ring(line: TestLine, issue: number) {
  line.nextRun();
  return await line.run("claim", { event: doorbell(line.github, issue), issue });
}

/** The run that claimed the attempt ends it. */
async function end(line: TestLine, first: Building, answers = green(line.github, first.order)) {
  line.backTo(first.order.runId);
  return await line.run("settle", { ...first, proposals: deliveries(answers) });
}

type Building = Awaited<ReturnType<typeof toBuilding>>;

function isWaiting({ github }: TestLine, issue: number): boolean {
  return github.issue(issue).labels.includes("factory:waiting");
}

function show({ github }: TestLine, issue: number, ...labels: readonly string[]): void {
  github.changeIssue(issue, { labels: [...github.issue(issue).labels, ...labels] });
}

function rung({ github }: TestLine): readonly (string | undefined)[] {
  return github.dispatches
    .filter(({ workflow }) => workflow === "factory.yml")
    .map(({ inputs }) => inputs.issue);
}

describe("a place", () => {
  test("is waited for without a claim, and the approval that was given holds", async () => {
    const line = lineWith("wip: 1");
    const first = await toBuilding(line);
    const issue = await toProposed(line);
    const result = await start(line, issue);
    expect(result).toMatchObject({ next: "none", stage: "ready", ok: true });
    expect(result.refusals).toEqual([
      {
        code: "turn-later",
        subject: "issues being built at a time",
        found: `issue ${first.issue}`,
        accepted: "fewer than 1",
      },
    ]);
    expect(line.github.branch(`factory/${issue}-1`)).toBeUndefined();
    expect(stageShown(line.github, issue)).toEqual(["ready"]);
    expect(isWaiting(line, issue)).toBe(true);
    expect(kindsOf(line.github, issue).slice(-2)).toEqual(["approved", "refused"]);
    // Rung for again it waits on, and says nothing a second time.
    expect(await ring(line, issue)).toMatchObject({ effects: [], stage: "ready", ok: true });
  });

  test("is taken by the issue that waited, when the attempt that held it ends", async () => {
    const line = lineWith("wip: 1");
    const first = await toBuilding(line);
    const issue = await toProposed(line);
    await start(line, issue);
    const ended = await end(line, first);
    expect(ended).toMatchObject({ stage: "smoking", next: "release", ok: true });
    expect(rung(line)).toEqual([`${issue}`]);
    expect(await ring(line, issue)).toMatchObject({ next: "line", stage: "building" });
    expect(isWaiting(line, issue)).toBe(false);
  });

  test("stays with an attempt that is sent back, which rings for itself", async () => {
    const line = lineWith("wip: 1");
    const first = await toBuilding(line);
    const issue = await toProposed(line);
    await start(line, issue);
    const answers = green(line.github, first.order);
    answers.review.verdict.decision = "rework";
    await end(line, first, answers);
    expect(rung(line)).toEqual([`${first.issue}`]);
    // The other one waits for longer, and what was begun goes on before it.
    expect(await ring(line, first.issue)).toMatchObject({ next: "line" });
    expect((await ring(line, issue)).refusals.map(({ code }) => code)).toEqual(["turn-later"]);
  });

  test("is not rung for while the line is stopped", async () => {
    const line = lineWith("wip: 1");
    const first = await toBuilding(line);
    const issue = await toProposed(line);
    await start(line, issue);
    line.github.addIssue({ author: "ada", title: "", body: "", labels: ["factory:andon"] });
    await end(line, first);
    expect(rung(line)).toEqual([]);
  });

  test("is free again a day after a claim whose run has died", async () => {
    const line = lineWith("wip: 1");
    await toBuilding(line);
    const issue = await toProposed(line);
    await start(line, issue);
    line.pass(25 * HOURS);
    expect(await ring(line, issue)).toMatchObject({ next: "line", stage: "building" });
  });

  test.each<readonly [string, readonly string[], readonly string[], boolean]>([
    ["is older", [], [], true],
    ["is less urgent", ["factory:priority-3"], [], false],
    ["is no defect, as the other is", [], ["bug"], false],
    ["is a defect, as the other is", ["bug"], ["bug"], true],
  ])("goes to the one that waits already and %s: %j, %j", async (_, theirs, own, waits) => {
    const line = lineWith("wip: 1");
    const other = submit(line, "factory:ready");
    show(line, other, "factory:waiting", ...theirs);
    const issue = await toProposed(line);
    show(line, issue, ...own);
    const result = await start(line, issue);
    expect(result.next).toBe(waits ? "none" : "line");
    expect(result.refusals).toEqual(
      waits
        ? [
            {
              code: "turn-later",
              subject: "the order of the issues that wait",
              found: `issue ${other}`,
              accepted: "fewer than 1 before it",
            },
          ]
        : [],
    );
  });

  test("is not kept for one that only waits to be read", async () => {
    const line = lineWith("wip: 1");
    show(line, submit(line), "factory:waiting");
    expect(await start(line, await toProposed(line))).toMatchObject({ next: "line" });
  });

  test("is not kept for long for a label that somebody put there", async () => {
    const line = lineWith("wip: 1");
    const other = submit(line, "factory:ready");
    show(line, other, "factory:waiting");
    const issue = await toProposed(line);
    await start(line, issue);
    line.nextRun();
    await line.run("heartbeat", { event: schedule });
    expect(rung(line)).toEqual([`${other}`]);
    line.nextRun();
    await line.run("route", { event: doorbell(line.github, other) });
    expect(isWaiting(line, other)).toBe(false);
    expect(await ring(line, issue)).toMatchObject({ next: "line", stage: "building" });
  });

  test("beside those that wait there is one where the limit leaves more", async () => {
    const line = lineWith("wip: 2");
    show(line, submit(line, "factory:ready"), "factory:waiting");
    expect(await start(line, await toProposed(line))).toMatchObject({ next: "line" });
  });
});

describe("the money of the day", () => {
  test("an attempt waits until the day holds all that it may spend", async () => {
    const line = lineWith("usdPerIssue: 5, usdPerDay: 9.9");
    const first = await toBuilding(line);
    line.github.setConfig(`${CONFIG}limits: { usdPerIssue: 5, usdPerDay: 1000 }\n`);
    const issue = await toProposed(line);
    line.github.setConfig(`${CONFIG}limits: { usdPerIssue: 5, usdPerDay: 9.9 }\n`);
    const result = await start(line, issue);
    expect(result).toMatchObject({ next: "none", stage: "ready", ok: true });
    expect(result.refusals).toEqual([
      {
        code: "day-spent",
        subject: "USD on 2026-11-20 (UTC)",
        found: "0.20 spent and 4.90 promised of 9.9",
        accepted: "4.90 left, the most that its order may spend",
      },
    ]);
    expect(isWaiting(line, issue)).toBe(true);
    // What the first one did not spend is free again when it has ended.
    await end(line, first);
    expect(rung(line)).toEqual([`${issue}`]);
    expect(await ring(line, issue)).toMatchObject({ next: "line", stage: "building" });
  });

  test("a new day has its own", async () => {
    const line = lineWith("usdPerIssue: 1, usdPerDay: 1.05");
    const issue = await toProposed(line);
    line.github.setConfig(`${CONFIG}limits: { usdPerIssue: 1, usdPerDay: 0.9 }\n`);
    expect((await start(line, issue)).refusals.map(({ code }) => code)).toEqual(["day-spent"]);
    line.pass(14 * HOURS);
    expect((await ring(line, issue)).refusals.map(({ code }) => code)).toEqual(["day-spent"]);
    line.pass(2 * HOURS);
    expect(await ring(line, issue)).toMatchObject({ next: "line", stage: "building" });
  });

  test("an order may not spend more than a day has", async () => {
    const line = lineWith("usdPerIssue: 5, usdPerDay: 3");
    const issue = submit(line);
    line.nextRun();
    const open = await line.run("open", { event: labeled(line.github, issue), issue });
    expect(orderOf(open).budget.usd).toBe(3);
  });

  test("an issue is not read without it, and is read by itself on the next day", async () => {
    const line = lineWith("usdPerIssue: 5, usdPerDay: 5.05");
    await toBuilding(line);
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    const open = await line.run("open", { event, issue });
    expect(open).toMatchObject({ next: "none", effects: [] });
    expect(open.order).toBeUndefined();
    const told = await line.run("propose", { event, issue });
    expect(told).toMatchObject({ next: "none", stage: "queued", ok: true });
    expect(ledgerOf(line.github, issue).map(({ stage, usage }) => [stage, usage])).toEqual([
      ["queued", undefined],
      ["queued", undefined],
    ]);
    expect(stageShown(line.github, issue)).toEqual(["queued"]);
    expect(isWaiting(line, issue)).toBe(true);
    line.pass(25 * HOURS);
    line.nextRun();
    const bell = doorbell(line.github, issue);
    expect(await line.run("route", { event: bell })).toMatchObject({ next: "intake" });
    const order = orderOf(await line.run("open", { event: bell, issue }));
    const proposals = [deliver("intake-normalize", intake(order))];
    const proposed = await line.run("propose", { event: bell, issue, order, proposals });
    expect(proposed).toMatchObject({ stage: "proposed", ok: true });
    expect(isWaiting(line, issue)).toBe(false);
  });

  test("what was read is told, whatever the day has cost meanwhile", async () => {
    const line = lineWith("usdPerIssue: 5, usdPerDay: 50");
    const issue = submit(line);
    line.nextRun();
    const event = labeled(line.github, issue);
    const order = orderOf(await line.run("open", { event, issue }));
    line.github.setConfig(`${CONFIG}limits: { usdPerDay: 0.01 }\n`);
    const proposals = [deliver("intake-normalize", intake(order))];
    const told = await line.run("propose", { event, issue, order, proposals });
    expect(told).toMatchObject({ stage: "proposed", refusals: [] });
  });

  test("the factory's own ring reads nothing that no person has submitted", async () => {
    const line = newLine();
    const issue = line.github.addIssue({
      author: "rea",
      title: "greeting",
      body: "should say the name",
      labels: ["factory:queued"],
    });
    line.nextRun();
    const open = await line.run("open", { event: doorbell(line.github, issue), issue });
    expect(open.refusals.map(({ code }) => code)).toEqual(["actor-not-permitted"]);
  });

  test("nobody starts where a ledger of the day cannot be trusted", async () => {
    const line = newLine();
    const first = await toBuilding(line);
    const issue = await toProposed(line);
    const forged = line.github.comments(first.issue).find(({ body }) => body.includes("· ledger"));
    line.github.editComment(forged?.id ?? 0, `${forged?.body}`.replace(/"run":\d+/, '"run":7'));
    const result = await start(line, issue);
    // It could not be counted: the run is red, and the issue waits.
    expect(result).toMatchObject({ next: "none", stage: "ready", ok: false });
    expect(result.refusals).toMatchObject([
      { code: "state-unknown", subject: "what is under way and what the day has cost" },
    ]);
    expect(isWaiting(line, issue)).toBe(true);
  });

  test("a stop ends the waiting", async () => {
    const line = lineWith("wip: 1");
    await toBuilding(line);
    const issue = await toProposed(line);
    await start(line, issue);
    line.nextRun();
    const event = commented(line.github, { issue, by: "ada", body: "/factory stop" });
    expect(await line.run("route", { event })).toMatchObject({ stage: "needs-human" });
    expect(isWaiting(line, issue)).toBe(false);
  });
});
