import { describe, expect, test } from "vitest";
import type { TaskInput } from "../../line.ts";
import {
  CONFIG,
  commented,
  deliveries,
  doorbell,
  green,
  kindsOf,
  ledgerOf,
  lineOrderOf,
  newLine,
  stageShown,
  type TestLine,
  toBuilding,
} from "../../line.ts";

type Building = Awaited<ReturnType<typeof toBuilding>>;

function redProposals(line: TestLine, building: Building) {
  const proposals = green(line.github, building.order);
  proposals.review.verdict.decision = "rework";
  return deliveries(proposals);
}

/** Of a change that can be made anew by what it says of itself. */
function namedProposals(line: TestLine, building: Building) {
  const made = green(line.github, building.order);
  const namings = [{ criterion: "AC1", tests: ["greets by name"], symbols: [], checks: [] }];
  return deliveries({ ...made, implement: { ...made.implement, namings } });
}

/** A reviewer sends the attempt back, in a run that has jobs for so many more. */
function sendBack(line: TestLine, building: Building, rounds: Partial<TaskInput>) {
  return line.run("settle", {
    ...building,
    ...rounds,
    proposals: redProposals(line, building),
  });
}

/** What the next round of the run does first: its event is the one that the run began with. */
function claimAgain(line: TestLine, { issue, event }: Building, round = 2) {
  return line.run("claim", { event, issue, round });
}

describe("an attempt that is sent back in a run with a round left", () => {
  test("goes on in that round: nobody is rung for, and what began the run is not obeyed again", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    const settled = await sendBack(line, building, { round: 1, roundsLeft: 2 });
    expect(settled).toMatchObject({ next: "line", stage: "ready", ok: true });
    expect(settled.effects.map(({ kind }) => kind)).toEqual(["write-comment", "set-labels"]);
    expect(stageShown(line.github, building.issue)).toEqual(["ready"]);
    const claim = await claimAgain(line, building);
    expect(claim).toMatchObject({ next: "line", attempt: 2, refusals: [] });
    expect(lineOrderOf(claim).prior).toEqual([
      { attempt: 1, outcome: "sent back", findings: [expect.stringContaining("review-rework")] },
    ]);
    expect(line.github.dispatches).toEqual([]);
    expect(kindsOf(line.github, building.issue).filter((kind) => kind === "approved")).toHaveLength(
      1,
    );
    const proposals = deliveries(green(line.github, lineOrderOf(claim)));
    const order = lineOrderOf(claim);
    const last = { ...building, order, round: 2, roundsLeft: 1, proposals };
    expect(await line.run("settle", last)).toMatchObject({ next: "release", attempt: 2 });
  });

  test.each([
    { round: 3, roundsLeft: 0 },
    // Whoever calls the line by itself has said nothing of rounds.
    {},
  ])("rings where none is left: %o", async (rounds) => {
    const line = newLine();
    const building = await toBuilding(line);
    expect(await sendBack(line, building, rounds)).toMatchObject({ next: "none", stage: "ready" });
    expect(line.github.dispatches).toHaveLength(1);
  });

  test("the same change is made anew there, when the base moved before the factory could merge", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.moveHead();
    const proposals = namedProposals(line, building);
    const input = { ...building, proposals, round: 1, roundsLeft: 2 };
    expect(await line.run("settle", input)).toMatchObject({ next: "line", stage: "ready" });
    expect(line.github.dispatches).toEqual([]);
    expect(ledgerOf(line.github, building.issue).at(-1)?.event.kind).toBe("base-moved");
  });

  test("nothing follows what GitHub refused to write", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.refuseNext("set-labels", { status: 403, reason: "not accessible" });
    const settled = await sendBack(line, building, { round: 1, roundsLeft: 2 });
    expect(settled).toMatchObject({ next: "none", ok: false });
    expect(line.github.dispatches).toEqual([]);
  });

  test("a person is asked when no attempts are left, whatever rounds are", async () => {
    const line = newLine({ config: `${CONFIG}limits: { attempts: 1 }\n` });
    const building = await toBuilding(line);
    const settled = await sendBack(line, building, { round: 1, roundsLeft: 2 });
    expect(settled).toMatchObject({ next: "none", stage: "needs-human" });
  });
});

