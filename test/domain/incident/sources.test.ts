import { describe, expect, test } from "vitest";
import { readAlert } from "../../../src/domain/incident/read-alert.ts";

const read = (payload: object) => {
  const reading = readAlert(payload);
  return "incident" in reading ? reading.incident : reading.refusal;
};
const alarm = { status: "firing", message: "", frames: [], group: [] };

describe("Sentry", () => {
  const sent = (data: object, action = "triggered") => read({ sentry: { action, data } });
  const event = { ...alarm, source: "sentry" };

  test.each<readonly [string, object, object]>([
    ["nothing", {}, { type: "error" }],
    ["a title", { title: "t" }, { type: "t", message: "t" }],
    ["a message", { message: "m" }, { type: "m", message: "m" }],
    ["both", { title: "t", message: "m" }, { type: "t", message: "m" }],
    [
      "all of it",
      {
        title: "t",
        culprit: "here",
        release: "v1",
        web_url: "https://sentry.example/1",
        exception: {
          values: [
            { type: "First", value: "cause" },
            {
              type: "Last",
              value: "thrown",
              stacktrace: { frames: [{ filename: "outer" }, { filename: "inner" }] },
            },
            7,
          ],
        },
        request: {
          headers: [["Accept", "*"], 7, ["User-Agent", "u".repeat(301)], ["User-Agent", "second"]],
        },
      },
      {
        type: "Last",
        message: "thrown",
        frames: [
          { path: "inner", foreign: false },
          { path: "outer", foreign: false },
        ],
        group: ["here"],
        release: "v1",
        url: "https://sentry.example/1",
        userAgent: "u".repeat(300),
      },
    ],
    [
      "parts that are of no use",
      { title: "t", exception: "none", request: { headers: [["Accept", "*"]] } },
      { type: "t", message: "t" },
    ],
  ])("an event that says %s", (_what, said, expected) => {
    expect(sent({ event: said })).toStrictEqual({ ...event, ...expected });
    expect(sent({ error: said })).toStrictEqual({ ...event, ...expected });
  });

  test.each<readonly [string, string, object, object]>([
    ["that is new", "created", {}, { status: "firing" }],
    ["that comes back", "unresolved", {}, { status: "firing" }],
    ["that is over", "resolved", {}, { status: "over" }],
    ["that is given to somebody", "assigned", {}, { status: "other" }],
    [
      "of which all is known",
      "created",
      {
        culprit: "here",
        count: "12",
        web_url: "https://sentry.example/1",
        permalink: "https://sentry.example/2",
        metadata: { type: "T", value: "v", filename: "src/a.ts", function: "f" },
      },
      {
        type: "T",
        message: "v",
        group: ["here"],
        reported: 12,
        url: "https://sentry.example/1",
        frames: [{ path: "src/a.ts", function: "f", foreign: false }],
      },
    ],
    [
      "whose address has its other name",
      "created",
      { permalink: "https://sentry.example/2", metadata: null },
      { url: "https://sentry.example/2" },
    ],
  ])("an issue %s", (_what, action, said, expected) => {
    const known = { ...event, type: "title", message: "title" };
    expect(sent({ issue: { title: "title", ...said } }, action)).toStrictEqual({
      ...known,
      ...expected,
    });
  });
});

