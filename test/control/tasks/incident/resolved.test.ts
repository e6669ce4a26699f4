import { describe, expect, test } from "vitest";
import { PULSE_MARKER, parsePulse } from "../../../../src/wording/issue/pulse-comment.ts";
import { CONFIG, ledgerOf, stageShown, type TestLine } from "../../line.ts";
import { ALERT, beat, hours, mended, send, work } from "./mended.ts";

function pulseOf({ github }: TestLine, issue: number) {
  const comment = github.comments(issue).find(({ body }) => body.startsWith(PULSE_MARKER));
  return parsePulse(comment?.body ?? "");
}

function escapes({ github }: TestLine, issue: number) {
  return ledgerOf(github, issue)
    .map(({ event }) => event)
    .filter(({ kind }) => kind === "escaped");
}

describe("the issue of an alert whose fix was seen live", () => {
  test("stays open until the alert has not been seen for the configured time, and is closed then", async () => {
    const { line, issue } = await mended();
    expect(line.github.issue(issue).state).toBe("open");
    expect(stageShown(line.github, issue)).toEqual(["done"]);
    hours(line, 23);
    expect(await beat(line)).toMatchObject({ effects: [], refusals: [], ok: true });
    hours(line, 1);
    const result = await beat(line);
    expect(result.summary).toContain("resolved: not seen for long since the fix was live");
    expect(line.github.issue(issue).state).toBe("closed");
    expect(pulseOf(line, issue)).toMatchObject({ count: 1, resolved: expect.any(String) });
    expect(await beat(line)).toMatchObject({ effects: [] });
  });

  test("waits as long as the config says, counted anew from each time it is seen", async () => {
    const config = `${CONFIG}incidents: { resolveAfterHours: 3 }\n`;
    const { line, issue } = await mended({ config });
    hours(line, 2);
    await send(line);
    hours(line, 2);
    await beat(line);
    expect(line.github.issue(issue).state).toBe("open");
    hours(line, 1);
    await beat(line);
    expect(line.github.issue(issue).state).toBe("closed");
  });

  test("is closed at once where nobody saw the fix live, as every issue is", async () => {
    const { line, issue } = await mended({ live: false });
    expect(line.github.issue(issue).state).toBe("closed");
  });

  test("is left to a person where the comment that counts is gone", async () => {
    const { line, issue } = await mended();
    const counting = line.github.comments(issue).find(({ body }) => body.startsWith(PULSE_MARKER));
    line.github.deleteComment(counting?.id ?? 0);
    hours(line, 48);
    const result = await beat(line);
    expect(result).toMatchObject({
      effects: [],
      refusals: [{ code: "state-unknown", hint: "close-by-hand" }],
    });
    expect(line.github.issue(issue).state).toBe("open");
  });

  test("is left alone where its ledger was changed, or where a person wrote it", async () => {
    const { line, issue } = await mended();
    for (const { id, body } of line.github.comments(issue)) {
      line.github.editComment(id, body.replaceAll('"live":true', '"live":false'));
    }
    const own = line.github.addIssue({
      author: "wil",
      title: "mine",
      body: line.github.issue(issue).body,
      labels: ["factory:incident", "factory:done"],
    });
    hours(line, 48);
    const result = await beat(line);
    expect(result).toMatchObject({ effects: [], refusals: [{ code: "ledger-invalid" }] });
    expect(line.github.issue(own).state).toBe("open");
    expect(line.github.scopes.at(-1)?.issues).toEqual([issue]);
  });
});

describe("an alert that comes back after its fix was live", () => {
  test("in a release that holds the fix is a defect that escaped it: said once, with its pull request", async () => {
    const { line, issue, fix } = await mended();
    const merged = ledgerOf(line.github, issue).find(({ event }) => event.kind === "merged");
    line.github.release("v2", true);
    const result = await send(line, { ...ALERT, release: "v2" });
    expect(result.summary).toContain("the change that the defect escaped");
    expect(result.ok).toBe(true);
    const { fingerprint } = pulseOf(line, issue) ?? {};
    expect(escapes(line, issue)).toEqual([
      {
        kind: "escaped",
        pullRequest: merged?.event.kind === "merged" ? merged.event.pullRequest : 0,
        commit: fix,
        fingerprint,
        release: "v2",
      },
    ]);
    hours(line, 1);
    await send(line, { ...ALERT, release: "v2" });
    expect(escapes(line, issue)).toHaveLength(1);
    // What is known not to mend it is not waited for.
    hours(line, 48);
    expect(await beat(line)).toMatchObject({ effects: [] });
    expect(line.github.issue(issue).state).toBe("open");
  });

  test("in a release that does not hold the fix is an old build, however new its name", async () => {
    const { line, issue } = await mended();
    hours(line, 25);
    await beat(line);
    line.github.release("v1.1", false);
    await send(line, { ...ALERT, release: "v1.1" });
    expect(line.github.issue(issue).state).toBe("closed");
    expect(escapes(line, issue)).toEqual([]);
    expect(pulseOf(line, issue)).toMatchObject({ count: 2, returns: [] });
  });

  test.each([
    ["without a release", undefined],
    ["in a release that is no tag and no commit", "shop@1.4.0"],
  ])(
    "%s escaped its fix where it had been resolved, and opens the issue again",
    async (_, release) => {
      const { release: _first, ...alert } = ALERT;
      const { line, issue } = await mended();
      hours(line, 25);
      await beat(line);
      await send(line, release === undefined ? alert : { ...alert, release });
      expect(line.github.issue(issue).state).toBe("open");
      expect(escapes(line, issue)).toHaveLength(1);
      expect(pulseOf(line, issue)).not.toHaveProperty("resolved");
    },
  );

  test.each([
    ["while its issue waits to be resolved", async (_line: TestLine) => {}],
    [
      "after a person closed its issue",
      async (line: TestLine) => line.github.changeIssue(1, { state: "closed" }),
    ],
  ])("without a release, %s, proves nothing of the fix", async (_, happen) => {
    const { release: _release, ...alert } = ALERT;
    const { line, issue } = await mended();
    await happen(line);
    hours(line, 1);
    await send(line, alert);
    expect(escapes(line, issue)).toEqual([]);
    expect(line.github.issue(issue).state).toBe("open");
  });

  test("is worked on again by the queued label, and the next fix is judged for itself", async () => {
    const { line, issue, fix } = await mended();
    line.github.release("v2", true);
    await send(line, { ...ALERT, release: "v2" });
    await work(line, issue);
    const second = line.github.head();
    expect(second).not.toBe(fix);
    line.github.release("v3", true);
    hours(line, 1);
    await send(line, { ...ALERT, release: "v3" });
    expect(escapes(line, issue)).toMatchObject([{ commit: fix }, { commit: second }]);
  });

  test("records nothing over a ledger that is not to be believed", async () => {
    const { line, issue } = await mended();
    const ledger = line.github.comments(issue).find(({ body }) => body.includes("· ledger"));
    line.github.editComment(ledger?.id ?? 0, `${ledger?.body.slice(0, 200)}`);
    line.github.release("v2", true);
    hours(line, 1);
    const result = await send(line, { ...ALERT, release: "v2" });
    expect(result.receipts.map(({ kind }) => kind)).toEqual(["write-comment"]);
  });
});
