import { describe, expect, test } from "vitest";
import {
  brokenByMerge,
  type ProbeResult,
  type ProbeStatus,
  statusOfProbes,
  wasSeenLive,
} from "../../src/domain/smoke.ts";

const MERGE = "d".repeat(40);
const PARENT = "e".repeat(40);
const OTHER = "f".repeat(40);

const FAILED = { status: "failed", found: "HTTP 500", durationMs: 1 } as const;
const BROKEN: ProbeResult = {
  id: "0123456789abcdef",
  url: "https://example.com/health",
  status: "failed",
  found: "HTTP 500",
  durationMs: 1,
  tries: [FAILED, FAILED, FAILED],
  before: { status: "passed", commit: PARENT, seen: "in-this-job" },
};

test.each<readonly [readonly ProbeStatus[], string]>([
  [[], "nothing-to-probe"],
  [["passed"], "passed"],
  [["passed", "flaky"], "flaky"],
  [["flaky", "red-before"], "red-before"],
  [["red-before", "unreachable"], "unreachable"],
  [["unreachable", "failed", "passed"], "failed"],
])("probes %j come to %s", (statuses, status) => {
  expect(statusOfProbes(statuses.map((one) => ({ status: one })))).toBe(status);
});

describe("what a merge broke", () => {
  const of = (change: Partial<ProbeResult>, smoke = {}) =>
    brokenByMerge(
      { mergeSha: MERGE, liveSha: MERGE, probes: [{ ...BROKEN, ...change }], ...smoke },
      PARENT,
    );

  test("is a probe that passed at its parent and fails at every try, while it is live", () => {
    expect(of({})).toEqual([BROKEN]);
    const recorded = { status: "passed", commit: PARENT, seen: "recorded" } as const;
    expect(of({ before: recorded })).toHaveLength(1);
  });

  test.each<[string, Partial<ProbeResult>, object?]>([
    ["that nobody saw before", { before: { status: "unknown" } }],
    [
      "that failed before",
      { status: "red-before", before: { status: "failed", commit: PARENT, seen: "recorded" } },
    ],
    ["that was flaky before", { before: { status: "flaky", commit: PARENT, seen: "in-this-job" } }],
    [
      "that passed at an older commit, with another merge in between",
      { before: { status: "passed", commit: OTHER, seen: "recorded" } },
    ],
    ["that passes at some tries", { status: "flaky" }],
    ["that nobody reached", { status: "unreachable" }],
    ["that failed once", { tries: [FAILED] }],
    ["of a commit that nobody saw", {}, { liveSha: null }],
    ["of another commit", {}, { liveSha: OTHER }],
  ])("is none %s", (...[, change, smoke]) => {
    expect(of(change, smoke)).toEqual([]);
  });

  test("is none where nobody knows its parent", () => {
    expect(brokenByMerge({ mergeSha: MERGE, liveSha: MERGE, probes: [BROKEN] }, undefined)).toEqual(
      [],
    );
  });
});

test.each([
  [MERGE, true],
  [OTHER, false],
  [null, false],
])("with %j live, that the merge was seen is %j", (liveSha, seen) => {
  expect(wasSeenLive({ mergeSha: MERGE, liveSha })).toBe(seen);
});
