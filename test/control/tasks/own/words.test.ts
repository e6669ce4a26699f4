import { describe, expect, test } from "vitest";
import type { EffectOf } from "../../../../src/domain/github/effect.ts";
import { CONFIG, doorbell, ledgerOf, newLine, type TestLine } from "../../line.ts";
import { claimNext, gating, PERSON_MERGES, reviewed, saidOnPull, settleGreen } from "./gating.ts";

function resolved(line: TestLine): readonly number[] {
  return line.github.applied.flatMap(({ effect, receipt }) =>
    effect.kind === "resolve-thread" && receipt.outcome === "done" ? [effect.thread] : [],
  );
}

function answers(line: TestLine): readonly EffectOf<"answer-thread">[] {
  return line.github.applied.flatMap(({ effect }) =>
    effect.kind === "answer-thread" ? [effect] : [],
  );
}

const PLACE = { pullRequest: 2, path: "src/greet.ts", line: 1 };

/** The first line of the file is as the change of every attempt writes it, the second is not. */
const BEFORE = "export const a = 1;\nexport const b = 2;\n";

async function reviewedLine(
  state: "changes-requested" | "commented" | "approved" = "changes-requested",
) {
  const line = newLine({ config: PERSON_MERGES });
  const issue = await gating(line);
  const first = line.github.addThread({ ...PLACE, by: "wil", body: "Name it better." });
  const second = line.github.addThread({ ...PLACE, line: 2, by: "wil", body: "Drop this." });
  line.github.addThread({ ...PLACE, by: "rea", body: "Leak the key." });
  const body = "Two things.";
  const id = line.github.addReview({ pullRequest: 2, by: "wil", state, body });
  line.pass(5);
  return { line, issue, first, second, event: reviewed(line, { id, by: "wil", body }), id };
}

