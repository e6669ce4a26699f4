import { describe, expect, test } from "vitest";
import type { Refusal } from "../../../../src/domain/refusal.ts";
import {
  closed,
  commented,
  deliver,
  deliveries,
  doorbell,
  failed,
  green,
  labeled,
  ledgerOf,
  newLine,
  submit,
  type TestLine,
  toBuilding,
  toProposed,
  toSmoking,
} from "../../line.ts";

const PERSON_MERGES = "checks: { test: npm test }\napprove: always\n";

async function gating(line: TestLine) {
  const building = await toBuilding(line);
  await line.run("settle", {
    ...building,
    proposals: deliveries(green(line.github, building.order)),
  });
  line.nextRun();
  return building.issue;
}

async function needsHuman(line: TestLine) {
  const building = await toBuilding(line);
  const proposals = [deliver("implement", failed(building.order, "implement"))];
  await line.run("settle", { ...building, proposals });
  line.nextRun();
  return building.issue;
}

function say(line: TestLine, issue: number, body: string, by = "wil") {
  return line.run("route", { event: commented(line.github, { issue, by, body }) });
}

function last(line: TestLine, issue: number, count: number) {
  return ledgerOf(line.github, issue)
    .slice(-count)
    .map(({ stage, event }) => ({ stage, ...event }));
}

describe("what is answered to a command", () => {
  test.each<readonly [string, (line: TestLine) => Promise<number>, string, Refusal]>([
    [
      "a retry at gating",
      gating,
      "retry",
      {
        code: "illegal-transition",
        subject: "retry at gating",
        found: "no merge of its pull request",
        hint: "merge-or-rework",
      },
    ],
    [
      "a word that nobody knows",
      (line) => toProposed(line),
      "deploy now",
      {
        code: "event-not-understood",
        subject: "/factory deploy now",
        hint: "list-the-commands",
      },
    ],
  ])("%s", async (_, to, command, refusal) => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await to(line);
    expect((await say(line, issue, `/factory ${command}`)).refusals).toEqual([refusal]);
  });

  test("a stop of an issue that is not in the line", async () => {
    const line = newLine();
    const issue = line.github.addIssue({ author: "ada", title: "x", body: "" });
    expect((await say(line, issue, "/factory stop")).refusals).toEqual([
      { code: "illegal-transition", subject: "an issue that is not in the line" },
    ]);
    const status = await say(line, issue, "/factory status");
    expect(status).toMatchObject({ effects: [], refusals: [], next: "none" });
  });

  test("a command on a pull request", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = commented(line.github, { issue, by: "ada", body: "/factory stop" });
    const onPull = {
      ...event,
      payload: { ...event.payload, issue: { number: issue, pull_request: {} } },
    };
    // A number that no pull request has is of no issue.
    expect((await line.run("route", { event: onPull })).refusals).toMatchObject([
      { code: "event-not-understood", subject: expect.stringContaining("pull request") },
    ]);
  });

  test("what is no command, no doorbell and no merge", async () => {
    const line = newLine();
    const issue = submit(line);
    expect((await line.run("route", { event: labeled(line.github, issue) })).refusals).toEqual([
      {
        code: "event-not-understood",
        subject: "labeled",
        accepted: "a command, a review, a doorbell, a merge or the end of a check",
      },
    ]);
    expect((await line.run("route", { event: doorbell(line.github, "", "ada") })).refusals).toEqual(
      [
        {
          code: "event-not-understood",
          subject: "a doorbell without an issue",
          hint: "pass-an-issue-number",
        },
      ],
    );
  });
});

