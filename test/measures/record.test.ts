import { expect, test } from "vitest";
import type { LedgerEvent } from "../../src/domain/ledger.ts";
import { WorkRecord } from "../../src/domain/quality/record.ts";
import { type IssueLedger, recordOf } from "../../src/measures/record.ts";

const SINCE = "2026-09-01T00:00:00Z";
const OLD = "2026-08-31T23:59:59Z";
const NEW = "2026-09-01T00:00:00Z";
const id = (letter: string) => letter.repeat(40);
const lines = { changed: 10, byTests: 6, byCompiler: 1, unnoticed: 2, untried: 1 };
const flaky = { all: 1, tests: ["test/quote.test.ts > waits"] };

const published = (attempt: number, more: Partial<LedgerEvent> = {}) =>
  ({
    ...{ kind: "published", attempt, tree: id("f"), commit: id(`${attempt}`) },
    ...{ pullRequest: attempt + 10, risk: "low" },
    ...more,
  }) as LedgerEvent;
const merged = (attempt: number) =>
  ({
    ...{ kind: "merged", pullRequest: attempt + 10, commit: id("e"), tree: id("f") },
    by: "factory",
  }) as LedgerEvent;
const sentBack = (attempt: number, more: Partial<LedgerEvent> = {}) =>
  ({ kind: "sent-back", attempt, findings: [], ...more }) as LedgerEvent;
const escaped = (attempt: number, letter: string): LedgerEvent => ({
  ...{ kind: "escaped", pullRequest: attempt + 10, commit: id("e") },
  fingerprint: letter.repeat(64),
});
const ledger = (issue: number, events: readonly LedgerEvent[], at = NEW): IssueLedger => ({
  issue,
  entries: events.map((event) => ({ at, event })),
});

const CASES: readonly (readonly [string, readonly IssueLedger[], Partial<WorkRecord>])[] = [
  ["nothing of no ledger", [], { changes: [], attempts: [], escaped: [] }],
  [
    "a change as the commit that was published, with who noticed its lines",
    [ledger(3, [published(1, { noticed: lines }), merged(1)])],
    { changes: [{ issue: 3, commit: id("1"), noticed: lines }] },
  ],
  [
    "no change that waits for a person, but its attempt",
    [ledger(3, [published(1)])],
    { changes: [], attempts: [{ issue: 3, attempt: 1 }] },
  ],
  [
    "of two published changes the one that was merged",
    [ledger(3, [published(1), published(2), merged(1)])],
    { changes: [{ issue: 3, commit: id("1") }] },
  ],
  [
    "an attempt once that was sent back after its merge, and its flaky tests",
    [ledger(3, [published(1, { flaky }), merged(1), sentBack(1)])],
    { attempts: [{ issue: 3, attempt: 1, flaky }] },
  ],
  [
    "issues in the order of their numbers, whatever the order of the comments",
    [ledger(9, [sentBack(1)]), ledger(3, [sentBack(1, { flaky }), sentBack(2)])],
    {
      attempts: [
        { issue: 3, attempt: 1, flaky },
        { issue: 3, attempt: 2 },
        { issue: 9, attempt: 1 },
      ],
    },
  ],
  [
    "a defect that escaped a change, once for each alert, and its change as it was published",
    [ledger(3, [published(1), merged(1), escaped(1, "a"), escaped(1, "a"), escaped(1, "b")])],
    {
      escaped: ["a", "b"].map((letter) => ({
        ...{ issue: 3, commit: id("1"), fingerprint: letter.repeat(64) },
      })),
    },
  ],
  [
    "of a change that nobody published here the merge",
    [ledger(3, [escaped(1, "a")])],
    { escaped: [{ issue: 3, commit: id("e"), fingerprint: "a".repeat(64) }] },
  ],
  [
    "nothing from before those days",
    [ledger(3, [published(1), merged(1), sentBack(1), escaped(1, "a")], OLD)],
    { changes: [], attempts: [], escaped: [] },
  ],
];

test.each(CASES)("the record has %s", (_what, ledgers, expected) => {
  const record = recordOf(ledgers, SINCE);
  expect(record).toMatchObject(expected);
  expect(WorkRecord.safeParse(record).success).toBe(true);
});

test("the record keeps the newest of more than its bounds", () => {
  const many = Array.from({ length: 2_001 }, (_, index) => ledger(index + 1, [sentBack(1)]));
  const { attempts } = recordOf(many, SINCE);
  expect([attempts.length, attempts[0]?.issue]).toEqual([2_000, 2]);
});