describe("Alertmanager", () => {
  const all = { ...alarm, source: "alertmanager" };
  test.each<readonly [string, object, object]>([
    ["nothing more", { status: "firing" }, { type: "alert" }],
    ["that it is over", { status: "resolved" }, { type: "alert", status: "over" }],
    [
      "labels and notes of the group before those of an alert",
      {
        status: "firing",
        externalURL: "https://alerts.example",
        groupLabels: { job: "shop", alertname: "group", env: "live" },
        commonLabels: { alertname: "common", release: "v1" },
        commonAnnotations: { summary: "said", description: "at length", release: "v2" },
        alerts: [{ status: "firing", labels: { alertname: "own" }, annotations: { summary: "x" } }],
      },
      {
        type: "common",
        message: "said",
        group: ["alertname=group", "env=live", "job=shop"],
        release: "v1",
        url: "https://alerts.example",
      },
    ],
    [
      "labels of the group where nothing is common",
      {
        status: "firing",
        groupLabels: { alertname: "group" },
        commonLabels: { alertname: "", other: "x" },
        commonAnnotations: { description: "at length", release: "v2" },
      },
      { type: "group", message: "at length", group: ["alertname=group"], release: "v2" },
    ],
    [
      "labels and notes of the first alert that fires",
      {
        status: "firing",
        alerts: [
          7,
          { status: "resolved", labels: { alertname: "over" }, annotations: { summary: "over" } },
          { status: "firing", labels: { alertname: "first" }, annotations: { summary: "one" } },
          { status: "firing", labels: { alertname: "second" }, annotations: { summary: "two" } },
        ],
      },
      { type: "first", message: "one" },
    ],
    [
      "labels that are no texts, and a list of labels",
      { status: "firing", groupLabels: { b: 7, a: "x" }, commonLabels: ["alertname"] },
      { type: "alert", group: ["a=x"] },
    ],
    [
      "more labels than are kept",
      {
        status: "firing",
        groupLabels: Object.fromEntries(
          Array.from({ length: 21 }, (_, index) => [`l${String(index + 10)}`, "x"]).toReversed(),
        ),
      },
      {
        type: "alert",
        group: Array.from({ length: 20 }, (_, index) => `l${String(index + 10)}=x`),
      },
    ],
  ])("a group that says %s", (_what, alertmanager, expected) => {
    expect(read({ alertmanager })).toStrictEqual({ ...all, ...expected });
  });
});

describe("Datadog", () => {
  const alert = { title: "3 hosts of 5", alert_transition: "Triggered" };
  test.each<readonly [string, object, object]>([
    ["by its title", {}, { type: "0 hosts of 0", message: "3 hosts of 5" }],
    ["that is over", { alert_transition: "Recovered" }, { status: "over", type: "0 hosts of 0" }],
    [
      "with all it may say",
      { alert_id: "7", body: "b", link: "https://dd.example", release: "v1" },
      {
        type: "monitor 7",
        message: "3 hosts of 5: b",
        url: "https://dd.example",
        release: "v1",
      },
    ],
    [
      "with much to say",
      { body: "b".repeat(1_000) },
      { type: "0 hosts of 0", message: `3 hosts of 5: ${"b".repeat(986)}` },
    ],
  ])("a monitor %s", (_what, more, expected) => {
    const message = "3 hosts of 5";
    expect(read({ datadog: { ...alert, ...more } })).toStrictEqual({
      ...alarm,
      source: "datadog",
      message,
      ...expected,
    });
  });
});

describe("PagerDuty", () => {
  const sent = (event_type: string, more: object = {}) =>
    read({ pagerduty: { event: { event_type, data: { title: "3 down", ...more } } } });
  const known = { ...alarm, source: "pagerduty", type: "0 down", message: "3 down" };

  test.each([
    ["incident.triggered", "firing"],
    ["incident.reopened", "firing"],
    ["incident.resolved", "over"],
    ["incident.acknowledged", "other"],
  ])("%s is %s", (type, status) => {
    expect(sent(type)).toStrictEqual({ ...known, status });
  });

  test("names the service and the page, where they are known", () => {
    const more = { html_url: "https://pd.example/1", service: { summary: "Shop" } };
    expect(sent("incident.triggered", more)).toStrictEqual({
      ...known,
      group: ["Shop"],
      url: "https://pd.example/1",
    });
    expect(sent("incident.triggered", { service: { summary: " " } })).toStrictEqual(known);
    expect(sent("incident.triggered", { service: 7 })).toStrictEqual(known);
  });
});

describe("any other sender", () => {
  test("says as much as it knows", () => {
    const known = { ...alarm, source: "alert", type: "T" };
    expect(read({ alert: { type: "T" } })).toStrictEqual(known);
    const told = { message: "m", release: "v1", url: "https://x.example", userAgent: "u" };
    expect(read({ alert: { type: "T", status: "over", count: 2, ...told } })).toStrictEqual({
      ...known,
      ...told,
      status: "over",
      reported: 2,
    });
  });

  test("names the innermost calls first, of which fifty are kept", () => {
    const frames = Array.from({ length: 51 }, (_, index) => ({ path: `f${index}` }));
    const expected = frames.slice(0, 50).map((frame) => ({ ...frame, foreign: false }));
    expect(read({ alert: { type: "T", frames } })).toMatchObject({ frames: expected });
    expect(read({ alert: { type: "T", frames: "none" } })).toMatchObject({ frames: [] });
  });
});
