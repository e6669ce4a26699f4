import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayCommand, permissionAtLeast } from "../../src/domain/actor.ts";
import { refuseOverBudget } from "../../src/domain/budget.ts";
import { canonicalJson, digestOfValue } from "../../src/domain/digest.ts";
import { isEvidenceFor } from "../../src/domain/evidence.ts";
import { stageLabel, stagesOf } from "../../src/domain/label.ts";
import { branchOf, isExpired, leaseOfBranch } from "../../src/domain/lease.ts";
import { addUsage, NO_USAGE } from "../../src/domain/usage.ts";
import { proofOf } from "./proofs.ts";

describe("digest", () => {
  test("key order and undefined never matter, everything else does", () => {
    expect(digestOfValue({ a: 1, b: [true, null], c: undefined })).toBe(
      digestOfValue({ b: [true, null], a: 1 }),
    );
    expect(digestOfValue({ a: "1" })).not.toBe(digestOfValue({ a: 1 }));
    expect(digestOfValue(["a", "b"])).not.toBe(digestOfValue(["a,b"]));
  });

  test("canonical JSON is JSON: it parses back to the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test.each([
    [Number.NaN, "canonical JSON cannot hold NaN"],
    [Number.POSITIVE_INFINITY, "canonical JSON cannot hold Infinity"],
    [() => 1, "canonical JSON cannot hold a function"],
    [Symbol("x"), "canonical JSON cannot hold a symbol"],
  ])("refuses %s", (value, message) => {
    expect(() => canonicalJson(value)).toThrow(new TypeError(message));
  });

  test("keys stand in the order of their code units", () => {
    expect(canonicalJson({ b: 1, a: 2, é: 3, B: 4, "": 5, ab: 6 })).toBe(
      '{"":5,"B":4,"a":2,"ab":6,"b":1,"é":3}',
    );
  });

  test.each([
    ["keys of a list", '{"9":1,"10":{"b":1,"a":2},"a":3}', '{"10":{"a":2,"b":1},"9":1,"a":3}'],
    [
      "what sets a prototype",
      '[{"b":{"__proto__":{"x":1}},"a":1}]',
      '[{"a":1,"b":{"__proto__":{"x":1}}}]',
    ],
    ["a list in a list", '{"b":[[{"1":0,"01":0}]],"a":null}', '{"a":null,"b":[[{"01":0,"1":0}]]}'],
  ])("%s stand in the same order", (_name, text, expected) => {
    expect(canonicalJson(JSON.parse(text))).toBe(expected);
  });

  test("a value beside keys out of order is refused as any other", () => {
    expect(() => canonicalJson({ 1: [() => 1] })).toThrow("canonical JSON cannot hold a function");
    expect(() => canonicalJson([{ 1: 1 }, Number.NaN])).toThrow("canonical JSON cannot hold NaN");
  });
});

describe("lease", () => {
  test("branch names are printed and parsed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999 }),
        fc.integer({ min: 1, max: 999 }),
        (issue, attempt) => {
          expect(leaseOfBranch(branchOf({ issue, attempt }))).toEqual({ issue, attempt });
        },
      ),
    );
  });

  test.each([
    "main",
    "factory/1",
    "factory/01-1",
    "factory/1-0",
    "refs/heads/factory/1-1",
    "factory/1-1x",
    "factory/1-1\n",
  ])("%j claims nothing", (branch) => {
    expect(leaseOfBranch(branch)).toBeUndefined();
  });

  test.each([
    [false, "active", false],
    [false, "ended", true],
    [false, "unknown", false],
    [true, "ended", false],
  ] as const)("settled %s, run %s: expired %s", (settled, run, expired) => {
    expect(isExpired({ settled, run })).toBe(expired);
  });
});

