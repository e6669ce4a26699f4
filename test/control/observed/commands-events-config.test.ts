import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCommand } from "../../../src/control/observed/command.ts";
import { readConfigText } from "../../../src/control/observed/config-text.ts";
import { readTrigger } from "../../../src/control/observed/event.ts";

describe("a command", () => {
  test.each([
    ["/factory approve", { name: "approve" }],
    ["/factory approve  \r\nthank you", { name: "approve" }],
    ["/factory stop\n\n/factory approve", { name: "stop" }],
    ["/factory stop!", { name: "stop" }],
    ["/factory stop please", { name: "stop" }],
    ["/factory STOP", { name: "stop" }],
    ["/Factory: **Stop**, now", { name: "stop" }],
    ["/factory   stop", { name: "stop" }],
    ["/factory approve!", { name: "unknown", line: "/factory approve!" }],
    ["/factory unstoppable", { name: "unknown", line: "/factory unstoppable" }],
    ["/factory rework: shorter", { name: "rework", text: "shorter" }],
    ["/factory rework shorter\nand kinder", { name: "rework", text: "shorter\nand kinder" }],
    ["/factory rework:\nkinder", { name: "rework", text: "kinder" }],
    ["/factory rework", { name: "unknown", line: "/factory rework" }],
    [
      `/factory approve lockfile ${"a".repeat(64)} `,
      { name: "approve-lockfile", digest: "a".repeat(64) },
    ],
    ["/factory approve lockfile", { name: "unknown", line: "/factory approve lockfile" }],
    ["/factory approve lockfile abc", { name: "unknown", line: "/factory approve lockfile abc" }],
    [
      `/factory approve lockfile x ${"a".repeat(64)}`,
      { name: "unknown", line: `/factory approve lockfile x ${"a".repeat(64)}` },
    ],
    [
      `/factory approve lockfile ${"a".repeat(64)} b`,
      { name: "unknown", line: `/factory approve lockfile ${"a".repeat(64)} b` },
    ],
    ["/factory reworked\nkinder", { name: "unknown", line: "/factory reworked" }],
    ["/factory rework \t shorter", { name: "rework", text: "shorter" }],
    [`/factory ${"x".repeat(300)}`, { name: "unknown", line: `/factory ${"x".repeat(191)}` }],
    ["/factory approve please", { name: "unknown", line: "/factory approve please" }],
    ["/factory Approve", { name: "unknown", line: "/factory Approve" }],
    ["/factory", { name: "unknown", line: "/factory" }],
    ["/factory\u00a0approve", undefined],
    ["please /factory approve", undefined],
    ["/Factory approve", undefined],
    ["\n/factory approve", undefined],
    ["∕factory approve", undefined],
    ["", undefined],
  ])("%j is read as %j", (body, command) => {
    expect(readCommand(body)).toEqual(command);
  });

  test("approves only where the first line is exactly that", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const body = `${before}/factory approve${after}`;
        const first = body.replaceAll("\r\n", "\n").split("\n")[0] ?? "";
        const approves = readCommand(body)?.name === "approve";
        expect(approves).toBe(first.replace(/[ \t]+$/, "") === "/factory approve");
      }),
    );
  });
});

describe("the config's text", () => {
  test("is the defaults where there is none", () => {
    expect(readConfigText(null)).toMatchObject({ config: { trust: { default: "open-pr" } } });
    expect(readConfigText("")).toMatchObject({ config: { prefix: "factory:" } });
  });

  test.each([
    ["a: [", "line"],
    ["version: 1\nversion: 1", "line 2"],
    ["limits:\n  attempts: 0\n", "line 2: limits.attempts"],
    ["smoke:\n  probes:\n    - get: ftp://x\n", "line 3: smoke.probes.0.get"],
    ["approve: maybe", "line 1: approve"],
    ["a: &x [1]\nb: *x\n", "alias"],
    [`# ${"x".repeat(70_000)}`, "characters"],
    ["- a", "config"],
  ])("%j is refused with its place", (text, place) => {
    const reading = readConfigText(text.length > 100 ? text : text);
    expect(reading).toMatchObject({ refusal: { code: "config-invalid" } });
    if ("refusal" in reading && place !== "config") expect(reading.refusal.found).toContain(place);
  });

  test("never throws and always says one or the other", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const reading = readConfigText(text);
        expect("config" in reading !== "refusal" in reading).toBe(true);
      }),
    );
  });
});

describe("a webhook payload", () => {
  const events = [
    "issues",
    "issue_comment",
    "workflow_dispatch",
    "pull_request",
    "schedule",
    "push",
  ];
  test("of any shape is a trigger or a refusal, never a throw", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...events, "__proto__", "toString"),
        fc.anything(),
        (name, payload) => {
          const reading = readTrigger({ name, payload });
          expect("trigger" in reading !== "refusal" in reading).toBe(true);
        },
      ),
    );
  });

  test("keeps nothing but what is known of it, and an unknown kind of account commands nothing", () => {
    const reading = readTrigger({
      name: "issue_comment",
      payload: {
        action: "created",
        issue: { number: 3, title: "x", pull_request: null },
        comment: { id: 9, body: null, user: {} },
        sender: { id: 4, login: "ghost", type: "Mannequin", site_admin: true },
      },
    });
    expect(reading).toEqual({
      trigger: {
        kind: "commented",
        issue: 3,
        comment: 9,
        body: "",
        onPullRequest: false,
        by: { id: 4, login: "ghost", type: "Bot" },
      },
    });
  });
});
