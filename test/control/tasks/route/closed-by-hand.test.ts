import { describe, expect, test } from "vitest";
import {
  closed,
  commented,
  deliveries,
  doorbell,
  green,
  kindsOf,
  newLine,
  schedule,
  stageShown,
  type TestLine,
  toBuilding,
} from "../../line.ts";
import { claimNext, gating, PERSON_MERGES, reviewed, settleGreen } from "../own/gating.ts";

const ring = (line: TestLine, issue: number) =>
  line.run("route", { event: doorbell(line.github, issue) });
const say = (line: TestLine, issue: number, body: string) =>
  line.run("route", { event: commented(line.github, { issue, by: "wil", body }) });

function closePull(line: TestLine): void {
  line.github.changePullRequest(2, { state: "closed" });
}

/** GitHub closes the pull request of a branch that is deleted. */
function deleteBranch(line: TestLine): void {
  line.github.deleteBranch(line.github.pullRequest(2).head.branch);
  closePull(line);
}

describe("a pull request that waits for a person", () => {
  test.each<readonly [string, (line: TestLine) => void, string]>([
    ["is closed without a merge", closePull, "it is closed"],
    ["loses its branch", deleteBranch, "it is closed, and its branch factory/1-1 is gone"],
  ])("%s: nobody waits for it any more, and a person is asked once", async (_, close, found) => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    close(line);
    const result = await ring(line, issue);
    expect(result).toMatchObject({ stage: "needs-human", next: "none", ok: true });
    expect(result.refusals).toMatchObject([
      { code: "pull-request-closed", subject: "pull request 2", found },
    ]);
    expect(stageShown(line.github, issue)).toEqual(["needs-human"]);
    line.nextRun();
    expect(await ring(line, issue)).toMatchObject({ effects: [], refusals: [] });
  });

  test("is closed days later, and no word of it comes: the next heartbeat sees it, and then no more", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.pass(30 * 3_600);
    const beat = async () => {
      line.nextRun();
      const before = line.github.dispatches.length;
      await line.run("heartbeat", { event: schedule });
      return line.github.dispatches.slice(before).map(({ inputs }) => inputs.issue);
    };
    closePull(line);
    expect(await beat()).toEqual([`${issue}`]);
    line.nextRun();
    expect(await ring(line, issue)).toMatchObject({ stage: "needs-human" });
    line.pass(3_600);
    expect(await beat()).toEqual([]);
  });

  test("is found by the word of its closing, too", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    closePull(line);
    const result = await line.run("route", { event: closed(line.github, 2) });
    expect(result).toMatchObject({ issue, stage: "needs-human" });
  });

  test.each([
    ["closed", closePull],
    ["closed with its branch", deleteBranch],
  ])(
    "is %s while the next attempt waits for its turn: no other is built in its place unasked",
    async (_, close) => {
      const line = newLine({ config: PERSON_MERGES });
      const issue = await gating(line);
      const id = line.github.addReview({
        pullRequest: 2,
        by: "wil",
        state: "changes-requested",
        body: "Say hello.",
      });
      const event = reviewed(line, { id, by: "wil", body: "Say hello." });
      expect(await line.run("route", { event })).toMatchObject({ stage: "ready" });
      close(line);
      line.nextRun();
      const claim = () => line.run("claim", { event: doorbell(line.github, issue), issue });
      expect(await claim()).toMatchObject({
        stage: "needs-human",
        refusals: [{ code: "pull-request-closed" }],
      });
      line.nextRun();
      expect(await say(line, issue, "/factory retry")).toMatchObject({ stage: "ready" });
      line.nextRun();
      expect(await claim()).toMatchObject({ next: "line", attempt: 2 });
    },
  );

  test("is nobody's word where it is another one, of a branch that is named like ours", async () => {
    const line = newLine({ config: PERSON_MERGES });
    await gating(line);
    line.github.addBranch("factory/1-9");
    const other = line.github.addPullRequest("factory/1-9");
    line.github.changePullRequest(other, { state: "closed", fork: true });
    const result = await line.run("route", { event: closed(line.github, other) });
    expect(result).toMatchObject({ stage: "gating", effects: [], refusals: [] });
  });

  test("is built anew, in another one, when a person says so; and gone on with where they opened it again", async () => {
    for (const state of ["closed", "open"] as const) {
      const line = newLine({ config: PERSON_MERGES });
      const issue = await gating(line);
      closePull(line);
      await ring(line, issue);
      line.github.changePullRequest(2, { state });
      expect(await say(line, issue, "/factory retry")).toMatchObject({ stage: "ready" });
      line.nextRun();
      const next = await claimNext(line, issue);
      expect(next.order.attempt).toBe(2);
      expect(next.order.continues?.pullRequest).toBe(state === "open" ? 2 : undefined);
      const settled = await settleGreen(line, next);
      expect(settled.stage).toBe("gating");
    }
  });

  test("whose branch GitHub deleted after a merge is found by its number, and recorded", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.mergeByPerson(2, "ada");
    line.github.deleteBranch(line.github.pullRequest(2).head.branch);
    expect(await ring(line, issue)).toMatchObject({ stage: "smoking", refusals: [] });
  });
});

