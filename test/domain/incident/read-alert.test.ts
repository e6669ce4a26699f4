import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAlert } from "../../../src/domain/incident/read-alert.ts";
import { Refusal } from "../../../src/domain/refusal.ts";
import { type PayloadName, payloadOf } from "./payloads.ts";

function read(payload: unknown) {
  const reading = readAlert(payload);
  return "incident" in reading ? reading.incident : reading.refusal;
}

describe("readAlert", () => {
  test.each<[string, PayloadName, object]>([
    [
      "sentry",
      "sentry-event-alert",
      {
        status: "firing",
        type: "TypeError",
        message: "price is undefined",
        release: "1111111111111111111111111111111111111111",
        url: "https://sentry.example/organizations/shop/issues/4242/events/0123/",
        userAgent: "Mozilla/5.0 (X11; Linux x86_64)",
        frames: [
          { path: "srv/app/src/cart/total.ts", function: "totalOf", line: 12, foreign: false },
          { path: "srv/app/src/server.ts", function: "handle", line: 31, foreign: false },
          {
            path: "srv/app/node_modules/express/lib/router/index.js",
            function: "next",
            line: 275,
            foreign: true,
          },
        ],
      },
    ],
    [
      "sentry",
      "sentry-issue",
      {
        status: "firing",
        type: "TypeError",
        reported: 10_000,
        frames: [{ path: "src/cart/total.ts", function: "totalOf", foreign: false }],
      },
    ],
    [
      "alertmanager",
      "alertmanager",
      {
        status: "firing",
        type: "ManyErrors",
        message: "One request in twenty fails",
        group: ["alertname=ManyErrors", "job=shop"],
        release: "v1.4.0",
      },
    ],
    [
      "grafana",
      "grafana",
      {
        status: "firing",
        type: "Slow checkout",
        message: "The checkout takes 4 s",
        group: ["alertname=Slow checkout"],
      },
    ],
    [
      "pagerduty",
      "pagerduty",
      {
        status: "firing",
        type: "0 of 0 hosts do not answer",
        message: "3 of 5 hosts do not answer",
        group: ["Shop"],
      },
    ],
    ["datadog", "datadog", { status: "firing", type: "monitor 4711", release: "v1.4.0" }],
    [
      "alert",
      "generic",
      {
        status: "firing",
        type: "KeyError",
        reported: 3,
        frames: [
          { path: "opt/shop/cart/total.py", function: "total_of", line: 12, foreign: false },
          {
            path: "usr/lib/python3/site-packages/flask/app.py",
            function: "dispatch",
            line: 1,
            foreign: true,
          },
        ],
      },
    ],
  ])("reads what %s sends (%s)", (source, name, expected) => {
    expect(read({ [source]: payloadOf(name) })).toMatchObject({ source, ...expected });
  });

  test.each<[string, unknown, string]>([
    ["Alertmanager", { alertmanager: { status: "resolved" } }, "over"],
    ["PagerDuty", { pagerduty: pagerDuty("incident.resolved") }, "over"],
    ["PagerDuty, in passing", { pagerduty: pagerDuty("incident.acknowledged") }, "other"],
    ["Datadog", { datadog: { title: "x", alert_transition: "Recovered" } }, "over"],
    ["Sentry", { sentry: { action: "resolved", data: { issue: { title: "x" } } } }, "over"],
    [
      "Sentry, in passing",
      { sentry: { action: "assigned", data: { issue: { title: "x" } } } },
      "other",
    ],
    ["anybody", { alert: { type: "x", status: "over" } }, "over"],
  ])("hears that it is no alarm any more, or none: %s", (_source, payload, status) => {
    expect(read(payload)).toMatchObject({ status });
  });

  test.each<[string, unknown, string, string]>([
    ["nothing", null, "client_payload", "no object"],
    ["a list", [], "client_payload", "no object"],
    ["no key", {}, "client_payload", "no key"],
    ["an unknown key", { newrelic: {} }, "client_payload", "newrelic"],
    ["a key of an object's own", { constructor: {} }, "client_payload", "constructor"],
    ["two sources", { sentry: {}, alert: {} }, "client_payload", "sentry, alert"],
    ["no type", { alert: {} }, "client_payload.alert.type", "Invalid input"],
    ["an empty type", { alert: { type: " \n" } }, "client_payload.alert.type", "not empty"],
    ["an unknown key of ours", { alert: { type: "x", kind: "y" } }, "client_payload.alert", "kind"],
    ["no transition", { datadog: { title: "x" } }, "client_payload.datadog.alert_transition", ""],
  ])("refuses %s and says where", (_what, payload, subject, found) => {
    expect(read(payload)).toMatchObject({
      code: "event-not-understood",
      subject,
      found: expect.stringContaining(found),
      hint: "read-how-alerts-are-sent",
    });
  });

  test.each<[unknown, object]>([
    [
      7,
      {
        subject: "client_payload",
        found: "no object",
        accepted: "sentry, alertmanager, grafana, pagerduty, datadog, alert",
      },
    ],
    [
      { key: "queue" },
      {
        subject: "client_payload",
        found: "no key",
        accepted: "exactly one of sentry, alertmanager, grafana, pagerduty, datadog, alert",
      },
    ],
    [
      { alert: { type: "x" }, more: 1 },
      {
        subject: "client_payload",
        found: "alert, more",
        accepted: "exactly one of sentry, alertmanager, grafana, pagerduty, datadog, alert",
      },
    ],
    [
      Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, 1])),
      {
        subject: "client_payload",
        found: "k0, k1, k2, k3, k4, k5, k6, k7, k8, k9",
        accepted: "exactly one of sentry, alertmanager, grafana, pagerduty, datadog, alert",
      },
    ],
    [
      { ["k".repeat(400)]: 1 },
      {
        subject: "client_payload",
        found: "k".repeat(300),
        accepted: "exactly one of sentry, alertmanager, grafana, pagerduty, datadog, alert",
      },
    ],
    [
      { alert: { type: "" } },
      { subject: "client_payload.alert.type", found: "expected a text that is not empty" },
    ],
    [
      { pagerduty: { event: { event_type: "x", data: { title: " " } } } },
      {
        subject: "client_payload.pagerduty.event.data.title",
        found: "expected a text that is not empty",
      },
    ],
  ])("refuses %j with all that a person needs", (payload, expected) => {
    expect(readAlert(payload)).toStrictEqual({
      refusal: { code: "event-not-understood", hint: "read-how-alerts-are-sent", ...expected },
    });
  });

  test("leaves the key of the queue alone", () => {
    expect(read({ key: "anything", alert: { type: "x" } })).toMatchObject({ type: "x" });
  });

  test("any JSON is an incident within bounds or a refusal", () => {
    const source = fc.constantFrom(
      "sentry",
      "alertmanager",
      "grafana",
      "pagerduty",
      "datadog",
      "alert",
    );
    fc.assert(
      fc.property(source, fc.jsonValue({ maxDepth: 6 }), (name, body) => {
        const reading = readAlert({ [name]: body });
        if ("refusal" in reading) {
          expect(Refusal.safeParse(reading.refusal).error).toBeUndefined();
          return;
        }
        expect(JSON.stringify(reading.incident).length).toBeLessThan(60_000);
      }),
      { numRuns: 300 },
    );
  });

  test("a value of any kind in any place of a known shape is read or refused", () => {
    const names = ["sentry-event-alert", "sentry-issue", "alertmanager", "pagerduty"] as const;
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.jsonValue(), (name, place, value) => {
        const source = name.replace(/-.*$/, "");
        const reading = readAlert({ [source]: withChanged(payloadOf(name), place, value) });
        expect("incident" in reading || reading.refusal.code === "event-not-understood").toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("reads what is far too long in the time of one look", () => {
    const long = "a \u0000".repeat(2_000_000);
    const frames = Array.from({ length: 200_000 }, () => ({ filename: "src/a.ts" }));
    const event = { title: long, exception: { values: [{ type: long, stacktrace: { frames } }] } };
    const began = performance.now();
    const incident = read({ sentry: { action: "triggered", data: { event } } });
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(incident).toMatchObject({ type: expect.stringMatching(/^[a ]{1,200}$/) });
  });
});

function pagerDuty(type: string) {
  return { event: { event_type: type, data: { title: "x" } } };
}

/** The value with what stands at one of its places, counted in order, replaced. */
function withChanged(value: unknown, place: number, by: unknown): unknown {
  let left = place % placesOf(value);
  const walk = (one: unknown): unknown => {
    if (left === 0) {
      left = -1;
      return by;
    }
    left -= 1;
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, member]) => [key, walk(member)]));
  };
  return walk(value);
}

function placesOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, member) => sum + placesOf(member), 1);
}
