import { describe, expect, test } from "vitest";
import {
  CRON,
  fileOf,
  gathered,
  item,
  loopLine,
  openOf,
  PATH,
  play,
  rolling,
  TIDY,
} from "./loop-line.ts";

const DAY = 86_400;

describe("loop-settle", () => {
  test("files what was found, within the bounds of the file, and says how it fares", async () => {
    const line = loopLine();
    const result = await play(line, [item("a"), item("b"), item("c")]);
    expect(result).toMatchObject({ ok: true, next: "none", refusals: [] });
    const [first = 0, second = 0] = openOf(line);
    expect(openOf(line)).toHaveLength(2);
    expect(line.github.issue(first)).toMatchObject({
      title: "Untidy: a",
      labels: ["factory:loop", "tidy"],
    });
    const { body, state } = rolling(line);
    expect(body).toContain(`**Found 3 items.** Filed #${first}, #${second}. 1 item not filed`);
    expect(state).toMatchObject({
      baseline: { tests: 8 },
      measures: { tests: 8, untidy: 3, items: 3 },
      findings: [{ issue: first }, { issue: second }],
    });
  });

  test("what is found again is not filed twice; what reads otherwise is written anew", async () => {
    const line = loopLine();
    await play(line, [item("a"), item("b")]);
    const filed = openOf(line);
    await play(line, [item("b"), item("a", "It is untidier.")]);
    expect(openOf(line)).toEqual(filed);
    const edits = line.github.applied.filter(
      ({ effect }) => effect.kind === "edit-issue" && filed.includes(effect.issue),
    );
    expect(edits).toHaveLength(1);
    expect(line.github.issue(filed[0] ?? 0).body).toContain("It is untidier.");
    await play(line, [item("b"), { ...item("a", "It is untidier."), title: "Twice untidy" }]);
    expect(line.github.issue(filed[0] ?? 0).title).toBe("Twice untidy");
  });

  test("stops filing when enough of its issues are open", async () => {
    const line = loopLine();
    await play(line, [item("a"), item("b")]);
    await play(line, [item("a"), item("b"), item("c"), item("d")]);
    expect(openOf(line)).toHaveLength(3);
    await play(line, [item("a"), item("b"), item("c"), item("d")]);
    expect(openOf(line)).toHaveLength(3);
    expect(rolling(line).body).toContain("1 item not filed: the bounds of the loop.");
  });

  test("what a person closed as not planned is never filed again", async () => {
    const line = loopLine();
    await play(line, [item("a")]);
    const [number = 0] = openOf(line);
    line.github.dismiss(number);
    await play(line, [item("a")]);
    expect(openOf(line)).toEqual([]);
    expect(rolling(line).body).toContain("1 item not filed: not wanted.");
  });

  test("what is not found for its time is closed with a reason; a person's word keeps it", async () => {
    const line = loopLine();
    await play(line, [item("a"), item("b")]);
    const [kept = 0, gone = 0] = openOf(line);
    line.github.addComment({ issue: kept, author: "rea", body: "I look at it" });
    line.pass(9 * DAY);
    await play(line, [], { tests: 8, untidy: 2 });
    expect(openOf(line)).toEqual([kept, gone]);
    line.pass(2 * DAY);
    await play(line, [], { tests: 8, untidy: 2 });
    expect(openOf(line)).toEqual([kept]);
    const said = line.github.comments(gone).map(({ body }) => body);
    expect(said.join()).toContain("has not found this for 10 days");
    expect(rolling(line).body).toContain(`Closed as no longer found: #${gone}.`);
  });

  test("a gatherer that failed closes nothing, and ends red", async () => {
    const line = loopLine();
    await play(line, [item("a")]);
    line.pass(20 * DAY);
    const { order } = await line.open();
    if (order?.kind !== "loop") throw new Error("expected an order");
    const event = { name: "schedule", payload: { schedule: CRON } };
    const result = await line.run("loop-settle", {
      event,
      order,
      jobResults: { "run-loop": "failure" },
    });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "worker-failed" }], effects: [] });
    expect(openOf(line)).toHaveLength(1);
  });

  test("where the exit condition holds nothing is filed", async () => {
    const line = loopLine();
    const result = await play(line, [item("a")], { tests: 8, untidy: 0 });
    expect(result.summary).toContain("its exit condition holds");
    expect(openOf(line)).toEqual([]);
  });

  test("a measure that decides and that nobody gave stops the run, and changes nothing", async () => {
    const line = loopLine();
    const result = await play(line, [item("a")], { tests: 8 });
    expect(result).toMatchObject({
      ok: false,
      effects: [],
      refusals: [{ code: "state-unknown", subject: "the measure untidy of loop tidy" }],
    });
  });

  test("a proposal to another order is nobody's", async () => {
    const line = loopLine({ [PATH]: TIDY });
    const { order } = await line.open();
    if (order?.kind !== "loop") throw new Error("expected an order");
    const other = { ...order, loop: { ...order.loop, name: "other" } };
    const event = { name: "schedule", payload: { schedule: CRON } };
    const result = await line.run("loop-settle", {
      event,
      order,
      proposals: [gathered(other, [item("a")])],
    });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "proposal-invalid" }] });
  });
});