describe("actor", () => {
  test.each([
    ["User", "admin", true],
    ["User", "write", true],
    ["User", "triage", false],
    ["User", "none", false],
    ["Bot", "admin", false],
    ["Organization", "admin", false],
  ] as const)("%s with %s may command: %s", (type, permission, expected) => {
    expect(mayCommand({ id: 1, login: "x", type, permission })).toBe(expected);
  });

  test("permissions rise", () => {
    expect(permissionAtLeast("maintain", "write")).toBe(true);
    expect(permissionAtLeast("read", "triage")).toBe(false);
  });
});

describe("budget", () => {
  const budget = { tokens: 100, usd: 1, turns: 5, wallClockMs: 1_000 };
  const spent = { usage: NO_USAGE, turns: 0, elapsedMs: 0, nextUsd: 0 };
  test.each([
    [{ ...spent, usage: { ...NO_USAGE, cacheReadTokens: 60, outputTokens: 40 } }, "tokens", 100],
    [{ ...spent, usage: { ...NO_USAGE, inputTokens: 70, cacheWriteTokens: 50 } }, "tokens", 120],
    [{ ...spent, usage: { ...NO_USAGE, usd: 1 } }, "USD", 1],
    [{ ...spent, turns: 5 }, "turns", 5],
    [{ ...spent, elapsedMs: 1_000 }, "milliseconds", 1_000],
  ])("%j reaches the bound on %s", (over, subject, found) => {
    const limits = { tokens: 100, USD: 1, turns: 5, milliseconds: 1_000 };
    expect(refuseOverBudget(budget, over)).toMatchObject({
      code: "budget-exhausted",
      subject,
      found: `${found} spent`,
      accepted: `less than ${limits[subject as keyof typeof limits]}`,
    });
  });

  test("a request that could go beyond the bound is refused before it is made", () => {
    const usage = { ...NO_USAGE, usd: 0.7 };
    expect(refuseOverBudget(budget, { ...spent, usage, nextUsd: 0.3 })).toBeUndefined();
    expect(refuseOverBudget(budget, { ...spent, usage, nextUsd: 0.3001 })).toEqual({
      code: "budget-exhausted",
      subject: "USD",
      found: "0.7 spent, and the next request may cost 0.3001",
      accepted: "at most 1 together",
    });
  });

  test("nothing is refused while something is left", () => {
    expect(
      refuseOverBudget(budget, {
        usage: { ...NO_USAGE, outputTokens: 99, usd: 0.99 },
        turns: 4,
        elapsedMs: 999,
        nextUsd: 0.01,
      }),
    ).toBeUndefined();
  });

  test("usage adds up field by field", () => {
    const one = {
      requests: 1,
      inputTokens: 2,
      cacheReadTokens: 3,
      cacheWriteTokens: 4,
      outputTokens: 5,
      usd: 6,
      modelMs: 7,
    };
    expect(addUsage(one, one)).toEqual({
      requests: 2,
      inputTokens: 4,
      cacheReadTokens: 6,
      cacheWriteTokens: 8,
      outputTokens: 10,
      usd: 12,
      modelMs: 14,
    });
  });
});

describe("labels", () => {
  test("stages are read back from labels in any case; other labels are not theirs", () => {
    expect(stagesOf("factory:", ["bug", "Factory:Ready", stageLabel("factory:", "done")])).toEqual([
      "ready",
      "done",
    ]);
    expect(stagesOf("factory:", ["ready", "other:ready"])).toEqual([]);
  });
});

describe("evidence", () => {
  const subject = { base: "a".repeat(40), tree: "b".repeat(40) };
  const proof = proofOf(subject, "AC1");
  test("evidence for other bytes, or none at all, is worth nothing", () => {
    expect(isEvidenceFor([proof], subject)).toBe(true);
    expect(isEvidenceFor([], subject)).toBe(false);
    expect(isEvidenceFor([proof], { ...subject, tree: "c".repeat(40) })).toBe(false);
    expect(isEvidenceFor([proof], { ...subject, base: "c".repeat(40) })).toBe(false);
  });
});
