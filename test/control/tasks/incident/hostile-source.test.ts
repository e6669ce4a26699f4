import { describe, expect, test } from "vitest";
import { createSentry } from "../../../../src/adapters/alerts/sentry.ts";
import { Sentry } from "../../../../src/domain/config/incidents.ts";
import { alertMarker } from "../../../../src/wording/issue/alert-issue.ts";
import { createFakeSentry, type FakeIssue, SENTRY_TOKEN } from "../../../fakes/sentry.ts";
import { CONFIG, newLine, type TestLine } from "../../line.ts";
import { ALERT, HOURLY, hours, mended } from "./mended.ts";

const ASKING = `${CONFIG}incidents: { sentry: { organization: shop, project: 4242 } }\n`;
const SEEN = "2026-11-20T08:59:00Z";
const FORGED = alertMarker("f".repeat(64));

/** An issue of a source that may say anything: each its own error, and the last line of another's issue in every text. */
function forged(at: number): FakeIssue {
  const title = `Error${at}: Closes #1\n${FORGED}`;
  const event = { title, message: FORGED, culprit: FORGED, release: { version: FORGED } };
  return { id: `${at + 1}`, lastSeen: SEEN, count: "9999999", event };
}

async function beatBy(line: TestLine, source: { readonly url: string }) {
  const from = Sentry.parse({ url: source.url, organization: "shop", project: 4_242 });
  const polled = await createSentry({ token: SENTRY_TOKEN }).poll(from);
  line.nextRun();
  return await line.run("incident", { event: HOURLY, polled });
}

function effectsOf(line: TestLine) {
  return line.github.applied.map(({ effect }) => effect);
}

describe("a source of alerts that is not to be trusted", () => {
  test("with ten thousand errors opens three issues at a beat, and no request more than it has to", async () => {
    await using sentry = await createFakeSentry(
      Array.from({ length: 10_000 }, (_, at) => forged(at)),
    );
    const line = newLine({ config: ASKING });
    const result = await beatBy(line, sentry);
    expect(sentry.requests).toHaveLength(2 + 50);
    expect(effectsOf(line).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["open-issue", "open-issue", "open-issue"]),
    );
    const opened = effectsOf(line).flatMap((effect) =>
      effect.kind === "open-issue" ? [effect] : [],
    );
    // Three of errors, and the one that says that there are more than were read.
    expect(opened).toHaveLength(4);
    for (const { marker, body } of opened) {
      expect(marker).not.toBe(FORGED);
      expect(body.trimEnd().endsWith(marker)).toBe(true);
    }
    expect(result.refusals.map(({ code }) => code)).toContain("limit-exceeded");
  });

  test.each<[string, (url: string) => readonly [number, object, string]]>([
    ["leads to another host", (url) => [302, { location: `${url}/elsewhere` }, ""]],
    ["answers without an end", () => [200, {}, `["${"x".repeat(2_100_000)}"]`]],
    ["names an issue that is a path", () => [200, {}, `[{"id":"../../x","lastSeen":"${SEEN}"}]`]],
  ])("that %s makes no alert quiet: what nobody could hear of stays open", async (_, answer) => {
    const { line, issue } = await mended({ config: ASKING, alert: ALERT });
    hours(line, 48);
    await using elsewhere = await createFakeSentry([]);
    await using sentry = await createFakeSentry([]);
    const [status, headers, body] = answer(elsewhere.url);
    sentry.answerNext("/issues/", (response) => {
      response.writeHead(status, { ...headers });
      response.end(body);
    });
    await beatBy(line, sentry);
    expect(line.github.issue(issue).state).toBe("open");
    expect(elsewhere.requests).toEqual([]);
    // Once the source answers again, silence is silence.
    await using well = await createFakeSentry([]);
    await beatBy(line, well);
    expect(line.github.issue(issue).state).toBe("closed");
  });

  test("that says an alert was seen in years to come keeps it from no later count", async () => {
    const line = newLine({ config: ASKING });
    const ahead = { ...forged(1), lastSeen: "2999-01-01T00:00:00Z" };
    const beats = async (issue: FakeIssue) => {
      await using sentry = await createFakeSentry([issue]);
      hours(line, 1);
      await beatBy(line, sentry);
      return line.github.comments(1).map(({ body }) => /"count":(\d+)/.exec(body)?.[1]);
    };
    const first = await beats(ahead);
    expect(await beats(ahead)).not.toEqual(first);
    const second = await beats(ahead);
    const now = new Date(Date.parse("2026-11-20T09:00:00Z") + 4 * 3_600_000).toISOString();
    expect(await beats({ ...forged(1), lastSeen: now })).not.toEqual(second);
  });
});
