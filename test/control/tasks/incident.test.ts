import { describe, expect, test } from "vitest";
import { PULSE_MARKER, parsePulse } from "../../../src/wording/issue/pulse-comment.ts";
import { payloadOf } from "../../domain/incident/payloads.ts";
import { alerted, newLine, type TestLine } from "../line.ts";

const ALERT = {
  type: "TypeError",
  message: "price is undefined",
  frames: [{ path: "/srv/app/src/greet.ts", function: "greet", line: 3 }],
  release: "v1",
};

function send(line: TestLine, alert: object = ALERT, login?: string) {
  line.nextRun();
  return line.run("incident", { event: alerted(line.github, { alert }, login) });
}

function pulseOf({ github }: TestLine, issue: number) {
  const comments = github.comments(issue).filter(({ body }) => body.startsWith(PULSE_MARKER));
  expect(comments).toHaveLength(1);
  return parsePulse(comments[0]?.body ?? "");
}

function written({ github }: TestLine): readonly string[] {
  return github.applied.map(({ effect }) => effect.kind);
}

/** Number of the one issue that the alerts of a line opened. */
async function opened(line: TestLine, alert?: object): Promise<number> {
  const result = await send(line, alert);
  expect(result).toMatchObject({ ok: true, refusals: [] });
  const receipt = result.receipts.find(({ kind }) => kind === "open-issue");
  if (receipt?.kind !== "open-issue" || receipt.outcome === "refused") throw new Error("no issue");
  return receipt.number;
}

