import { expect, test } from "vitest";
import { continuedAfter, isPageOf } from "../../../src/domain/ledger/pages.ts";
import { keepSaid } from "../../../src/domain/ledger/rebuilt.ts";
import type { SealedEntry } from "../../../src/domain/ledger.ts";

const entry = (sequence: number): SealedEntry => ({
  ...{ sequence, at: `2026-11-20T09:00:0${sequence}Z`, run: 1, stage: "ready" },
  ...{ event: { kind: "asked", questions: 1 }, seal: `v1:${`${sequence}`.repeat(64)}` },
});
const { at, seal } = entry(2);

test("a ledger goes on after the last line of a page, which is one more page", () => {
  const entries = [entry(0), entry(1), entry(2)];
  const first = { sequence: 2, at, seal, pages: [5] };
  expect(continuedAfter({ entries }, 5)).toEqual(first);
  expect(continuedAfter({ entries, continues: { ...first, sequence: 0 } }, 6)).toEqual({
    ...first,
    pages: [5, 6],
  });
  expect(() => continuedAfter({ entries: [] }, 5)).toThrow(RangeError);
});

test.each([
  ["<!-- ledger, page 2 -->", true],
  ["<!-- ledger -->", false],
  ["x <!-- ledger, page 2 -->", false],
  ["<!-- ledger, pages -->", false],
])("%s is a page: %j", (line, is) => {
  expect(isPageOf("<!-- ledger", line)).toBe(is);
});

test("what was said of a change is kept while a line has room for it", () => {
  const namings = [{ criterion: "AC1", tests: ["greets"], symbols: [], checks: [] }];
  const length = JSON.stringify({ summary: "", namings }).length;
  const of = (characters: number) => ({ summary: "x".repeat(characters - length), namings });
  expect(keepSaid(of(4_000))).toEqual(of(4_000));
  expect(keepSaid(of(4_001))).toBeUndefined();
  expect(keepSaid({ summary: "Greets." })).toBeUndefined();
});
