import { describe, expect, test } from "vitest";
import type { EffectOf } from "../../../../src/domain/github/effect.ts";
import { fakeId } from "../../../fakes/github.ts";
import {
  CONFIG,
  closed,
  commented,
  deliveries,
  doorbell,
  green,
  ledgerOf,
  lineOrderOf,
  newLine,
  type TestLine,
  toBuilding,
} from "../../line.ts";

const PERSON_MERGES = CONFIG.replace("scoped-autonomy", "open-pr");

/** An issue whose pull request 2 waits for a person. */
async function gating(line: TestLine): Promise<number> {
  const building = await toBuilding(line);
  const proposals = deliveries(green(line.github, building.order));
  const settled = await line.run("settle", { ...building, proposals });
  expect(settled).toMatchObject({ stage: "gating" });
  line.nextRun();
  return building.issue;
}

async function rework(line: TestLine, issue: number) {
  const body = "/factory rework: say goodbye, too";
  const event = commented(line.github, { issue, by: "ada", body });
  const route = await line.run("route", { event });
  return { event, route };
}

/** The second attempt, claimed beside the open pull request of the first. */
async function second(line: TestLine, issue: number) {
  const { event, route } = await rework(line, issue);
  expect(route).toMatchObject({ next: "line", stage: "ready" });
  const claim = await line.run("claim", { event, issue });
  expect(claim).toMatchObject({ next: "line", attempt: 2 });
  return { event, issue, order: lineOrderOf(claim) };
}

async function settle(line: TestLine, building: Awaited<ReturnType<typeof second>>) {
  const made = green(line.github, building.order);
  return await line.run("settle", { ...building, proposals: deliveries(made) });
}

function effectsOf<Kind extends "publish-commit" | "update-pull-request" | "open-pull-request">(
  line: TestLine,
  kind: Kind,
): readonly EffectOf<Kind>[] {
  return line.github.applied.flatMap(({ effect }) =>
    effect.kind === kind ? [effect as EffectOf<Kind>] : [],
  );
}