describe("what comes between two rounds is seen by the second", () => {
  const MEANWHILE: readonly (readonly [
    string,
    (line: TestLine, issue: number) => Promise<unknown>,
  ])[] = [
    [
      "a person's stop",
      async (line, issue) => {
        line.nextRun();
        const event = commented(line.github, { issue, by: "wil", body: "/factory stop" });
        return await line.run("route", { event });
      },
    ],
    [
      "an andon",
      async (line) =>
        line.github.addIssue({ author: "ada", title: "", body: "", labels: ["factory:andon"] }),
    ],
    [
      "the issue closed",
      async (line, issue) => line.github.changeIssue(issue, { state: "closed" }),
    ],
    [
      "the budget of the issue",
      async (line) => line.github.setConfig(`${CONFIG}limits: { usdPerIssue: 0.25 }\n`),
    ],
    [
      "the budget of the day",
      async (line) => line.github.setConfig(`${CONFIG}limits: { usdPerDay: 0.25 }\n`),
    ],
    [
      "a newer run that has claimed",
      async (line, issue) => {
        line.nextRun();
        return await line.run("claim", { event: doorbell(line.github, issue), issue });
      },
    ],
  ];

  test.each(MEANWHILE)("%s", async (_what, happens) => {
    const line = newLine();
    const building = await toBuilding(line);
    const run = line.nextRun() - 1;
    line.backTo(run);
    await sendBack(line, building, { round: 1, roundsLeft: 2 });
    await happens(line, building.issue);
    line.backTo(run);
    const before = ledgerOf(line.github, building.issue).filter(
      ({ event }) => event.kind === "claimed",
    );
    const claim = await claimAgain(line, building);
    expect(claim.next).toBe("none");
    expect(claim.effects.map(({ kind }) => kind)).not.toContain("claim-branch");
    const after = ledgerOf(line.github, building.issue);
    expect(after.filter(({ event }) => event.kind === "claimed")).toEqual(before);
  });

  const PULL = 2;
  const BRANCH = "factory/1-1";
  /** What a person does with the pull request that the round before has opened, and where the issue stands after the next. */
  const DONE: readonly (readonly [string, string, (line: TestLine) => void])[] = [
    ["merged", "ready", (line) => line.github.mergeByPerson(PULL, "ada")],
    [
      "merged, and its branch deleted",
      "ready",
      (line) => {
        line.github.mergeByPerson(PULL, "ada");
        line.github.deleteBranch(BRANCH);
      },
    ],
    ["closed", "needs-human", (line) => line.github.changePullRequest(PULL, { state: "closed" })],
    ["pushed to", "needs-human", (line) => void line.github.moveBranch(BRANCH)],
  ];

  test.each(DONE)("a pull request that was %s", async (what, stage, happens) => {
    const line = newLine();
    const building = await toBuilding(line);
    line.github.moveHead();
    const proposals = namedProposals(line, building);
    await line.run("settle", { ...building, round: 1, roundsLeft: 2, proposals });
    happens(line);
    const claim = await claimAgain(line, building);
    expect(claim).toMatchObject({ next: "none", stage, refusals: [{}] });
    expect(line.github.branch("factory/1-2")).toBeUndefined();
    // Whoever rings records what was merged; of the rest a person was told.
    line.nextRun();
    const rung = await line.run("route", { event: doorbell(line.github, building.issue) });
    const isMerged = what.startsWith("merged");
    expect(rung).toMatchObject(
      isMerged ? { next: "release", stage: "smoking" } : { next: "none", stage },
    );
  });

  test("a run that dies between them leaves the issue to whoever rings for it", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    await sendBack(line, building, { round: 1, roundsLeft: 2 });
    line.nextRun();
    const event = doorbell(line.github, building.issue);
    expect(await line.run("route", { event })).toMatchObject({ next: "line", effects: [] });
    const claim = await line.run("claim", { event, issue: building.issue });
    expect(claim).toMatchObject({ next: "line", attempt: 2 });
  });
});

