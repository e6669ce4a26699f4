import { describe, expect, test } from "vitest";
import {
  CONFIG,
  commented,
  deliveries,
  green,
  kindsOf,
  newLine,
  stageShown,
  type TestLine,
  toBuilding,
  toProposed,
} from "../../line.ts";

function say(line: TestLine, said: { issue: number; by: string; body: string }) {
  line.nextRun();
  const event = commented(line.github, said);
  return { event, done: line.run("route", { event }) };
}

function last({ github }: TestLine, issue: number): string {
  return github.comments(issue).at(-1)?.body ?? "";
}

async function atNeedsHuman(line: TestLine): Promise<number> {
  const building = await toBuilding(line);
  const answers = green(line.github, building.order);
  answers.review.verdict.decision = "escalate";
  await line.run("settle", { ...building, proposals: deliveries(answers) });
  return building.issue;
}

describe("/factory explain", () => {
  test("answers once, from the record: where, who, how and what it cost", async () => {
    const line = newLine();
    const issue = await atNeedsHuman(line);
    const before = kindsOf(line.github, issue);
    const { event, done } = say(line, { issue, by: "wil", body: "/factory explain" });
    expect(await done).toMatchObject({ stage: "needs-human", ok: true, refusals: [] });
    const body = last(line, issue);
    const id = (event.payload as { comment: { id: number } }).comment.id;
    expect(body.split("\n")[0]).toBe(`### Millwright · explained, for comment ${id}`);
    expect(body).toMatch(/^\*\*Where it stands:\*\* `needs-human`\. A person is next\. \(@ada\)$/m);
    expect(body).toMatch(/^- 2026-11-20 \d\d:\d\d UTC · submitted by person `\d+`$/m);
    expect(body).toMatch(
      /^\*\*What it cost:\*\* .* tokens in \d+ model calls?, .* of work, \$0\.\d\d of the \$5\.00 that an issue may cost\.$/m,
    );
    // Nothing moved, and a run that is repeated says nothing again.
    expect(kindsOf(line.github, issue)).toEqual(before);
    const comments = line.github.comments(issue).length;
    expect(await line.run("route", { event })).toMatchObject({ effects: [] });
    expect(line.github.comments(issue)).toHaveLength(comments);
  });

  test("is not told to who may not command", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const { done } = say(line, { issue, by: "rea", body: "/factory explain" });
    expect(await done).toMatchObject({ effects: [] });
  });
});

describe("/factory priority", () => {
  test("leaves one label of priority, the last that was said, and the stage as it was", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const first = say(line, { issue, by: "wil", body: "/factory priority 3" });
    await first.done;
    expect(line.github.issue(issue).labels).toContain("factory:priority-3");
    await say(line, { issue, by: "ada", body: "/factory priority 1" }).done;
    const { labels } = line.github.issue(issue);
    expect(labels.filter((label) => label.includes("priority"))).toEqual(["factory:priority-1"]);
    expect(labels).toContain("factory:proposed");
    // The first run is repeated days later.
    expect(await line.run("route", { event: first.event })).toMatchObject({ effects: [] });
  });

  test.each([
    "/factory priority",
    "/factory priority 0",
    "/factory priority 4",
    "/factory priority high",
  ])("%s is no command, and the list is told", async (body) => {
    const line = newLine();
    const issue = await toProposed(line);
    const result = await say(line, { issue, by: "wil", body }).done;
    expect(result.refusals).toMatchObject([
      { code: "event-not-understood", hint: "list-the-commands" },
    ]);
  });
});

describe("/factory assign-me", () => {
  test("whoever says it is asked from then on, also where the config names others", async () => {
    const line = newLine({ config: `${CONFIG}ask: [team-leads]\n` });
    const issue = await toProposed(line);
    await say(line, { issue, by: "wil", body: "/factory assign-me" }).done;
    expect(last(line, issue)).toContain("@wil is asked about this issue from now on");
    await say(line, { issue, by: "ada", body: "/factory explain" }).done;
    expect(last(line, issue)).toContain("(@wil)");
    await say(line, { issue, by: "ada", body: "/factory assign-me" }).done;
    await say(line, { issue, by: "ada", body: "/factory explain" }).done;
    expect(last(line, issue)).toContain("(@ada)");
  });

  test("a stranger's word, and one that was edited, assign nobody", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    await say(line, { issue, by: "rea", body: "/factory assign-me" }).done;
    const id = line.github.addComment({ issue, author: "wil", body: "hello" });
    line.pass(60);
    line.github.editComment(id, "/factory assign-me");
    await say(line, { issue, by: "ada", body: "/factory explain" }).done;
    expect(last(line, issue)).toContain("(@ada)");
  });
});

test.each(["explain", "priority 1", "assign-me"])(
  "%s puts right what somebody did to the labels meanwhile",
  async (command) => {
    const line = newLine();
    const issue = await atNeedsHuman(line);
    line.github.changeIssue(issue, { labels: ["factory:queued", "factory:needs-human"] });
    const { done } = say(line, { issue, by: "ada", body: `/factory ${command}` });
    expect(await done).toMatchObject({ stage: "needs-human", ok: true });
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
  },
);