describe("a guard that worsens", () => {
  const worse = { tests: 6, untidy: 2 };

  test("stops the loop and closes what its last run filed, but for what people hold", async () => {
    const line = loopLine();
    await play(line, [item("old")]);
    const [old = 0] = openOf(line);
    await play(line, [item("old"), item("a"), item("b")]);
    const [, held = 0, undone = 0] = openOf(line);
    line.github.addComment({ issue: held, author: "rea", body: "Mine" });
    const result = await play(line, [item("old"), item("a"), item("b")], worse);
    expect(result.summary).toContain("a guard got worse");
    expect(openOf(line)).toEqual([old, held]);
    expect(line.github.comments(undone).at(-1)?.body).toContain(
      "`tests` of the loop `tidy` went from 8 to 6",
    );
    expect(rolling(line).state.stopped).toMatchObject({
      measure: "tests",
      from: 8,
      to: 6,
      undone: [undone],
      left: [held],
    });
    expect(rolling(line).body).toContain("**Stopped**");
  });

  test("it stands still until somebody with write resumes it, and measures from there", async () => {
    const line = loopLine();
    await play(line, [item("a")]);
    await play(line, [item("a")], worse);
    const { number } = rolling(line);
    expect(await line.open()).toMatchObject({ refusals: [{ code: "loop-stopped" }], next: "none" });
    line.github.addComment({ issue: number, author: "rea", body: "/factory resume" });
    expect(await line.open()).toMatchObject({ refusals: [{ code: "loop-stopped" }] });
    line.github.changeIssue(number, { state: "closed" });
    expect(await line.open()).toMatchObject({ refusals: [{ code: "loop-stopped" }] });
    line.github.changeIssue(number, { state: "open" });
    line.github.addComment({ issue: number, author: "wil", body: "/factory resume" });
    expect(await play(line, [item("a")], worse)).toMatchObject({ ok: true, refusals: [] });
    expect(rolling(line).state).toMatchObject({ baseline: { tests: 6 } });
    expect(rolling(line).state.stopped).toBeUndefined();
    // The word was for that stop alone.
    await play(line, [item("a")], { tests: 5, untidy: 2 });
    expect(await line.open()).toMatchObject({ refusals: [{ code: "loop-stopped" }] });
  });

  test("small steps add up: they are measured from the beginning", async () => {
    const loop = fileOf(
      `on: { schedule: "${CRON}" }\ngather: { command: x }\nguards: [{ measure: size, worse: higher, by: 2 }]`,
    );
    const line = loopLine({ [PATH]: loop });
    for (const size of [10, 11, 12]) await play(line, [], { size });
    expect(rolling(line).state.stopped).toBeUndefined();
    await play(line, [], { size: 13 });
    expect(rolling(line).state.stopped).toMatchObject({ measure: "size", from: 10, to: 13 });
  });

  test("a state that somebody wrote is not believed, and nothing is done", async () => {
    const line = loopLine();
    await play(line, [item("a")]);
    await play(line, [item("a")], worse);
    const { number, body } = rolling(line);
    line.github.changeIssue(number, { body: body.replace('"tests":8', '"tests":1') });
    expect(await line.open()).toMatchObject({
      ok: false,
      next: "none",
      refusals: [{ code: "state-unknown", subject: "what loop tidy did last" }],
    });
    // Closed as not planned it is forgotten.
    line.github.dismiss(number);
    expect(await play(line, [item("a")])).toMatchObject({ ok: true, refusals: [] });
  });
});