test("a branch that is deleted while it is built takes the claim along: nothing is published, and a person is asked", async () => {
  const line = newLine({ config: PERSON_MERGES });
  const building = await toBuilding(line);
  line.github.deleteBranch(`factory/${building.issue}-1`);
  const proposals = deliveries(green(line.github, building.order));
  const settled = await line.run("settle", { ...building, proposals });
  expect(settled).toMatchObject({
    stage: "needs-human",
    refusals: [{ code: "claim-lost", found: "its branch is gone" }],
  });
  expect(kindsOf(line.github, building.issue)).not.toContain("published");
});

describe("an issue whose pull request waits", () => {
  test("is closed by hand: nothing more is built, its pull request stays; opened again, it goes on at a person's word", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.changeIssue(issue, { state: "closed" });
    const result = await ring(line, issue);
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(result.refusals).toMatchObject([
      { code: "issue-changed", subject: "issue 1", found: "it is closed", hint: "open-or-unlock" },
      { code: "pull-request-open", subject: "pull request 2" },
    ]);
    expect(line.github.pullRequest(2).state).toBe("open");
    line.nextRun();
    expect(await ring(line, issue)).toMatchObject({ effects: [] });
    line.github.changeIssue(issue, { state: "open" });
    expect(await say(line, issue, "/factory retry")).toMatchObject({ stage: "ready" });
    line.nextRun();
    expect((await claimNext(line, issue)).order.continues).toMatchObject({ pullRequest: 2 });
  });

  test("is closed by the merge of its pull request: that is recorded, and nobody is asked", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.mergeByPerson(2, "ada");
    line.github.changeIssue(issue, { state: "closed" });
    expect(await ring(line, issue)).toMatchObject({ stage: "smoking", refusals: [] });
  });
});

describe("an issue that shows a stage of which no ledger tells", () => {
  const shows = (line: TestLine, labels: string[]) =>
    line.github.addIssue({ author: "ada", title: "greeting", body: "", labels });

  test.each([
    ["factory:gating"],
    ["Factory:Gating"],
    ["factory:smoking"],
    ["factory:gating", "bug"],
  ])(
    "as %s loses that label at the first ring, and no heartbeat rings for it any more",
    async (...labels) => {
      const line = newLine({ config: PERSON_MERGES });
      const issue = shows(line, labels);
      line.pass(3 * 3_600);
      await ring(line, issue);
      expect(line.github.issue(issue).labels).toEqual(labels.filter((label) => label === "bug"));
      line.nextRun();
      line.pass(3 * 3_600);
      expect(await line.run("heartbeat", { event: schedule })).toMatchObject({ effects: [] });
    },
  );

  test.each(["factory:proposed", "factory:needs-human", "factory:priority-1"])(
    "keeps what a person may mean by %s",
    async (label) => {
      const line = newLine();
      const issue = shows(line, [label]);
      expect(await ring(line, issue)).toMatchObject({ effects: [] });
    },
  );

  test("asks a person where a branch says that it was claimed: its ledger is gone", async () => {
    const line = newLine();
    const issue = shows(line, ["factory:gating"]);
    line.github.moveBranch(`factory/${issue}-1`);
    expect(await ring(line, issue)).toMatchObject({ stage: "needs-human" });
  });
});
