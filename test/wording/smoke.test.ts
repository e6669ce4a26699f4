import { describe, expect, test } from "vitest";
import { type ProbeResult, SmokeStatus } from "../../src/domain/smoke.ts";
import { sayProbe, saySmoke } from "../../src/wording/smoke.ts";

const MERGE = "d".repeat(40);
const OTHER = "e".repeat(40);

describe("what is said of a smoke test", () => {
  test.each(SmokeStatus.options)(
    "%s is called live where the merge was seen, and only there",
    (status) => {
      expect(saySmoke({ status, mergeSha: MERGE, liveSha: MERGE })).toMatch(/^seen live: /);
      for (const liveSha of [null, OTHER]) {
        expect(saySmoke({ status, mergeSha: MERGE, liveSha })).not.toContain("seen live");
      }
    },
  );

  test("says that nobody saw which commit answered, where something did", () => {
    const told = { mergeSha: MERGE, liveSha: null };
    expect(saySmoke({ ...told, status: "passed" })).toBe(
      "every probe passed; nobody saw which commit is live",
    );
    expect(saySmoke({ ...told, status: "not-deployed" })).toBe(
      "the deploy did not report this commit in time",
    );
  });
});

describe("what is said of a probe", () => {
  const tried = { status: "failed", found: "HTTP 500", durationMs: 1 } as const;
  const probe: ProbeResult = {
    id: "0123456789abcdef",
    url: "https://example.com/health",
    status: "failed",
    found: "HTTP 500",
    durationMs: 1,
    tries: [tried, tried, tried],
    before: { status: "unknown" },
  };

  test.each<[Partial<ProbeResult>, string]>([
    [{}, "failed, 3 tries, before the merge: unknown"],
    [
      { before: { status: "passed", commit: OTHER, seen: "recorded" } },
      "failed, 3 tries, before the merge: passed at eeeeeee",
    ],
    [
      { before: { status: "passed", commit: OTHER, seen: "recorded", at: "2026-11-02T09:10:11Z" } },
      "failed, 3 tries, before the merge: passed at eeeeeee, recorded 2026-11-02 09:10 UTC",
    ],
    [{ status: "red-before" }, "red before, 3 tries"],
    [{ status: "passed", tries: [{ ...tried, status: "passed" }] }, "passed"],
    [
      { status: "red-before", program: { from: OTHER, changed: "unknown" } },
      "red before, 3 tries, the program of eeeeeee, before the change",
    ],
    [
      { status: "unreachable", program: { from: OTHER, changed: "yes" } },
      "unreachable, 3 tries, the program of eeeeeee, before the change, which writes it anew",
    ],
  ])("%j: %s", (change, said) => {
    expect(sayProbe({ ...probe, ...change })).toBe(said);
  });
});
