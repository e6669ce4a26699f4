import { describe, expect, test } from "vitest";
import {
  closed as closedPull,
  commented,
  deliver,
  deliveries,
  doorbell,
  green,
  intake,
  kindsOf,
  labeled,
  newLine,
  orderOf,
  stageShown,
  type TestLine,
  toBuilding,
} from "../../line.ts";
import { claimNext, gating, PERSON_MERGES } from "../own/gating.ts";

const APPROVES_ALL = PERSON_MERGES.replace("approve: always", "approve: never");
const TEXT = { title: "Greet by name", body: "greet('Ada') says hello" };

const ring = (line: TestLine, issue: number) =>
  line.run("route", { event: doorbell(line.github, issue) });
const say = (line: TestLine, issue: number, body: string) =>
  line.run("route", { event: commented(line.github, { issue, by: "wil", body }) });
const mark = (line: TestLine, issue: number, state: "open" | "closed", number = 9) =>
  line.github.changeIssue(issue, {
    state,
    duplicateOf: { number, url: `https://github.com/OWNER/app/issues/${number}` },
  });
const asked = (line: TestLine, issue: number) =>
  line.github.comments(issue).filter(({ body }) => body.includes("a person is asked"));

function submit(line: TestLine, text: { title: string; body: string } = TEXT, author = "ada") {
  line.nextRun();
  return line.github.addIssue({ author, ...text, labels: ["factory:queued"] });
}

/** Reads a submitted issue; undefined where control makes no order for it. */
async function read(line: TestLine, issue: number) {
  const event = labeled(line.github, issue);
  const open = await line.run("open", { event, issue });
  if (open.order === undefined) return await line.run("propose", { event, issue });
  const order = orderOf(open);
  const proposals = [deliver("intake-normalize", intake(order))];
  return await line.run("propose", { event, issue, order, proposals });
}

describe("an issue that a person marked as a duplicate", () => {
  test.each(["open", "closed"] as const)(
    "%s: work on it stops where its pull request waits, and its answer links the other one",
    async (state) => {
      const line = newLine({ config: PERSON_MERGES });
      const issue = await gating(line);
      mark(line, issue, state);
      const result = await ring(line, issue);
      const how = state === "closed" ? "closed" : "marked";
      expect(result).toMatchObject({ stage: "needs-human", next: "none" });
      expect(result.refusals[0]).toMatchObject({
        code: "issue-duplicate",
        found: `it is ${how} as a duplicate of issue 9`,
      });
      const question = asked(line, issue).at(-1);
      expect(question?.body).toContain("@ada");
      expect(question?.body).toContain("[issue 9](https://github.com/OWNER/app/issues/9)");
    },
  );

  test("while it is built: nothing of the attempt is published", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const building = await toBuilding(line);
    mark(line, building.issue, "closed");
    const proposals = deliveries(green(line.github, building.order));
    const settled = await line.run("settle", { ...building, proposals });
    expect(settled).toMatchObject({
      stage: "needs-human",
      refusals: [{ code: "issue-duplicate" }],
    });
    expect(kindsOf(line.github, building.issue)).not.toContain("published");
  });

  test("before it is read: it is not read", async () => {
    const line = newLine();
    const issue = submit(line);
    mark(line, issue, "open");
    expect(await read(line, issue)).toMatchObject({
      stage: "needs-human",
      refusals: [{ code: "issue-duplicate" }],
    });
  });

  test("goes on where a person who was told of it says so; one that is closed does not", async () => {
    for (const state of ["open", "closed"] as const) {
      const line = newLine({ config: PERSON_MERGES });
      const issue = await gating(line);
      mark(line, issue, state);
      await ring(line, issue);
      expect(await say(line, issue, "/factory retry")).toMatchObject({ stage: "ready" });
      line.nextRun();
      if (state === "open") {
        expect((await claimNext(line, issue)).order.continues).toMatchObject({ pullRequest: 2 });
      } else {
        const event = doorbell(line.github, issue);
        expect(await line.run("claim", { event, issue })).toMatchObject({ stage: "needs-human" });
      }
    }
  });

  test("whose pull request was merged all the same is recorded", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    mark(line, issue, "closed");
    line.github.mergeByPerson(2, "ada");
    expect(await line.run("route", { event: closedPull(line.github, 2) })).toMatchObject({
      stage: "smoking",
      refusals: [],
    });
  });

  test("of an issue elsewhere names its address, and links nothing", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const url = "https://github.com/OTHER/app/issues/9";
    line.github.changeIssue(issue, { duplicateOf: { url } });
    const { refusals } = await ring(line, issue);
    expect(refusals[0]).toMatchObject({ found: `it is marked as a duplicate of ${url}` });
    expect(refusals[0]?.hint).toBeUndefined();
  });
});