describe("what a run was begun with is answered in its first round", () => {
  test.each(["/factory approve", "/factory verify", "/factory approve-lockfile sha256:0"])(
    "%s",
    async (body) => {
      const line = newLine();
      const building = await toBuilding(line);
      await sendBack(line, building, { round: 1, roundsLeft: 2 });
      const event = commented(line.github, { issue: building.issue, by: "wil", body });
      const claim = await line.run("claim", { event, issue: building.issue, round: 2 });
      expect(claim).toMatchObject({ next: "line", attempt: 2 });
      expect(lineOrderOf(claim).examines).toBeUndefined();
      expect(lineOrderOf(claim).approvedDependencies).toEqual([]);
    },
  );

  test("a round that is run again ends no attempt of a later one", async () => {
    const line = newLine();
    const building = await toBuilding(line);
    await sendBack(line, building, { round: 1, roundsLeft: 2 });
    await claimAgain(line, building);
    const again = { round: 1, roundsLeft: 2, runAttempt: 2 };
    const settled = await sendBack(line, building, again);
    expect(settled).toMatchObject({ next: "none", stage: "building" });
    expect(settled.refusals).toMatchObject([{ code: "claim-lost" }]);
    expect(stageShown(line.github, building.issue)).toEqual(["building"]);
  });

  describe.each([1, 0])("a settlement that is run again, with %i rounds left", (roundsLeft) => {
    const next = roundsLeft === 0 ? "none" : "line";
    const first = { round: 1, roundsLeft };
    const again = { ...first, runAttempt: 2 };

    test("goes on with what it has sent back, and says and charges nothing anew", async () => {
      const line = newLine();
      const building = await toBuilding(line);
      await sendBack(line, building, first);
      const before = ledgerOf(line.github, building.issue);
      line.github.changeIssue(building.issue, { labels: ["factory:building"] });
      const settled = await sendBack(line, building, again);
      expect(settled).toMatchObject({ next, stage: "ready", refusals: [], ok: true });
      expect(ledgerOf(line.github, building.issue)).toEqual(before);
      expect(stageShown(line.github, building.issue)).toEqual(["ready"]);
      const claim = await claimAgain(line, building);
      expect(claim).toMatchObject({ next: "line", attempt: 2 });
    });

    test("charges workers that were run again, and goes on by itself no more", async () => {
      const line = newLine();
      const building = await toBuilding(line);
      await sendBack(line, building, first);
      const made = green(line.github, building.order);
      const usage = { ...made.implement.usage, usd: 0.7 };
      const proposals = deliveries({ ...made, implement: { ...made.implement, usage } });
      const settled = await line.run("settle", { ...building, ...again, proposals });
      expect(settled).toMatchObject({ next: "none", refusals: [{ code: "claim-lost" }] });
      const costs = ledgerOf(line.github, building.issue).map(({ usage: of }) => of?.usd);
      expect(costs.at(-1)).toBeCloseTo(0.8);
    });

    test("leaves alone what a person stopped since, and charges it once", async () => {
      const line = newLine();
      const building = await toBuilding(line);
      const run = line.nextRun() - 1;
      line.backTo(run);
      await sendBack(line, building, first);
      line.nextRun();
      const event = commented(line.github, {
        issue: building.issue,
        by: "wil",
        body: "/factory stop",
      });
      await line.run("route", { event });
      line.backTo(run);
      const settled = await sendBack(line, building, again);
      expect(settled).toMatchObject({ next: "none", refusals: [{ code: "stopped-by-person" }] });
      expect(ledgerOf(line.github, building.issue).at(-1)?.usage).toBeUndefined();
    });
  });
});
