import { describe, expect, test } from "vitest";
import { doorbell, schedule, type TestLine } from "../../line.ts";
import { mended, settle, unblockOrderOf, withPull, wordsOn, worksOn } from "./unblocking.ts";

const LABEL = "factory:unblock";
const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** A pull request on which somebody put the label some time ago. */
function labelled(by: string | undefined = "wil", seconds = 20 * MINUTE) {
  const { line, pull } = withPull();
  line.github.labelPull(pull, LABEL, by);
  line.pass(seconds);
  return { line, pull };
}

async function beat(line: TestLine) {
  line.nextRun();
  const before = line.github.dispatches.length;
  const result = await line.run("heartbeat", { event: schedule });
  const rung = line.github.dispatches.slice(before).map(({ inputs }) => inputs.issue);
  return { result, rung };
}

async function ring(line: TestLine, pull: number) {
  line.nextRun();
  const event = doorbell(line.github, pull);
  return { event, result: await line.run("route", { event, issue: pull }) };
}

describe("a pull request with the label", () => {
  test("is rung for, mended on a branch of its own, answered, and the label comes off", async () => {
    const { line, pull } = labelled();
    expect((await beat(line)).rung).toEqual([`${pull}`]);
    const { event, result } = await ring(line, pull);
    expect(result).toMatchObject({ next: "unblock", refusals: [], ok: true });
    const order = unblockOrderOf(result);
    expect(order).toMatchObject({
      actor: { login: "wil", permission: "write" },
      unblock: { pullRequest: pull, onto: "suggestion" },
    });
    expect(await worksOn(line, pull)).toMatchObject([expect.stringContaining("has begun")]);
    expect(line.github.labelsOf(pull)).toEqual([LABEL]);
    const end = await settle(line, { event, order, work: mended(line, order) });
    expect(end).toMatchObject({ refusals: [], ok: true });
    expect((await wordsOn(line, pull))[0]).toContain("Mended");
    expect(line.github.labelsOf(pull)).toEqual([]);
    expect((await beat(line)).rung).toEqual([]);
  });

  test("is not rung for while the run that GitHub may have started has not had its time", async () => {
    const { line } = labelled("wil", 5 * MINUTE);
    expect((await beat(line)).rung).toEqual([]);
  });

  test.each([["tri"], ["rea"], [undefined]])("is not rung for at the word of %s", async (by) => {
    const { line, pull } = labelled(by ?? undefined);
    if (by === undefined) line.github.labelPull(pull, LABEL);
    line.pass(HOUR);
    const { result, rung } = await beat(line);
    expect(rung).toEqual([]);
    expect(result).toMatchObject({ ok: true });
    expect(result.refusals.map(({ code }) => code)).toEqual(["actor-not-permitted"]);
    const heard = await ring(line, pull);
    expect(heard.result).toMatchObject({ next: "none", effects: [] });
    expect(line.github.labelsOf(pull)).toEqual([LABEL]);
  });

  test("is no more than three at a beat, and each has its turn", async () => {
    const { line, pull } = labelled();
    const more = Array.from({ length: 4 }, () => line.github.addPullRequest("greet"));
    for (const number of more) line.github.labelPull(number, LABEL, "ada");
    const seen = new Set<string | undefined>();
    for (let hour = 0; hour < 3; hour += 1) {
      line.pass(HOUR);
      const { rung } = await beat(line);
      expect(rung.length).toBeLessThanOrEqual(3);
      for (const one of rung) seen.add(one);
    }
    expect([...seen].toSorted()).toEqual([pull, ...more].map(String).toSorted());
  });

  test("waits while the andon is up", async () => {
    const { line } = labelled();
    line.github.addIssue({ author: "ada", title: "", body: "", labels: ["factory:andon"] });
    expect((await beat(line)).rung).toEqual([]);
  });

  test("of a fork is refused as with the command, once", async () => {
    const { line, pull } = labelled();
    line.github.changePullRequest(pull, { fork: true });
    expect((await beat(line)).rung).toEqual([`${pull}`]);
    const { result } = await ring(line, pull);
    expect(result).toMatchObject({ next: "none" });
    expect((await wordsOn(line, pull))[0]).toContain("lies in a fork");
    expect(line.github.labelsOf(pull)).toEqual([]);
    expect((await beat(line)).rung).toEqual([]);
  });
});

describe("a run that mends a pull request", () => {
  test("is not joined by a second one while it works", async () => {
    const { line, pull } = labelled();
    await ring(line, pull);
    line.pass(HOUR);
    expect((await beat(line)).rung).toEqual([]);
    line.pass(2 * HOUR);
    expect((await beat(line)).rung).toEqual([`${pull}`]);
    expect((await ring(line, pull)).result).toMatchObject({ next: "none", effects: [] });
    expect(await worksOn(line, pull)).toHaveLength(1);
  });

  test("is not joined by a second one where so much is said there that nobody sees it", async () => {
    const { line, pull } = labelled();
    await ring(line, pull);
    line.github.floodPull(pull);
    line.pass(3 * HOUR);
    const { result, rung } = await beat(line);
    expect(rung).toEqual([]);
    expect(result.refusals).toMatchObject([
      { code: "state-unknown", subject: `the label on pull request ${pull}` },
    ]);
    expect((await ring(line, pull)).result).toMatchObject({
      ...{ next: "none", effects: [] },
      refusals: [{ code: "state-unknown" }],
    });
    expect(await worksOn(line, pull)).toHaveLength(1);
  });

  test("is followed by another where it died, as often as an issue is tried", async () => {
    const { line, pull } = labelled();
    for (let died = 0; died < 3; died += 1) {
      const { result } = await ring(line, pull);
      expect(result).toMatchObject({ next: "unblock" });
      line.github.endRun(unblockOrderOf(result).runId);
      line.pass(3 * HOUR);
      expect((await beat(line)).rung).toEqual([`${pull}`]);
    }
    const { result } = await ring(line, pull);
    expect(result).toMatchObject({ next: "none" });
    expect((await wordsOn(line, pull))[0]).toContain(
      "3 runs that mended it ended without an answer",
    );
    expect(line.github.labelsOf(pull)).toEqual([]);
  });

  test("leaves the label behind where it dies before it takes that off: the next ring does", async () => {
    const { line, pull } = labelled();
    const { event, result } = await ring(line, pull);
    const order = unblockOrderOf(result);
    await settle(line, { event, order, work: mended(line, order) });
    line.github.labelPull(pull, LABEL, "wil");
    // As it was put on before the answer.
    const [answer] = line.github.comments(pull).slice(-1);
    line.pass(20 * MINUTE);
    line.github.editComment(answer?.id ?? 0, answer?.body ?? "");
    line.pass(20 * MINUTE);
    expect((await beat(line)).rung).toEqual([`${pull}`]);
    const heard = await ring(line, pull);
    expect(heard.result.effects.map(({ kind }) => kind)).toEqual(["set-labels"]);
    expect(line.github.labelsOf(pull)).toEqual([]);
    expect(await worksOn(line, pull)).toHaveLength(1);
  });
});