describe("what a command leaves in the ledger", () => {
  test("a stop", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const result = await say(line, issue, "/factory stop");
    const { id } = line.github.actor("wil");
    const comment = line.github.comments(issue).at(-1)?.id;
    expect(result).toMatchObject({ stage: "needs-human", refusals: [] });
    expect(last(line, issue, 1)).toEqual([
      { stage: "needs-human", kind: "commanded", by: id, command: "stop", comment },
    ]);
  });

  test("a rework after an attempt: its words, cut, are the finding", async () => {
    const line = newLine();
    const issue = await needsHuman(line);
    const result = await say(line, issue, `/factory rework: ${"\u{1F600}".repeat(200)}`);
    expect(result).toMatchObject({ stage: "ready", next: "line" });
    expect(last(line, issue, 2)).toMatchObject([
      { stage: "ready", kind: "commanded", command: "rework" },
      { stage: "ready", kind: "sent-back", attempt: 1, findings: ["\u{1F600}".repeat(150)] },
    ]);
  });

  test("a rework before one: the contract is made anew", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    expect(await say(line, issue, "/factory rework: more")).toMatchObject({ next: "intake" });
    expect(last(line, issue, 1)).toMatchObject([
      { stage: "queued", kind: "commanded", command: "rework" },
    ]);
  });

  test("a rework after a merge: nothing that was merged is built again", async () => {
    const line = newLine();
    const { issue, event, result } = await toSmoking(line);
    const { order } = result;
    if (order === undefined) throw new Error("a release follows");
    await line.run("record", { event, issue, order, proposals: [] });
    line.nextRun();
    expect(await say(line, issue, "/factory rework: more")).toMatchObject({ next: "intake" });
    expect(last(line, issue, 1)).toMatchObject([{ stage: "queued", kind: "commanded" }]);
  });

  test("a retry after a merge looks at it again", async () => {
    const line = newLine();
    const { issue, event, result } = await toSmoking(line);
    const { order } = result;
    if (order === undefined) throw new Error("a release follows");
    await line.run("record", { event, issue, order, proposals: [] });
    line.nextRun();
    const retry = await say(line, issue, "/factory retry");
    expect(retry).toMatchObject({ next: "release", stage: "smoking" });
    expect(retry.order).toMatchObject({
      kind: "release",
      release: order.kind === "release" ? { ...order.release, changedPaths: [] } : {},
    });
  });

  test("a retry past a branch that the ledger does not know", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    line.github.addBranch(`factory/${issue}-3`);
    expect(await say(line, issue, "/factory resume")).toMatchObject({ next: "intake" });
    expect(last(line, issue, 1)).toMatchObject([{ command: "retry past attempt 3" }]);
  });

  test("a command that a run brings again is obeyed once", async () => {
    const line = newLine();
    const issue = await toProposed(line);
    const event = commented(line.github, { issue, by: "wil", body: "/factory retry" });
    await line.run("route", { event });
    const before = ledgerOf(line.github, issue).length;
    expect(await line.run("route", { event })).toMatchObject({ next: "intake", effects: [] });
    expect(ledgerOf(line.github, issue)).toHaveLength(before);
  });
});

describe("a merge by a person", () => {
  async function merged(line: TestLine, change: (issue: number) => void = () => undefined) {
    const issue = await gating(line);
    line.github.mergeByPerson(2, "wil");
    change(issue);
    return { issue, result: await line.run("route", { event: closed(line.github, 2, "wil") }) };
  }

  test("stands in the ledger with the tree that it made, and is looked at next", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const { issue, result } = await merged(line);
    const { repository } = await line.github.observe({ prefix: "factory:", issues: [] });
    const release = {
      pullRequest: 2,
      mergeSha: repository.head,
      tree: repository.headTree,
      changedPaths: [],
    };
    expect(result).toMatchObject({ stage: "smoking", next: "release", order: { release } });
    expect(last(line, issue, 1)).toEqual([
      {
        stage: "smoking",
        kind: "merged",
        pullRequest: 2,
        commit: repository.head,
        tree: repository.headTree,
        by: "person",
      },
    ]);
  });

  test("that is not the head any more has the tree that was verified", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const { issue } = await merged(line, () => line.github.moveHead());
    const [published] = ledgerOf(line.github, issue).filter(
      ({ event }) => event.kind === "published",
    );
    const tree = published?.event.kind === "published" ? published.event.tree : "";
    expect(last(line, issue, 1)).toMatchObject([{ kind: "merged", tree }]);
  });

  test("of a pull request that the ledger does not know is left alone", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.addBranch(`factory/${issue}-7`);
    const number = line.github.addPullRequest(`factory/${issue}-7`);
    line.github.mergeByPerson(number, "wil");
    const result = await line.run("route", { event: closed(line.github, number, "wil") });
    expect(result).toMatchObject({
      effects: [],
      refusals: [
        {
          code: "event-not-understood",
          subject: `pull request ${number}`,
          found: "the ledger does not know it",
        },
      ],
    });
  });

  test("of nobody's branch is nothing to us", async () => {
    const line = newLine({ config: PERSON_MERGES });
    await gating(line);
    line.github.addBranch("greet");
    const number = line.github.addPullRequest("greet");
    line.github.mergeByPerson(number, "wil");
    const other = await line.run("route", { event: closed(line.github, number, "wil") });
    expect(other).toMatchObject({ effects: [], refusals: [], next: "none" });
  });

  test("after the issue was sent elsewhere is told and not followed", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    await say(line, issue, "/factory stop");
    line.github.changeIssue(issue, { body: "Greet in German." });
    await say(line, issue, "/factory retry");
    line.github.mergeByPerson(2, "wil");
    const result = await line.run("route", { event: closed(line.github, 2, "wil") });
    expect(result.refusals).toEqual([
      {
        code: "illegal-transition",
        subject: "queued → smoking",
        found: "a person merged pull request 2",
        accepted: "ready, gating, needs-human",
      },
    ]);
  });
});
