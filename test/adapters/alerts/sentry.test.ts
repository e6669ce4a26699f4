import { describe, expect, test } from "vitest";
import { createSentry, type SentryOptions } from "../../../src/adapters/alerts/sentry.ts";
import { Sentry } from "../../../src/domain/config/incidents.ts";
import { payloadOf } from "../../domain/incident/payloads.ts";
import { createFakeSentry, type FakeIssue, SENTRY_TOKEN } from "../../fakes/sentry.ts";

const SEEN = "2026-11-28T09:00:00Z";
const EVENT = payloadOf("sentry-api-event");

function issues(count: number): FakeIssue[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${at + 1}`,
    lastSeen: SEEN,
    count: `${at + 3}`,
    event: EVENT,
  }));
}

function poll(url: string, options: Partial<SentryOptions> = {}, organization = "shop") {
  const from = Sentry.parse({ url, organization, project: 4_242 });
  return createSentry({ token: SENTRY_TOKEN, ...options }).poll(from);
}

describe("a poll of Sentry", () => {
  test("asks for the unresolved issues of the last hours, and for the latest event of each", async () => {
    await using sentry = await createFakeSentry(issues(2));
    const { found, refusals } = await poll(sentry.url);
    expect(refusals).toEqual([]);
    expect(found).toMatchObject([
      { lastSeen: SEEN, incident: { type: "TypeError", reported: 3 } },
      { lastSeen: SEEN, incident: { type: "TypeError", reported: 4 } },
    ]);
    const place = "/api/0/organizations/shop/issues/";
    expect(sentry.requests).toEqual([
      `${place}?project=4242&query=is%3Aunresolved&sort=date&statsPeriod=3h&limit=25`,
      `${place}1/events/latest/`,
      `${place}2/events/latest/`,
    ]);
  });

  test("reads two pages, and says that there are more", async () => {
    await using sentry = await createFakeSentry(issues(26));
    const whole = await poll(sentry.url);
    expect(whole.found).toHaveLength(26);
    expect(whole.refusals).toEqual([]);
    await using more = await createFakeSentry(issues(60));
    const { found, refusals } = await poll(more.url);
    expect(found).toHaveLength(50);
    expect(refusals).toMatchObject([{ code: "alerts-unread", found: "more than 50" }]);
  });

  test("without a token asks nobody, and says which secret is missing", async () => {
    await using sentry = await createFakeSentry(issues(1));
    expect(await poll(sentry.url, { token: "" })).toMatchObject({
      found: [],
      refusals: [
        { code: "secret-missing", subject: "SENTRY_AUTH_TOKEN", hint: "set-sentry-token" },
      ],
    });
    expect(sentry.requests).toEqual([]);
  });

  test.each<readonly [string, { readonly token?: string }, string, string]>([
    ["a token that it does not know", { token: "another" }, "shop", "HTTP 401"],
    ["an organization that the token is not for", {}, "other", "HTTP 403"],
  ])("says it of %s", async (_, options, organization, found) => {
    await using sentry = await createFakeSentry(issues(1));
    const polled = await poll(sentry.url, options, organization);
    expect(polled).toMatchObject({ found: [], refusals: [{ code: "alerts-unread", found }] });
    expect(polled.refusals[0]?.subject).toContain(`/organizations/${organization}/issues/`);
    expect(JSON.stringify(polled)).not.toContain(options.token ?? SENTRY_TOKEN);
  });

  test("follows no redirect: it would take the token along", async () => {
    await using thief = await createFakeSentry(issues(1));
    await using sentry = await createFakeSentry(issues(1));
    sentry.answerNext("/issues/", (response) => {
      response.writeHead(302, { location: `${thief.url}/api/0/organizations/shop/issues/` });
      response.end();
    });
    expect((await poll(sentry.url)).refusals).toMatchObject([{ found: "HTTP 302" }]);
    expect(thief.requests).toEqual([]);
  });

  test.each([
    ["a list that is none", "/issues/", '{"detail": "hello"}'],
    ["a list that is no JSON", "/issues/", "<html>"],
    ["an entry that names no issue", "/issues/", '[{"id": "../x", "lastSeen": "now"}]'],
    ["an event that is none", "/latest/", "[]"],
    ["a list without an end", "/issues/", `["${"x".repeat(2_100_000)}"]`],
  ])("says it of %s", async (_, words, body) => {
    await using sentry = await createFakeSentry(issues(1));
    sentry.answerNext(words, (response) => {
      response.writeHead(200);
      response.end(body);
    });
    const { found, refusals } = await poll(sentry.url);
    expect(found).toEqual([]);
    expect(refusals).toMatchObject([{ code: "alerts-unread" }]);
  });

  test("goes on after an event that it cannot read", async () => {
    await using sentry = await createFakeSentry(issues(3));
    sentry.answerNext("/2/events", (response) => {
      response.writeHead(500);
      response.end();
    });
    const { found, refusals } = await poll(sentry.url);
    expect(found).toHaveLength(2);
    expect(refusals).toMatchObject([{ found: "HTTP 500" }]);
  });

  test("ends: an answer that does not come, and a poll that takes too long", async () => {
    await using sentry = await createFakeSentry(issues(2));
    sentry.answerNext("/1/events", () => {});
    // Long enough for the answers that do come, on a busy machine too.
    const slow = await poll(sentry.url, { requestMs: 2_000 });
    expect(slow.found).toHaveLength(1);
    expect(slow.refusals).toHaveLength(1);
    const over = await poll(sentry.url, { pollMs: 0 });
    expect(over).toMatchObject({
      found: [],
      refusals: [{ found: expect.stringContaining("over") }],
    });
  });

  test("names few of many failures", async () => {
    await using sentry = await createFakeSentry(issues(9));
    for (let at = 1; at <= 9; at += 1) {
      sentry.answerNext(`/${at}/events`, (response) => {
        response.writeHead(503);
        response.end();
      });
    }
    const { found, refusals } = await poll(sentry.url);
    expect(found).toEqual([]);
    expect(refusals).toHaveLength(5);
  });
});
