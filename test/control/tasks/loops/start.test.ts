import { describe, expect, test } from "vitest";
import { digestOf } from "../../../../src/domain/digest.ts";
import { digestOfIssue } from "../../../../src/domain/order.ts";
import { parseLedgerComment } from "../../../../src/wording/issue/ledger-comment.ts";
import { deliver, doorbell, intake, labeled, schedule, type TestLine } from "../../line.ts";
import { CRON, fileOf, item, loopLine, openOf, PATH, play, rolling } from "./loop-line.ts";

const STARTS = (start: number) =>
  fileOf(`
on: { schedule: "${CRON}" }
gather: { command: node scripts/untidy.mjs }
effects: { file: 5, open: 9, start: ${start} }
expireAfterDays: 0
`);
const CONFIG = "version: 1\napprove: always\nchecks: { test: npm test }\n";
const THREE = [item("a"), item("b"), item("c")];

function starting(start = 1, config = CONFIG) {
  return loopLine({ [PATH]: STARTS(start) }, { config });
}

function onLine(line: TestLine): readonly number[] {
  return openOf(line).filter((one) => line.github.issue(one).labels.includes("factory:queued"));
}

function ledgerOf(line: TestLine, issue: number) {
  return line.github.comments(issue).flatMap(({ body }) => {
    const parsed = parseLedgerComment(body);
    return "entries" in parsed ? parsed.entries : [];
  });
}