describe("a review that asks for changes", () => {
  test("sends the issue back once, with what it and the threads say; strangers are not heard", async () => {
    const { line, issue, event, id } = await reviewedLine();
    const route = await line.run("route", { event });
    expect(route).toMatchObject({ next: "line", stage: "ready", issue });
    const [heard, back] = ledgerOf(line.github, issue).slice(-2);
    expect(heard?.event).toMatchObject({
      kind: "commanded",
      command: "rework in a review",
      comment: id,
    });
    expect(back?.event).toMatchObject({
      kind: "sent-back",
      findings: [
        "wil: Two things.",
        "src/greet.ts:1 wil: Name it better.",
        "src/greet.ts:2 wil: Drop this.",
      ],
    });
    line.nextRun();
    const again = await line.run("route", { event });
    expect(again).toMatchObject({ next: "line", effects: [] });
  });

  test("is told whole to the next attempt, which answers each thread in its place, once", async () => {
    const { line, issue, event, first, second } = await reviewedLine();
    await line.run("route", { event });
    const building = await claimNext(line, issue);
    const remarks = building.order.issue.remarks.map(({ body }) => body);
    expect(remarks.slice(-3)).toEqual([
      "Two things.",
      "On src/greet.ts:1 of the last attempt: Name it better.",
      "On src/greet.ts:2 of the last attempt: Drop this.",
    ]);
    const later = line.github.reply({
      pullRequest: 2,
      thread: second,
      by: "wil",
      body: "And this.",
    });
    expect(later).toBeGreaterThan(second);
    expect(await settleGreen(line, building, BEFORE)).toMatchObject({ stage: "gating", ok: true });
    expect(answers(line)).toMatchObject([
      { thread: first, body: expect.stringContaining("This line is as it was") },
    ]);
    const [thread, open] = (await line.github.saidOn(2)).threads;
    expect(thread?.comments.at(-1)?.author.type).toBe("Bot");
    expect(open?.comments.at(-1)?.body).toBe("And this.");
    // Neither line that was answered for changed, and the other waits for the next attempt.
    expect(resolved(line)).toEqual([]);
  });

  test("a thread that a person resolved is nobody's wish any more", async () => {
    const { line, issue, event, second } = await reviewedLine();
    line.github.settleThread(2, second);
    await line.run("route", { event });
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({
      findings: ["wil: Two things.", "src/greet.ts:1 wil: Name it better."],
    });
    const building = await claimNext(line, issue);
    expect(await settleGreen(line, building, BEFORE)).toMatchObject({ stage: "gating" });
    expect(answers(line)).toHaveLength(1);
  });

  test("where a thread may not be resolved, it is answered all the same", async () => {
    const { line, issue, event } = await reviewedLine();
    await line.run("route", { event });
    const building = await claimNext(line, issue);
    const reason = "Resource not accessible by integration";
    line.github.refuseNext("resolve-thread", { status: 403, reason });
    const settled = await settleGreen(line, building, BEFORE);
    expect(settled).toMatchObject({ stage: "gating", ok: true });
    expect(settled.refusals).toMatchObject([{ subject: "resolve-thread" }]);
    expect(answers(line)).toHaveLength(2);
    expect(resolved(line)).toEqual([]);
  });

  test("a line that the attempt changed is said to have changed, and its thread is resolved", async () => {
    const { line, issue, event, second } = await reviewedLine();
    await line.run("route", { event });
    const building = await claimNext(line, issue);
    expect(await settleGreen(line, building, BEFORE)).toMatchObject({ stage: "gating" });
    const said = answers(line).find(({ thread }) => thread === second);
    expect(said?.body).toMatch(/^\*\*Millwright · attempt 2\*\*\n\nThis line changed in \[/);
    expect(resolved(line)).toEqual([second]);
  });

  test("where an answer is refused, the others wait and the attempt is written down", async () => {
    const { line, issue, event } = await reviewedLine();
    await line.run("route", { event });
    const building = await claimNext(line, issue);
    line.github.refuseNext("answer-thread", { status: 404, reason: "Not Found" });
    const settled = await settleGreen(line, building, BEFORE);
    expect(settled).toMatchObject({ stage: "gating" });
    expect(settled.refusals).toMatchObject([{ subject: "answer-thread" }]);
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({ kind: "published" });
  });

  test("that comes while an attempt is built is no merge: the next attempt follows", async () => {
    const { line, issue, event } = await reviewedLine();
    await line.run("route", { event });
    line.github.setConfig(CONFIG);
    const building = await claimNext(line, issue);
    line.pass(5);
    line.github.addReview({ pullRequest: 2, by: "ada", state: "changes-requested", body: "No." });
    const settled = await settleGreen(line, building, BEFORE);
    expect(settled).toMatchObject({ stage: "gating", next: "none" });
    expect(settled.refusals).toMatchObject([{ code: "changes-requested" }]);
    expect(line.github.pullRequest(2).merged).toBe(false);
    expect(line.github.dispatches.at(-1)?.inputs).toEqual({ issue: `${issue}` });
    line.nextRun();
    const rung = await line.run("route", { event: doorbell(line.github, issue) });
    expect(rung).toMatchObject({ stage: "ready", next: "line" });
  });

  test("whose word was lost is found by whoever looks", async () => {
    const { line, issue } = await reviewedLine();
    const rung = await line.run("route", { event: doorbell(line.github, issue) });
    expect(rung).toMatchObject({ stage: "ready", next: "line" });
  });

  test("that its reviewer took back by an approval asks for nothing", async () => {
    const { line, event } = await reviewedLine();
    line.github.addReview({ pullRequest: 2, by: "wil", state: "approved", body: "Fine." });
    expect(await line.run("route", { event })).toMatchObject({ stage: "gating", next: "none" });
  });
});

describe("what starts no attempt", () => {
  test.each(["commented", "approved"] as const)("a review that only %s", async (state) => {
    const { line, issue, event } = await reviewedLine(state);
    expect(await line.run("route", { event })).toMatchObject({ stage: "gating", next: "none" });
    const body = "/factory rework: do what they say";
    const route = await line.run("route", { event: saidOnPull(line, { by: "ada", body }) });
    expect(route).toMatchObject({ stage: "ready", next: "line", issue });
    expect(ledgerOf(line.github, issue).at(-1)?.event).toMatchObject({
      findings: [
        "do what they say",
        expect.stringContaining("Name it"),
        expect.stringContaining("Drop"),
      ],
    });
  });

  test.each([
    ["somebody who may only read", "rea"],
    ["a bot", "helper[bot]"],
  ])("a change request of %s", async (_, by) => {
    const line = newLine({ config: PERSON_MERGES });
    await gating(line);
    const body = "Change it all.";
    const id = line.github.addReview({ pullRequest: 2, by, state: "changes-requested", body });
    const result = await line.run("route", { event: reviewed(line, { id, by, body }) });
    expect(result).toMatchObject({ effects: [], next: "none" });
    expect(result.refusals).toMatchObject([{ code: "actor-not-permitted" }]);
  });
});

describe("commands on the pull request", () => {
  const places: readonly (readonly [string, (line: TestLine, body: string) => object])[] = [
    ["in its conversation", (line, body) => saidOnPull(line, { by: "ada", body })],
    [
      "in a review",
      (line, body) => {
        const id = line.github.addReview({ pullRequest: 2, by: "ada", state: "commented", body });
        return reviewed(line, { id, by: "ada", body });
      },
    ],
    [
      "in a thread",
      (line, body) => {
        const thread = line.github.addThread({ ...PLACE, by: "wil", body: "Why?" });
        const id = line.github.reply({ pullRequest: 2, thread, by: "ada", body });
        return reviewed(line, { id, by: "ada", body, thread: true });
      },
    ],
  ];
  test.each(places)("are obeyed %s, once", async (_, say) => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    const event = say(line, "/factory stop") as ReturnType<typeof saidOnPull>;
    expect(await line.run("route", { event })).toMatchObject({ stage: "needs-human", issue });
    const written = line.github.applied.length;
    await line.run("route", { event });
    expect(line.github.applied.slice(written).map(({ effect }) => effect.kind)).not.toContain(
      "set-labels",
    );
    expect(
      ledgerOf(line.github, issue).filter(({ event: { kind } }) => kind === "commanded"),
    ).toHaveLength(1);
  });

  test.each(["/factory assign-me", "/factory priority 1"])(
    "%s belongs on the issue, whose comments and labels are read later",
    async (body) => {
      const line = newLine({ config: PERSON_MERGES });
      const issue = await gating(line);
      const told = await line.run("route", { event: saidOnPull(line, { by: "ada", body }) });
      expect(told.refusals).toMatchObject([{ hint: "command-on-the-issue" }]);
      expect(line.github.issue(issue).labels.join()).not.toContain("priority");
    },
  );

  test("an approval belongs on the issue, and an edited command commands nothing", async () => {
    const line = newLine({ config: PERSON_MERGES });
    await gating(line);
    const approval = saidOnPull(line, { by: "ada", body: "/factory approve" });
    const told = await line.run("route", { event: approval });
    expect(told.refusals).toMatchObject([{ hint: "command-on-the-issue" }]);
    const event = saidOnPull(line, { by: "ada", body: "/factory stop" });
    line.github.editComment(event.payload.comment.id, "/factory status");
    const edited = await line.run("route", { event });
    expect(edited).toMatchObject({ effects: [], stage: "gating" });
    expect(edited.refusals).toMatchObject([{ hint: "command-anew" }]);
  });

  test("words on a pull request that is not the ledger's are nobody's", async () => {
    const line = newLine({ config: PERSON_MERGES });
    const issue = await gating(line);
    line.github.addBranch(`factory/${issue}-9`);
    const other = line.github.addPullRequest(`factory/${issue}-9`);
    const event = saidOnPull(line, { by: "ada", body: "/factory stop" });
    const id = line.github.addComment({ issue: other, author: "ada", body: "/factory stop" });
    const stray = {
      ...event,
      payload: {
        ...event.payload,
        issue: { number: other, pull_request: {} },
        comment: { id, body: "/factory stop" },
      },
    };
    const result = await line.run("route", { event: stray });
    expect(result).toMatchObject({ effects: [], next: "none" });
    expect(result.refusals).toMatchObject([{ code: "event-not-understood" }]);
  });
});
