import { describe, expect, test } from "vitest";
import { createSentry } from "../../../../src/adapters/alerts/sentry.ts";
import { Sentry } from "../../../../src/domain/config/incidents.ts";
import { incidentOf } from "../../../../src/domain/incident/incident.ts";
import type { Found, Polled } from "../../../../src/domain/incident/polled.ts";
import { PULSE_MARKER, parsePulse } from "../../../../src/wording/issue/pulse-comment.ts";
import { payloadOf } from "../../../domain/incident/payloads.ts";
import { createFakeSentry, SENTRY_TOKEN } from "../../../fakes/sentry.ts";
import { alerted, CONFIG, ledgerOf, newLine, type TestLine } from "../../line.ts";
import { HOURLY, hours, work } from "./mended.ts";

const ASKING = `${CONFIG}incidents: { sentry: { organization: shop, project: 4242 } }\n`;

/** When the clock of a new line begins, and so many hours later. */
function at(later: number): string {
  return new Date(Date.parse("2026-11-20T09:00:00Z") + later * 3_600_000).toISOString();
}

function found(type: string, lastSeen = at(0), change: object = {}): Found {
  const frames = [{ path: "srv/app/src/greet.ts", function: type, line: 3, foreign: false }];
  return {
    lastSeen,
    incident: incidentOf("sentry", { status: "firing", type, frames, ...change }),
  };
}

function beat(line: TestLine, polled: Partial<Polled> = {}) {
  line.nextRun();
  return line.run("incident", { event: HOURLY, polled: { found: [], refusals: [], ...polled } });
}

function pulseOf({ github }: TestLine, issue: number) {
  const comment = github.comments(issue).find(({ body }) => body.startsWith(PULSE_MARKER));
  return parsePulse(comment?.body ?? "");
}

function opened({ github }: TestLine) {
  return github.applied.filter(({ effect }) => effect.kind === "open-issue").length;
}

const UNREAD = { code: "alerts-unread", subject: "https://sentry.io", found: "HTTP 503" } as const;