describe("a loop that may start its own issues", () => {
  test("starts none where its file says nothing of it", async () => {
    const line = loopLine();
    await play(line, [item("a")]);
    await play(line, [item("a")]);
    expect(onLine(line)).toEqual([]);
    expect(ledgerOf(line, openOf(line)[0] ?? 0)).toEqual([]);
  });

  test("starts the oldest at the run after the one that filed it, and says by which file", async () => {
    const line = starting();
    await play(line, THREE);
    expect(onLine(line)).toEqual([]);
    const [first = 0] = openOf(line);
    expect(line.github.issue(first).body).toContain(
      "At its next run it may put the label `factory:queued` on this issue by itself, while none of its issues is on the line.",
    );
    const result = await play(line, THREE);
    expect(result).toMatchObject({ ok: true, refusals: [] });
    expect(onLine(line)).toEqual([first]);
    expect(line.github.issue(first).labels).toEqual([
      "factory:loop",
      "factory:queued",
      "factory:waiting",
    ]);
    expect(ledgerOf(line, first)).toMatchObject([
      {
        stage: "queued",
        event: {
          kind: "submitted",
          by: line.github.identity.id,
          issue: digestOfIssue(line.github.issue(first)),
          loop: { name: "tidy", file: digestOf(STARTS(1)), base: expect.any(String) },
        },
      },
    ]);
    expect(rolling(line).body).toContain(`Put on the line: #${first}.`);
    expect(rolling(line).state.findings[0]).toMatchObject({ issue: first });
    expect(rolling(line).state.findings[0]?.started).toBeGreaterThan(0);
  });

  test("never has more on the line than its file says, however often it runs", async () => {
    const line = starting(2);
    for (let run = 0; run < 4; run += 1) await play(line, THREE);
    expect(onLine(line)).toEqual(openOf(line).slice(0, 2));
  });

  test("goes on with the next once one of them is over", async () => {
    const line = starting();
    await play(line, THREE);
    await play(line, THREE);
    const [first = 0, second = 0] = openOf(line);
    line.github.changeIssue(first, { state: "closed" });
    await play(line, THREE.slice(1));
    expect(onLine(line)).toEqual([second]);
  });

  test("a person who takes the label off, writes, or labels another one first, wins", async () => {
    const line = starting();
    await play(line, THREE);
    const [first = 0, second = 0, third = 0] = openOf(line);
    line.github.addComment({ issue: first, author: "rea", body: "Not now." });
    await play(line, THREE);
    expect(onLine(line)).toEqual([second]);
    line.github.changeIssue(second, { labels: ["factory:loop"] });
    await play(line, THREE);
    expect(onLine(line)).toEqual([third]);
    await play(line, THREE);
    expect(onLine(line)).toEqual([third]);
  });

  test("where a person took the label off, and let the loop begin anew, it is not started again", async () => {
    const line = starting();
    await play(line, [item("a")]);
    await play(line, [item("a")]);
    const [first = 0] = openOf(line);
    line.github.changeIssue(first, { labels: ["factory:loop"] });
    line.github.dismiss(rolling(line).number);
    for (let run = 0; run < 3; run += 1) await play(line, [item("a")]);
    expect(onLine(line)).toEqual([]);
    expect(rolling(line).state.findings).toMatchObject([{ issue: first }]);
  });

  test("an issue that waits for a person takes the place of another one", async () => {
    const line = starting();
    await play(line, THREE);
    const [first = 0] = openOf(line);
    line.github.changeIssue(first, { labels: ["factory:loop", "factory:needs-human"] });
    await play(line, THREE);
    expect(onLine(line)).toEqual([]);
  });

  test("what a person rewrote is written anew first, and never started as it is", async () => {
    const line = starting();
    await play(line, [item("a")]);
    const [first = 0] = openOf(line);
    line.github.changeIssue(first, { title: "Give me the keys" });
    await play(line, [item("a")]);
    expect(onLine(line)).toEqual([]);
    expect(line.github.issue(first).title).toBe("Untidy: a");
    await play(line, [item("a")]);
    expect(onLine(line)).toEqual([first]);
  });

  test("what is on the line keeps its text", async () => {
    const line = starting();
    await play(line, [item("a")]);
    await play(line, [item("a")]);
    const [first = 0] = openOf(line);
    const { body } = line.github.issue(first);
    await play(line, [item("a", "It is untidier.")]);
    expect(line.github.issue(first).body).toBe(body);
  });

  test("an andon, a worsened guard and a reached end start nothing", async () => {
    const guarded = `${STARTS(1).replace("effects:", "until: untidy = 0\nguards:\n  - { measure: tests, worse: lower }\neffects:")}`;
    const line = loopLine({ [PATH]: guarded }, { config: CONFIG });
    await play(line, [item("a")]);
    await play(line, [item("a")], { tests: 8, untidy: 0 });
    expect(onLine(line)).toEqual([]);
    await play(line, [item("a")], { tests: 7, untidy: 1 });
    expect(onLine(line)).toEqual([]);
  });

  test("where GitHub refused the label, the next run puts it on and says nothing twice", async () => {
    const line = starting();
    await play(line, [item("a")]);
    const [first = 0] = openOf(line);
    line.github.refuseNext("set-labels", { status: 500, reason: "not now" });
    await play(line, [item("a")]);
    expect(onLine(line)).toEqual([]);
    expect(ledgerOf(line, first)).toHaveLength(1);
    await play(line, [item("a")]);
    expect(onLine(line)).toEqual([first]);
    expect(ledgerOf(line, first)).toHaveLength(1);
  });

  test("the heartbeat rings for it, and it is read without a person having submitted it", async () => {
    const line = starting();
    await play(line, [item("a")]);
    await play(line, [item("a")]);
    const [first = 0] = openOf(line);
    line.nextRun();
    const beat = await line.run("heartbeat", { event: schedule });
    const rung = beat.receipts.filter(({ kind }) => kind === "dispatch-workflow");
    expect(rung).toHaveLength(1);
    line.nextRun();
    const event = doorbell(line.github, first);
    const opened = await line.run("open", { event, issue: first });
    expect(opened).toMatchObject({ next: "intake", refusals: [] });
    const order = opened.order;
    if (order === undefined) throw new Error("expected an order");
    const proposals = [deliver("intake-normalize", intake(order))];
    const proposed = await line.run("propose", { event, issue: first, order, proposals });
    expect(proposed.stage).toBe("proposed");
  });

  test("an andon that blocks it meanwhile makes no person of the loop", async () => {
    const line = starting();
    await play(line, [item("a")]);
    await play(line, [item("a")]);
    const [first = 0] = openOf(line);
    const andon = line.github.addIssue({
      ...{ author: "ada", title: "stop", body: "", labels: ["factory:andon"] },
    });
    const rings = async () => {
      line.nextRun();
      const event = doorbell(line.github, first);
      const { order } = await line.run("open", { event, issue: first });
      const proposals = order === undefined ? [] : [deliver("intake-normalize", intake(order))];
      await line.run("propose", { event, issue: first, ...(order && { order }), proposals });
    };
    await rings();
    expect(line.github.issue(first).labels).toContain("factory:blocked");
    line.github.changeIssue(andon, { labels: [] });
    await rings();
    expect(line.github.issue(first).labels).toContain("factory:proposed");
    const submitted = ledgerOf(line, first).filter(({ event }) => event.kind === "submitted");
    expect(submitted).toHaveLength(2);
    for (const { event } of submitted) expect(event).toMatchObject({ loop: { name: "tidy" } });
  });

  test("a text that was changed after the start is not read without a person's word", async () => {
    const line = starting();
    await play(line, [item("a")]);
    await play(line, [item("a")]);
    const [first = 0] = openOf(line);
    line.github.changeIssue(first, { body: "Do as I say." });
    line.nextRun();
    const opened = await line.run("open", {
      event: doorbell(line.github, first),
      issue: first,
    });
    expect(opened.refusals).toMatchObject([{ code: "issue-changed" }]);
    expect(opened.next).toBe("none");
  });

  test("it is shown no issues of others, and may not use what strangers report", async () => {
    const line = starting();
    line.github.addIssue({ title: "Do as I say", body: "now", author: "rea" });
    const { order } = await line.open();
    if (order?.kind !== "loop") throw new Error("expected an order");
    expect(JSON.parse(order.loop.visible)).toMatchObject({ issues: [], left: 1 });
    const feedback = STARTS(1).replace("command: node scripts/untidy.mjs", "use: feedback");
    const refused = await loopLine({ [PATH]: feedback }, { config: CONFIG }).open();
    expect(refused.refusals).toMatchObject([
      { code: "loop-invalid", found: expect.stringContaining("effects.start") },
    ]);
  });

  test("without its ledger nobody knows who started it, and nothing is read", async () => {
    const line = starting();
    await play(line, [item("a")]);
    await play(line, [item("a")]);
    const [first = 0] = openOf(line);
    for (const { id } of line.github.comments(first)) line.github.deleteComment(id);
    line.nextRun();
    const event = doorbell(line.github, first);
    const opened = await line.run("open", { event, issue: first });
    expect(opened.next).toBe("none");
    await play(line, [item("a")]);
    expect(ledgerOf(line, first)).toEqual([]);
  });

  test("a person's label on it is the person's word", async () => {
    const line = starting();
    await play(line, [item("a")]);
    const [first = 0] = openOf(line);
    line.github.changeIssue(first, { labels: ["factory:loop", "factory:queued"] });
    line.nextRun();
    const opened = await line.run("open", { event: labeled(line.github, first), issue: first });
    expect(opened.next).toBe("intake");
  });
});
