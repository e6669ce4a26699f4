import { describe, expect, test } from "vitest";
import {
  CONFIG,
  deliveries,
  doorbell,
  green,
  ledgerOf,
  newLine,
  schedule,
  stageShown,
  type TestLine,
  toBuilding,
} from "../line.ts";

/** The clock of a new line shows 09:00, and its days are twenty hours quiet. */
const QUIET = `${CONFIG}quietHours: { from: "16:00", to: "12:00" }\n`;
const HOURS = 3_600;

async function ended(line: TestLine, decision: "approve" | "escalate"): Promise<number> {
  const building = await toBuilding(line);
  const answers = green(line.github, building.order);
  answers.review.verdict.decision = decision;
  await line.run("settle", { ...building, proposals: deliveries(answers) });
  return building.issue;
}

/** A beat, and every run that it rings for. */
async function beat(line: TestLine): Promise<readonly (string | undefined)[]> {
  const before = line.github.dispatches.length;
  line.nextRun();
  await line.run("heartbeat", { event: schedule });
  const rung = line.github.dispatches.slice(before).map(({ inputs }) => inputs.issue);
  for (const issue of rung) {
    line.nextRun();
    await line.run("route", { event: doorbell(line.github, Number(issue)) });
  }
  return rung;
}

function saidOn({ github }: TestLine, issue: number, what: "is asked" | "is still asked") {
  return github.comments(issue).filter(({ body }) => body.includes(`· a person ${what}, by line`));
}

describe("in quiet hours", () => {
  test("the state goes on, and who is next is called by the first beat after them, once", async () => {
    const line = newLine({ config: QUIET });
    const issue = await ended(line, "escalate");
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    expect(ledgerOf(line.github, issue).at(-1)?.stage).toBe("needs-human");
    await beat(line);
    expect(saidOn(line, issue, "is asked")).toEqual([]);
    line.pass(3 * HOURS + 600);
    expect(await beat(line)).toEqual([`${issue}`]);
    const [asked] = saidOn(line, issue, "is asked");
    expect(asked?.body).toMatch(/^@ada\n\n\*\*Asked:\*\* The reviewer asks for a person/m);
    expect(await beat(line)).toEqual([]);
    line.pass(HOURS);
    expect(await beat(line)).toEqual([]);
    expect(saidOn(line, issue, "is asked")).toHaveLength(1);
  });

  test("a pull request that a person merges is asked for after them, with its link", async () => {
    const line = newLine({ config: QUIET.replace("scoped-autonomy", "open-pr") });
    const issue = await ended(line, "approve");
    expect(stageShown(line.github, issue)).toEqual(["gating"]);
    expect(saidOn(line, issue, "is asked")).toEqual([]);
    line.pass(3 * HOURS + 600);
    await beat(line);
    const [asked] = saidOn(line, issue, "is asked");
    expect(asked?.body).toMatch(
      /^@ada\n\n\*\*A person merges this\.\*\*.+\nRecommended: open \[pull request [0-9]+\]/m,
    );
    line.pass(3 * HOURS);
    await beat(line);
    expect(saidOn(line, issue, "is asked")).toHaveLength(1);
  });

  test("nobody is reminded; the first beat after them does", async () => {
    const line = newLine({ config: QUIET.replace('"16:00"', '"20:00"').replace("12:00", "08:00") });
    line.pass(10 * HOURS);
    const issue = await ended(line, "escalate");
    expect(saidOn(line, issue, "is asked")).toHaveLength(1);
    // A day later, within the hour in which it came to rest, and quiet.
    line.github.setConfig(QUIET.replace('"16:00"', '"18:00"').replace("12:00", "08:00"));
    line.pass(24 * HOURS);
    await beat(line);
    expect(saidOn(line, issue, "is still asked")).toEqual([]);
    line.pass(13 * HOURS + 600);
    expect(await beat(line)).toEqual([`${issue}`]);
    expect(saidOn(line, issue, "is still asked")).toHaveLength(1);
    expect(await beat(line)).toEqual([]);
  });

  test("without them somebody is called at once", async () => {
    const line = newLine({ config: QUIET.replace('"12:00"', '"08:00"') });
    const issue = await ended(line, "escalate");
    expect(saidOn(line, issue, "is asked")).toHaveLength(1);
  });
});