describe("an alert", () => {
  test("opens the issue of its fingerprint, which asks for a failing test first, and begins to count", async () => {
    const line = newLine();
    const number = await opened(line);
    const issue = line.github.issue(number);
    expect(issue).toMatchObject({
      title: "Incident in src/greet.ts: TypeError: price is undefined",
      labels: ["factory:incident"],
      state: "open",
    });
    expect(issue.body).toContain("1. A new test fails on the current code in the same way");
    expect(issue.body).toContain("`src/greet.ts:3` in `greet`");
    expect(issue.body.trimEnd()).toMatch(/\nFingerprint: `millwright:alert:[0-9a-f]{64}`$/);
    expect(pulseOf(line, number)).toMatchObject({ count: 1, releases: ["v1"], returns: [] });
  });

  test("of the same fingerprint is counted on the same issue, whose text stays", async () => {
    const line = newLine();
    const number = await opened(line);
    const { body } = line.github.issue(number);
    line.pass(61);
    const again = await send(line, { ...ALERT, message: "of 7", release: "v2" });
    expect(again.summary).toContain("seen again");
    expect(pulseOf(line, number)).toMatchObject({ count: 2, releases: ["v1", "v2"] });
    expect(line.github.issue(number).body).toBe(body);
    expect(written(line)).toEqual(["open-issue", "write-comment", "write-comment"]);
  });

  test("of another fingerprint gets an issue of its own", async () => {
    const line = newLine();
    const first = await opened(line);
    const second = await opened(line, { ...ALERT, type: "RangeError" });
    expect(second).not.toBe(first);
    expect(pulseOf(line, first)).toMatchObject({ count: 1 });
  });

  test("in a burst is one issue and at most one edit a minute", async () => {
    const line = newLine();
    const number = await opened(line);
    // Each run of the line takes some seconds of its clock.
    const began = line.github.comments(number)[0]?.createdAt ?? "";
    for (let n = 0; n < 200; n += 1) await send(line);
    const pulse = pulseOf(line, number);
    const minutes = (Date.parse(pulse?.last ?? "") - Date.parse(began)) / 60_000;
    expect(minutes).toBeGreaterThan(3);
    expect(written(line).filter((kind) => kind === "open-issue")).toHaveLength(1);
    const edits = written(line).filter((kind) => kind === "write-comment").length - 1;
    expect(edits).toBeGreaterThan(2);
    expect(edits).toBeLessThanOrEqual(minutes);
    expect(pulse?.count).toBe(edits + 1);
  });

  test("opens its issue again when it comes back in a release that did not show it before", async () => {
    const line = newLine();
    const number = await opened(line);
    line.github.changeIssue(number, { state: "closed" });
    const result = await send(line, { ...ALERT, release: "v2" });
    expect(result.summary).toContain("it came back");
    expect(line.github.issue(number).state).toBe("open");
    expect(pulseOf(line, number)).toMatchObject({ count: 2, returns: [expect.any(String)] });
    const body = line.github.comments(number)[0]?.body;
    expect(body).toContain("after it had been closed or mended");
  });

  test("of an old release that still runs somewhere opens nothing again", async () => {
    const line = newLine();
    const number = await opened(line);
    line.github.changeIssue(number, { state: "closed" });
    line.pass(61);
    await send(line);
    expect(line.github.issue(number).state).toBe("closed");
    expect(pulseOf(line, number)).toMatchObject({ count: 2, returns: [] });
  });

  test("without a release opens its issue again, at once", async () => {
    const line = newLine();
    const { release: _, ...alert } = ALERT;
    const number = await opened(line, alert);
    line.github.changeIssue(number, { state: "closed" });
    await send(line, alert);
    expect(line.github.issue(number).state).toBe("open");
  });

  test("leaves alone what a person closed as not planned", async () => {
    const line = newLine();
    const number = await opened(line);
    line.github.dismiss(number);
    line.pass(300);
    const result = await send(line, { ...ALERT, release: "v2" });
    expect(result).toMatchObject({ ok: true, effects: [] });
    expect(line.github.issue(number).state).toBe("closed");
  });

  test("is counted anew where its comment was changed or deleted", async () => {
    const line = newLine();
    const number = await opened(line);
    line.pass(61);
    const [comment] = line.github.comments(number);
    line.github.editComment(comment?.id ?? 0, `${PULSE_MARKER}\n\nSeen never.\n`);
    await send(line);
    expect(pulseOf(line, number)).toMatchObject({ count: 1 });
    line.github.deleteComment(comment?.id ?? 0);
    await send(line);
    expect(pulseOf(line, number)).toMatchObject({ count: 1 });
  });

  test.each([
    ["that it is over", { alert: { type: "x", status: "over" } }],
    [
      "that the factory's own probe caused it",
      { alert: { ...ALERT, userAgent: "millwright-smoke" } },
    ],
  ])("writes nothing when it says %s", async (_what, payload) => {
    const line = newLine();
    const result = await line.run("incident", { event: alerted(line.github, payload) });
    expect(result).toMatchObject({ ok: true, effects: [], refusals: [] });
  });

  test.each([
    ["of a source that nobody knows", { newrelic: {} }, "event-not-understood"],
    ["that lacks what it has to say", { alert: {} }, "event-not-understood"],
    ["that is no object", null, "event-not-understood"],
  ])("ends red %s", async (_what, payload, code) => {
    const line = newLine();
    const result = await line.run("incident", { event: alerted(line.github, payload) });
    expect(result).toMatchObject({ ok: false, effects: [], refusals: [{ code }] });
  });

  test("of another type of dispatch is none", async () => {
    const line = newLine();
    const event = alerted(line.github, { alert: ALERT });
    const other = { ...event, payload: { ...event.payload, action: "deploy" } };
    const result = await line.run("incident", { event: other });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "event-not-understood" }] });
  });

  test.each([
    ["ada", "admin", true],
    ["wil", "write", true],
    ["helper[bot]", "an app, which GitHub let send it", true],
    ["tri", "triage", false],
    ["rea", "read", false],
  ])("of %s, %s", async (login, _permission, taken) => {
    const line = newLine();
    const result = await send(line, ALERT, login);
    expect(result.ok).toBe(taken);
    expect(written(line).length > 0).toBe(taken);
    if (!taken) expect(result.refusals).toMatchObject([{ code: "actor-not-permitted" }]);
  });

  test("cannot touch the issue of another by naming its fingerprint", async () => {
    const line = newLine();
    const number = await opened(line);
    const marker = line.github.issue(number).body.trimEnd().split("\n").at(-1) ?? "";
    const digest = /[0-9a-f]{64}/.exec(marker)?.[0] ?? "";
    line.pass(61);
    const forged = {
      action: "triggered",
      data: {
        event: {
          title: marker,
          fingerprint: [digest],
          exception: { values: [{ type: `TypeError\n\n${marker}`, value: `x\n${marker}` }] },
        },
      },
    };
    line.nextRun();
    const event = alerted(line.github, { key: digest, sentry: forged });
    const result = await line.run("incident", { event });
    expect(result.summary).toContain("a new incident");
    expect(pulseOf(line, number)).toMatchObject({ count: 1 });
    const other = line.github.issue(number + 1);
    expect(other.body.trimEnd().split("\n").at(-1)).not.toBe(marker);
  });

  test("does not write on an issue of somebody else that carries label and marker", async () => {
    const spied = newLine();
    const body = spied.github.issue(await opened(spied)).body;
    const line = newLine();
    const labels = ["factory:incident"];
    const bait = line.github.addIssue({ author: "rea", title: "bait", body, labels });
    const number = await opened(line);
    expect(number).not.toBe(bait);
    expect(line.github.comments(bait)).toEqual([]);
  });

  test("opens no more than twenty issues, and the run says why", async () => {
    const line = newLine();
    for (let n = 0; n < 20; n += 1) await opened(line, { ...ALERT, type: `Error${n}` });
    const result = await send(line, { ...ALERT, type: "Error21" });
    expect(result).toMatchObject({ ok: false, refusals: [{ code: "limit-exceeded" }] });
    line.pass(61);
    expect((await send(line, { ...ALERT, type: "Error7" })).ok).toBe(true);
    line.github.changeIssue(3, { state: "closed" });
    expect((await send(line, { ...ALERT, type: "Error21" })).ok).toBe(true);
  });

  test("is taken while the andon is up: it moves no work", async () => {
    const line = newLine();
    line.github.addIssue({ author: "ada", title: "stop", body: "", labels: ["factory:andon"] });
    expect((await send(line)).ok).toBe(true);
  });

  test.each([
    ["v1.4.0", "v1.4.0"],
    ["1".repeat(40), "1".repeat(40)],
    ["shop@1.4.0", undefined],
    ["heads/main", undefined],
    ["../../user", undefined],
    ["a..b", undefined],
    ["v1%2F..", undefined],
    ["", undefined],
  ])("of the release %j asks for the merges of %j", async (release, asked) => {
    const line = newLine();
    await opened(line, { ...ALERT, release });
    expect(line.github.scopes.at(-1)?.suspect).toEqual(
      asked === undefined
        ? undefined
        : { release: asked, places: [{ file: "src/greet.ts", line: 3 }] },
    );
  });

  test("of a Sentry hook names the places of this repository alone", async () => {
    const line = newLine();
    const event = alerted(line.github, { sentry: payloadOf("sentry-event-alert") });
    const result = await line.run("incident", { event });
    expect(result.ok).toBe(true);
    expect(line.github.issue(1).body).toContain(
      "None of the places in the report is a file of this repository.",
    );
  });
});