describe("what the heartbeat asked for", () => {
  test("opens one issue for each fingerprint, and counts it again only when it was seen since", async () => {
    const line = newLine({ config: ASKING });
    const first = found("TypeError", at(0), { reported: 4 });
    const result = await beat(line, { found: [first, found("TypeError", at(-1)), found("Other")] });
    expect(result).toMatchObject({ ok: true, refusals: [] });
    expect(opened(line)).toBe(2);
    expect(pulseOf(line, 1)).toMatchObject({ count: 1, reported: 4 });
    hours(line, 1);
    expect(await beat(line, { found: [first] })).toMatchObject({ effects: [] });
    await beat(line, { found: [found("TypeError", at(0.9), { reported: 9 })] });
    expect(pulseOf(line, 1)).toMatchObject({ count: 2, reported: 9 });
    expect(opened(line)).toBe(2);
  });

  test("is one with what was sent: the same error has one issue, whoever tells of it first", async () => {
    const event = payloadOf("sentry-api-event");
    await using sentry = await createFakeSentry([{ id: "7", lastSeen: at(1), event }]);
    const from = Sentry.parse({ url: sentry.url, organization: "shop", project: 4_242 });
    const polled = await createSentry({ token: SENTRY_TOKEN }).poll(from);
    const line = newLine({ config: ASKING });
    const hook = () => alerted(line.github, { sentry: payloadOf("sentry-event-alert") });
    await line.run("incident", { event: hook() });
    hours(line, 1);
    await beat(line, polled);
    expect(opened(line)).toBe(1);
    expect(pulseOf(line, 1)).toMatchObject({ count: 2 });
    const other = newLine({ config: ASKING });
    await beat(other, polled);
    hours(other, 1);
    await other.run("incident", {
      event: alerted(other.github, { sentry: payloadOf("sentry-event-alert") }),
    });
    expect(opened(other)).toBe(1);
    expect(pulseOf(other, 1)).toMatchObject({ count: 2 });
  });

  test("that the factory's own probe caused, or a person dismissed, is no news", async () => {
    const line = newLine({ config: ASKING });
    await beat(line, { found: [found("Gone")] });
    line.github.dismiss(1);
    hours(line, 1);
    const ours = found("TypeError", at(1), { userAgent: "millwright-smoke/1" });
    const result = await beat(line, { found: [found("Gone", at(1)), ours] });
    expect(result).toMatchObject({ ok: true, effects: [], refusals: [] });
    expect(result.summary).toContain("no news");
  });

  test("opens three issues at a time, says how many are left, and names one suspect", async () => {
    const line = newLine({ config: ASKING });
    const many = ["A", "B", "C", "D", "E"].map((type) => found(type, at(0), { release: "v1" }));
    const result = await beat(line, { found: many });
    expect(opened(line)).toBe(3);
    expect(result).toMatchObject({
      ok: true,
      refusals: [{ code: "limit-exceeded", found: "2 more", hint: "goes-on-by-itself" }],
    });
    expect(line.github.issue(2).body).toContain("a poll looks through the merges of one new alert");
    await beat(line, { found: many });
    expect(opened(line)).toBe(5);
  });

  test("opens nothing beyond twenty open issues", async () => {
    const line = newLine({ config: ASKING });
    for (let n = 0; n < 7; n += 1) {
      await beat(line, { found: [1, 2, 3].map((one) => found(`E${n}-${one}`)) });
    }
    expect(opened(line)).toBe(18);
    const result = await beat(line, { found: [1, 2, 3].map((one) => found(`F${one}`)) });
    expect(result.refusals).toMatchObject([{ code: "limit-exceeded", hint: "close-incidents" }]);
  });

  test("that could not be asked for is said on one issue, however long that lasts", async () => {
    const line = newLine({ config: ASKING });
    const result = await beat(line, { refusals: [UNREAD] });
    expect(result).toMatchObject({ ok: true, refusals: [UNREAD] });
    expect(result.summary).toContain("did not answer");
    const issue = line.github.issue(1);
    expect(issue).toMatchObject({ title: "Alerts cannot be asked for", labels: [] });
    expect(issue.body).toContain("HTTP 503");
    hours(line, 1);
    await beat(line, { refusals: [UNREAD] });
    expect(() => line.github.issue(2)).toThrow();
  });

  test("says the same where a token is missing", async () => {
    const line = newLine({ config: ASKING });
    const polled = await createSentry({ token: "" }).poll(
      Sentry.parse({ organization: "shop", project: 1 }),
    );
    const result = await beat(line, polled);
    expect(result.ok).toBe(true);
    expect(line.github.issue(1).body).toContain("gh secret set SENTRY_AUTH_TOKEN");
  });

  test("keeps what it could not hear of from being called resolved", async () => {
    const line = newLine({ config: ASKING });
    await beat(line, { found: [found("TypeError", at(0), { release: "v1" })] });
    await work(line, 1);
    hours(line, 30);
    await beat(line, { refusals: [UNREAD] });
    expect(line.github.issue(1).state).toBe("open");
    // Nor is what has just been heard of.
    await beat(line, { found: [found("TypeError", at(29), { release: "v1" })] });
    expect(line.github.issue(1).state).toBe("open");
    hours(line, 25);
    await beat(line);
    expect(line.github.issue(1).state).toBe("closed");
  });

  test("is a defect that escaped where its release holds the fix", async () => {
    const line = newLine({ config: ASKING });
    await beat(line, { found: [found("TypeError", at(0), { release: "v1" })] });
    await work(line, 1);
    line.github.release("v2", true);
    hours(line, 2);
    await beat(line, {
      found: [found("TypeError", at(2), { release: "v2" }), found("Other", at(2))],
    });
    const events = ledgerOf(line.github, 1).map(({ event }) => event);
    expect(events.at(-1)).toMatchObject({
      kind: "escaped",
      commit: line.github.head(),
      release: "v2",
    });
  });

  test("is asked for by the clock alone, and only where the config names a source", async () => {
    const line = newLine({ config: ASKING });
    line.nextRun();
    await line.run("incident", { event: alerted(line.github, { alert: { type: "x" } }) });
    const unasked = newLine();
    unasked.nextRun();
    expect(await unasked.run("incident", { event: HOURLY })).toMatchObject({ ok: true });
  });

  test("finds its issues by the label of another prefix, too", async () => {
    const line = newLine({ config: `${ASKING}prefix: "mill:"\n` });
    await beat(line, { found: [found("TypeError")] });
    expect(line.github.issue(1).labels).toEqual(["mill:incident"]);
    hours(line, 1);
    await beat(line, { found: [found("TypeError", at(1))] });
    expect(opened(line)).toBe(1);
    expect(pulseOf(line, 1)).toMatchObject({ count: 2 });
  });
});
