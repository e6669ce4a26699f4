import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fingerprintOf } from "../../../src/domain/incident/fingerprint.ts";
import { ownFrames } from "../../../src/domain/incident/own-frames.ts";
import { readAlert } from "../../../src/domain/incident/read-alert.ts";
import { ListedIssue, readSentryEvent } from "../../../src/domain/incident/sources/sentry-api.ts";
import { payloadOf } from "./payloads.ts";

const LISTED = {
  id: "4242",
  lastSeen: "2026-11-28T09:00:00.123456Z",
  count: "17",
  permalink: "https://shop.sentry.io/issues/4242/",
};
const PATHS = ["src/server.ts", "src/cart/total.ts"];

describe("an event of Sentry's API", () => {
  test("is the same incident as the hook of that error, with what the list says of it", () => {
    const { incident, lastSeen } = readSentryEvent(
      payloadOf("sentry-api-event"),
      ListedIssue.parse(LISTED),
    );
    const sent = readAlert({ sentry: payloadOf("sentry-event-alert") });
    if ("refusal" in sent) throw new Error("the hook was not read");
    const { url: _, ...same } = sent.incident;
    expect(incident).toEqual({ ...same, url: LISTED.permalink, reported: 17 });
    expect(lastSeen).toBe(LISTED.lastSeen);
    const print = (one: typeof incident) => fingerprintOf(one, ownFrames(one.frames, PATHS));
    expect(print(incident)).toBe(print(sent.incident));
  });

  test.each([
    ["no entries", { title: "boom" }, { type: "boom", frames: [] }],
    ["entries of other kinds", { title: "boom", entries: [{ type: "message", data: null }] }, {}],
    ["no title", { message: "said", culprit: "here" }, { type: "said", group: ["here"] }],
    ["numbers where texts are", { title: 7, message: 8, entries: "none" }, { type: "error" }],
    ["a release that is a text", { title: "boom", release: "v1" }, {}],
  ])("with %s says what it says", (_, event, expected) => {
    const { incident } = readSentryEvent(event, ListedIssue.parse(LISTED));
    expect(incident).toMatchObject({ source: "sentry", status: "firing", ...expected });
    expect(incident.release).toBeUndefined();
  });

  test("is read where parts of it are of no use", () => {
    const frames = [7, { filename: "src/a.ts", lineNo: 3, inApp: true }, { absPath: "/b.ts" }];
    const event = {
      title: "boom",
      entries: [
        7,
        {
          type: "exception",
          data: { values: [7, { type: "T", value: "v", stacktrace: { frames } }] },
        },
        { type: "request", data: { headers: [["User-Agent", "u"]] } },
      ],
    };
    const listed = ListedIssue.parse({ id: "1", lastSeen: LISTED.lastSeen });
    expect(readSentryEvent(event, listed)).toStrictEqual({
      incident: {
        source: "sentry",
        status: "firing",
        type: "T",
        message: "v",
        frames: [
          { path: "b.ts", foreign: false },
          { path: "src/a.ts", line: 3, foreign: false },
        ],
        group: [],
        userAgent: "u",
      },
      lastSeen: LISTED.lastSeen,
    });
    const stackless = { entries: [{ type: "exception", data: { values: [{ type: "T" }] } }] };
    expect(readSentryEvent(stackless, listed).incident).toStrictEqual({
      source: "sentry",
      status: "firing",
      type: "T",
      message: "",
      frames: [],
      group: [],
    });
  });

  test.each([[null], ["text"], [[]], [7]])("that is %j is none", (event) => {
    expect(() => readSentryEvent(event, ListedIssue.parse(LISTED))).toThrow(z.ZodError);
  });

  test.each([
    { ...LISTED, id: "../../teams" },
    { ...LISTED, id: 4_242 },
    { ...LISTED, lastSeen: "yesterday" },
    { id: "1" },
  ])("is not asked for an issue that is listed as %j", (listed) => {
    expect(ListedIssue.safeParse(listed).success).toBe(false);
  });
});