describe("an issue has one pull request for its whole life", () => {
  test("a rework is a commit on it, and what stands there is written anew", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const first = line.github.pullRequest(2).head;
    const building = await second(line, issue);
    const { order } = building;
    expect(order.continues).toEqual({
      pullRequest: 2,
      branch: first.branch,
      head: first.sha,
      base: order.base,
    });
    expect(line.github.branch(`factory/${issue}-2`)).toBe(order.base);
    expect(await settle(line, building)).toMatchObject({ stage: "gating", ok: true });
    const [, commit] = effectsOf(line, "publish-commit");
    expect(commit).toMatchObject({ branch: first.branch, parents: [first.sha] });
    const head = line.github.pullRequest(2).head.sha;
    expect(head).not.toBe(first.sha);
    expect(line.github.branch(`factory/${issue}-2`)).toBe(order.base);
    expect(effectsOf(line, "open-pull-request")).toHaveLength(1);
    expect(effectsOf(line, "update-pull-request")).toMatchObject([{ pullRequest: 2 }]);
    expect(line.github.checkRuns.at(-1)?.sha).toBe(head);
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({
      kind: "published",
      attempt: 2,
      commit: head,
      pullRequest: 2,
    });
  });

  test("where its run dies behind the commit, the ledger knows of the head, and a retry goes on with it", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const building = await second(line, issue);
    // The commit, its three check runs, and its line of the ledger.
    line.github.dieAfter(5);
    await expect(settle(line, building)).rejects.toThrow("The machine is gone");
    line.github.dieAfter(undefined);
    line.github.endRun(building.order.runId);
    line.nextRun();
    await line.run("route", { event: doorbell(line.github, issue) });
    const retry = commented(line.github, { issue, by: "ada", body: "/factory retry" });
    expect(await line.run("route", { event: retry })).toMatchObject({ next: "line" });
    const claim = await line.run("claim", { event: retry, issue });
    expect(lineOrderOf(claim).continues?.head).toBe(line.github.pullRequest(2).head.sha);
  });

  test.each([1, 2, 3, 4, 5, 6])(
    "where its run dies behind %i effects, the ledger knows of no head without its check runs",
    async (effects) => {
      const line = newLine({ config: PERSON_MERGES });
      const issue = await gating(line);
      const building = await second(line, issue);
      line.github.dieAfter(effects);
      await expect(settle(line, building)).rejects.toThrow("The machine is gone");
      line.github.dieAfter(undefined);
      const { sha } = line.github.pullRequest(2).head;
      const shown = line.github.checkRuns.filter((run) => run.sha === sha).map(({ name }) => name);
      const isKnown = ledgerOf(line.github, issue).some(
        ({ event }) => event.kind === "published" && event.commit === sha,
      );
      expect(isKnown).toBe(effects >= 5);
      expect(shown).toEqual(["factory/gate", "factory/lint", "factory/test"].slice(0, effects - 1));
    },
  );

  test("on a base that moved, that base is a parent, and a merge makes the verified tree", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const first = line.github.pullRequest(2).head.sha;
    const base = line.github.moveHead();
    const building = await second(line, issue);
    expect(await settle(line, building)).toMatchObject({ stage: "gating" });
    expect(effectsOf(line, "publish-commit").at(-1)?.parents).toEqual([first, base]);
    line.nextRun();
    const third = await rework(line, issue);
    const claim = await line.run("claim", { event: third.event, issue });
    const { continues } = lineOrderOf(claim);
    expect(continues).toMatchObject({ base, head: line.github.pullRequest(2).head.sha });
  });

  test("a run that lost its answer after the commit finds it again, and writes it down once", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const building = await second(line, issue);
    line.github.refuseNext("update-pull-request", { cause: "no-answer", reason: "lost" });
    const stopped = await settle(line, building);
    expect(stopped).toMatchObject({ stage: "needs-human" });
    const head = line.github.pullRequest(2).head.sha;
    const entries = ledgerOf(line.github, issue).map(({ event }) => event);
    expect(entries.at(-2)).toMatchObject({ kind: "published", attempt: 2, commit: head });
    line.nextRun();
    const { event } = await rework(line, issue);
    const claim = await line.run("claim", { event, issue });
    expect(lineOrderOf(claim)).toMatchObject({ attempt: 3, continues: { head } });
  });

  test("where the factory may merge, it merges the new head", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.setConfig(CONFIG);
    const building = await second(line, issue);
    expect(await settle(line, building)).toMatchObject({ stage: "smoking", next: "release" });
    expect(line.github.pullRequest(2)).toMatchObject({ merged: true });
  });
});

