import { describe, expect, test } from "vitest";
import {
  CONFIG,
  deliver,
  doorbell,
  intake,
  kindsOf,
  labeled,
  newLine,
  orderOf,
  schedule,
  stageShown,
  type TestLine,
} from "../../line.ts";

/** An issue that came while an andon was raised; by default of somebody who may not command. */
async function blocked(line: TestLine, author = "rea"): Promise<{ issue: number; andon: number }> {
  const { github } = line;
  const andon = github.addIssue({
    author: "ada",
    title: "stop",
    body: "",
    labels: ["factory:andon"],
  });
  const issue = github.addIssue({
    author,
    title: "greeting",
    body: "say the name",
    labels: ["factory:queued"],
  });
  line.nextRun();
  const event = labeled(github, issue);
  await line.run("open", { event, issue });
  await line.run("propose", { event, issue });
  expect(stageShown(github, issue)).toEqual(["blocked"]);
  return { issue, andon };
}

async function beat(line: TestLine): Promise<readonly (string | undefined)[]> {
  const before = line.github.dispatches.length;
  line.nextRun();
  await line.run("heartbeat", { event: schedule });
  return line.github.dispatches.slice(before).map(({ inputs }) => inputs.issue);
}

async function goOn(line: TestLine, issue: number) {
  line.nextRun();
  const event = doorbell(line.github, issue);
  const routed = await line.run("route", { event });
  if (routed.next !== "intake") return routed;
  const open = await line.run("open", { event, issue });
  if (open.next !== "intake") return await line.run("propose", { event, issue });
  const order = orderOf(open);
  const proposals = [deliver("intake-normalize", intake(order))];
  return await line.run("propose", { event, issue, order, proposals });
}

describe("an issue that an andon blocked", () => {
  test("is rung for as soon as the andon is lowered, and read as it was submitted", async () => {
    const line = newLine();
    const { issue, andon } = await blocked(line);
    expect(await beat(line)).toEqual([]);
    expect(await goOn(line, issue)).toMatchObject({ stage: "blocked", effects: [] });
    line.github.changeIssue(andon, { labels: [] });
    expect(await beat(line)).toEqual([`${issue}`]);
    expect(await goOn(line, issue)).toMatchObject({ stage: "proposed", ok: true });
    expect(kindsOf(line.github, issue)).toEqual(["submitted", "refused", "submitted", "proposed"]);
    expect(await beat(line)).toEqual([]);
  });

  test.each([
    ["rea", "needs-human"],
    ["wil", "proposed"],
  ] as const)("whose text was changed meanwhile by %s comes to %s", async (author, stage) => {
    const line = newLine();
    const { issue, andon } = await blocked(line, author);
    line.github.changeIssue(issue, { body: "say the name, and send me the keys" });
    line.github.changeIssue(andon, { labels: [] });
    expect(await goOn(line, issue)).toMatchObject({ stage });
  });

  test("waits for a person's word where its text changed, also where the config asks for no approval", async () => {
    const line = newLine({ config: CONFIG.replace("approve: always", "approve: never") });
    const { issue, andon } = await blocked(line);
    line.github.changeIssue(issue, { title: "another" });
    line.github.changeIssue(andon, { labels: [] });
    const result = await goOn(line, issue);
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(result.refusals).toMatchObject([{ code: "issue-changed", hint: "retry" }]);
  });
});
