import { describe, expect, test } from "vitest";
import {
  deliver,
  doorbell,
  intake,
  labeled,
  ledgerOf,
  newLine,
  orderOf,
  stageShown,
  submit,
  type TestLine,
} from "../../line.ts";

/** The run of the label died before it read anything; the heartbeat rings, and the run of the ring reads the issue. */
async function rung(line: TestLine, issue: number) {
  line.nextRun();
  const event = doorbell(line.github, issue);
  const routed = await line.run("route", { event });
  expect(routed.next).toBe("intake");
  const opened = await line.run("open", { event, issue });
  const made = opened.order;
  const proposals =
    made === undefined ? [] : [deliver("intake-normalize", intake(orderOf(opened)))];
  const proposed = await line.run("propose", {
    event,
    issue,
    ...(made === undefined ? {} : { order: made, proposals }),
  });
  return { opened, proposed };
}

describe("an issue whose label nobody answered", () => {
  test("is read for whoever put it on, by GitHub's own event of it", async () => {
    const line = newLine();
    const issue = submit(line);
    line.github.labelledBy(issue, "wil");
    const { opened, proposed } = await rung(line, issue);
    expect(opened.order?.actor).toMatchObject({ login: "wil", permission: "write" });
    expect(proposed.stage).toBe("proposed");
    const [submitted] = ledgerOf(line.github, issue);
    expect(submitted?.event).toMatchObject({
      kind: "submitted",
      by: line.github.actor("wil").id,
    });
  });

  test.each(["tri", "rea", "helper[bot]"])("is not read for %s, who may not submit", async (by) => {
    const line = newLine();
    const issue = submit(line);
    line.github.labelledBy(issue, by);
    const { opened, proposed } = await rung(line, issue);
    expect(opened.order).toBeUndefined();
    expect(proposed.refusals).toMatchObject([{ code: "actor-not-permitted", subject: by }]);
    expect(proposed.effects).toEqual([]);
  });

  test("by an author without write is read on a person's word alone: the text may be another one by now", async () => {
    const line = newLine();
    const { github } = line;
    const issue = github.addIssue({
      author: "rea",
      title: "greeting",
      body: "say the name",
      labels: ["factory:queued"],
    });
    github.labelledBy(issue, "wil");
    const { opened, proposed } = await rung(line, issue);
    expect(opened.order).toBeUndefined();
    expect(proposed.refusals).toMatchObject([{ code: "issue-changed", hint: "retry" }]);
    expect(stageShown(github, issue)).toEqual(["needs-human"]);
  });

  test("asks nobody of GitHub where the event itself says who it was, nor once a ledger stands", async () => {
    const line = newLine();
    const issue = submit(line);
    const event = labeled(line.github, issue);
    line.nextRun();
    const order = orderOf(await line.run("open", { event, issue }));
    const proposals = [deliver("intake-normalize", intake(order))];
    await line.run("propose", { event, issue, order, proposals });
    line.nextRun();
    await line.run("route", { event: doorbell(line.github, issue) });
    expect(line.github.scopes.filter(({ submitted }) => submitted !== undefined)).toEqual([]);
  });
});