describe("two issues with one text", () => {
  test("the later is linked to the earlier, and waits for a person's word before anything is read", async () => {
    const line = newLine({ config: APPROVES_ALL });
    const first = submit(line);
    expect(await read(line, first)).toMatchObject({ stage: "ready" });
    const second = submit(line, TEXT, "wil");
    const result = await read(line, second);
    expect(result).toMatchObject({ stage: "needs-human", next: "none" });
    expect(result.refusals).toMatchObject([
      {
        code: "issue-duplicate",
        subject: `issue ${second}`,
        found: `issue ${first} has the same text, and is in the line`,
        hint: { code: "go-on-with-the-other", issue: first },
      },
    ]);
    expect(stageShown(line.github, second)).toEqual(["needs-human"]);
    expect(asked(line, second)[0]?.body).toContain(`[issue ${first}](https://`);
    expect(await say(line, second, "/factory retry")).toMatchObject({
      stage: "queued",
      next: "intake",
    });
  });

  test("the earlier one is built, whichever is asked first", async () => {
    const line = newLine({ config: APPROVES_ALL });
    const [first, second] = [submit(line), submit(line)];
    // Both were read before either had a ledger: the claim is what sees both.
    for (const issue of [second, first])
      expect(await read(line, issue)).toMatchObject({ ok: true });
    line.nextRun();
    const event = doorbell(line.github, second);
    expect(await line.run("claim", { event, issue: second })).toMatchObject({
      stage: "needs-human",
      refusals: [{ code: "issue-duplicate" }],
    });
    line.nextRun();
    expect((await claimNext(line, first)).order.attempt).toBe(1);
  });

  test.each([
    ["another title", { ...TEXT, title: "Greet by first name" }],
    ["another body", { ...TEXT, body: `${TEXT.body}!` }],
  ])("%s is another issue, however alike", async (_, text) => {
    const line = newLine({ config: APPROVES_ALL });
    await read(line, submit(line));
    expect(await read(line, submit(line, text))).toMatchObject({ stage: "ready" });
  });

  test("one that is done, stopped or closed is no twin: it came back, and is asked for anew", async () => {
    const line = newLine({ config: APPROVES_ALL });
    const first = submit(line);
    await read(line, first);
    line.nextRun();
    await say(line, first, "/factory stop");
    expect(await read(line, submit(line))).toMatchObject({ stage: "ready" });
  });
});

describe("an issue that went away", () => {
  test.each(["open", "route", "claim", "settle"] as const)(
    "ends %s with a reason, and nothing is written",
    async (task) => {
      const line = newLine({ config: PERSON_MERGES });
      const building = await toBuilding(line);
      const before = line.github.applied.length;
      line.github.loseIssue(building.issue, "https://github.com/OTHER/app/issues/4");
      const event = doorbell(line.github, building.issue);
      const proposals = deliveries(green(line.github, building.order));
      const given = task === "settle" ? { ...building, proposals } : { issue: building.issue };
      const result = await line.run(task, { event, ...given });
      expect(result).toMatchObject({ next: "none", effects: [] });
      expect(result.refusals).toEqual([
        {
          code: "issue-changed",
          subject: "issue 1",
          found: "it is https://github.com/OTHER/app/issues/4 now; what stays of it: factory/1-1",
          accepted: "an issue of this repository",
          hint: "go-where-it-went",
        },
      ]);
      expect(line.github.applied).toHaveLength(before);
      expect(result.summary).toContain("factory/1-1");
    },
  );
});

test("an issue that GitHub does not show may be late: the run ends red, and names the branches", async () => {
  const line = newLine({ config: PERSON_MERGES });
  const { issue } = await toBuilding(line);
  line.github.loseIssue(issue);
  const result = await line.run("claim", { event: doorbell(line.github, issue), issue });
  expect(result).toMatchObject({ effects: [], ok: false });
  expect(result.refusals).toMatchObject([
    { code: "state-unknown", found: expect.stringContaining("factory/1-1") as unknown },
  ]);
});

describe("an issue that came from another repository", () => {
  const CAME = { at: "2026-11-20T08:00:00Z", from: "OWNER/old" };

  test("is new here: it is read from the start, and the run says so", async () => {
    const line = newLine();
    const issue = submit(line);
    line.github.changeIssue(issue, { transferred: CAME });
    const open = await line.run("open", { event: labeled(line.github, issue), issue });
    expect(open).toMatchObject({ next: "intake", ok: true, refusals: [] });
    expect(open.summary).toContain("as a new one");
    expect(await read(line, issue)).toMatchObject({ stage: "proposed", refusals: [] });
    const again = await line.run("open", { event: doorbell(line.github, issue), issue });
    expect(again.summary).not.toContain("as a new one");
  });

  test("waits for a person who submits it, whatever label it brought", async () => {
    const line = newLine();
    const { title, body } = TEXT;
    const issue = line.github.addIssue({
      author: "ada",
      title,
      body,
      labels: ["factory:building"],
    });
    line.github.changeIssue(issue, { transferred: CAME });
    expect(await ring(line, issue)).toMatchObject({ next: "none", effects: [], refusals: [] });
  });
});