describe("people come first", () => {
  test("a commit of theirs on its branch is never built over", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const own = line.github.pullRequest(2).head.sha;
    line.github.moveBranch(`factory/${issue}-1`);
    const { route } = await rework(line, issue);
    expect(route).toMatchObject({ stage: "gating", next: "none" });
    const pushed = line.github.pullRequest(2).head.sha;
    expect(route.refusals).toMatchObject([
      { code: "pull-request-taken", found: expect.stringContaining(pushed), accepted: own },
    ]);
  });

  test("one is said once, by whoever looks, and the issue waits for a person", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.moveBranch(`factory/${issue}-1`);
    const event = doorbell(line.github, issue);
    const route = await line.run("route", { event });
    expect(route).toMatchObject({ stage: "needs-human", next: "none" });
    expect(route.refusals).toMatchObject([{ code: "pull-request-taken", hint: "take-it-back" }]);
    const said = line.github.comments(issue).length;
    line.nextRun();
    expect(await line.run("route", { event })).toMatchObject({ effects: [] });
    expect(line.github.comments(issue)).toHaveLength(said);
  });

  test.each(["gating", "needs-human"])(
    "a resume at %s gives it back: the next commit is on top of theirs",
    async (stage) => {
      const line = newLine({ config: PERSON_MERGES });
      const issue = await gating(line);
      line.github.moveBranch(`factory/${issue}-1`);
      const theirs = line.github.pullRequest(2).head.sha;
      if (stage === "needs-human") await line.run("route", { event: doorbell(line.github, issue) });
      line.nextRun();
      const retry = commented(line.github, { issue, by: "ada", body: "/factory retry" });
      expect((await line.run("route", { event: retry })).next).toBe("none");
      const event = commented(line.github, { issue, by: "ada", body: "/factory resume" });
      expect(await line.run("route", { event })).toMatchObject({ stage: "ready", next: "line" });
      const claim = await line.run("claim", { event, issue });
      const order = lineOrderOf(claim);
      expect(order.continues).toEqual({
        pullRequest: 2,
        branch: `factory/${issue}-1`,
        head: theirs,
      });
      expect(await settle(line, { event, issue, order })).toMatchObject({ stage: "gating" });
      expect(effectsOf(line, "publish-commit").at(-1)?.parents).toEqual([theirs, order.base]);
    },
  );

  test("what they push after they gave it back is theirs again", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.moveBranch(`factory/${issue}-1`);
    const event = commented(line.github, { issue, by: "ada", body: "/factory resume" });
    await line.run("route", { event });
    line.github.moveBranch(`factory/${issue}-1`);
    const claim = await line.run("claim", { event, issue });
    expect(claim).toMatchObject({ next: "none" });
    expect(claim.refusals).toMatchObject([{ code: "pull-request-taken" }]);
  });

  test("one that comes while the attempt is built stops it, and nothing is moved", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const building = await second(line, await gating(line));
    line.github.moveBranch(`factory/${building.issue}-1`);
    const pushed = line.github.pullRequest(2).head.sha;
    const result = await settle(line, building);
    expect(result).toMatchObject({ stage: "needs-human" });
    expect(result.refusals).toMatchObject([{ code: "claim-lost" }]);
    expect(line.github.pullRequest(2).head.sha).toBe(pushed);
  });

  test("one that they close while the attempt is built gets nothing more", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const building = await second(line, await gating(line));
    line.github.changePullRequest(2, { state: "closed" });
    const result = await settle(line, building);
    expect(result.refusals).toMatchObject([{ code: "claim-lost", subject: "pull request 2" }]);
    expect(effectsOf(line, "publish-commit")).toHaveLength(1);
  });

  test.each(["before the attempt is claimed", "while the attempt is built"])(
    "a merge of theirs %s is the end of it: it is smoked, and nothing more is built",
    async (when) => {
      const line = newLine({ config: PERSON_MERGES });
      const issue = await gating(line);
      if (when === "before the attempt is claimed") {
        await rework(line, issue);
        line.github.mergeByPerson(2, "ada");
        const route = await line.run("route", { event: closed(line.github, 2) });
        expect(route).toMatchObject({ stage: "smoking", next: "release" });
        return;
      }
      const building = await second(line, issue);
      line.github.mergeByPerson(2, "ada");
      const heard = await line.run("route", { event: closed(line.github, 2) });
      expect(heard).toMatchObject({ stage: "building", next: "none", effects: [] });
      const result = await settle(line, building);
      expect(result).toMatchObject({ stage: "smoking", next: "release" });
      const [said, merged] = ledgerOf(line.github, issue).slice(-2);
      expect(said?.event).toMatchObject({ kind: "refused", refusal: { code: "claim-lost" } });
      expect(said?.usage?.usd).toBeGreaterThan(0);
      expect(merged?.event).toMatchObject({ kind: "merged", by: "person", pullRequest: 2 });
      expect(effectsOf(line, "publish-commit")).toHaveLength(1);
    },
  );

  test("a merge whose word was lost is found by whoever rings for the attempt that waits", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    await rework(line, issue);
    line.github.mergeByPerson(2, "ada");
    const route = await line.run("route", { event: doorbell(line.github, issue) });
    expect(route).toMatchObject({ stage: "smoking", next: "release" });
  });

  test("a pull request of that branch which the ledger does not know is nobody's to go on with", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.changePullRequest(2, { state: "closed" });
    line.github.addBranch(`factory/${issue}-1`, fakeId("another"));
    line.github.addPullRequest(`factory/${issue}-1`);
    const { route } = await rework(line, issue);
    expect(route.refusals).toMatchObject([{ code: "pull-request-open" }]);
  });
});
