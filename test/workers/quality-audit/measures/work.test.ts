import { describe, expect, test } from "vitest";
import type { WorkRecord } from "../../../../src/domain/quality/record.ts";
import type { Measure } from "../../../../src/domain/quality.ts";
import type { Facts, Part } from "../../../../src/workers/quality-audit/measures/part.ts";
import { measureWork } from "../../../../src/workers/quality-audit/measures/work.ts";

const id = (letter: string) => letter.repeat(40);
const AREA: Part = {
  area: { name: "quote", owner: null, bar: "B", files: ["src/quote.ts"] },
  files: ["src/quote.ts"],
  lines: 100,
};
const WHOLE: Part = { ...AREA, area: undefined };
const RECENT = [
  { id: id("a"), paths: ["src/quote.ts", "src/zones.ts"], reverts: [], mends: [] },
  { id: id("b"), paths: ["src/zones.ts"], reverts: [], mends: [] },
];

const NOTHING: WorkRecord = { changes: [], attempts: [], escaped: [] };
const lines = (byTests: number, unnoticed: number, untried = 0, byCompiler = 0) => ({
  ...{ changed: byTests + unnoticed + untried + byCompiler, byTests },
  ...{ byCompiler, unnoticed, untried },
});
const change = (issue: number, letter: string, noticed?: ReturnType<typeof lines>) => ({
  ...{ issue, commit: id(letter) },
  ...(noticed && { noticed }),
});
const flaky = (issue: number, ...tests: readonly string[]) => ({
  ...{ issue, attempt: 1, flaky: { all: tests.length, tests: [...tests] } },
});
const escaped = (issue: number, letter: string) => ({
  ...{ issue, commit: id(letter), fingerprint: "f".repeat(64) },
});

function measure(record: Partial<WorkRecord>, part = AREA) {
  const facts = {
    record: { known: { ...NOTHING, ...record } },
    recent: RECENT,
    areasOfTest: (name: string) => (name.includes("quote") ? ["quote"] : ["zones"]),
  } as unknown as Facts;
  const [noticed, flaky, escaped] = measureWork(part, facts);
  return { noticed, flaky, escaped };
}

type Case = readonly [string, Partial<WorkRecord>, Part, Partial<Measure>];

const NOTICED: readonly Case[] = [
  [
    "the lines of changes that touch the area, by tests and the compiler",
    { changes: [change(7, "a", lines(6, 1, 1, 2)), change(8, "b", lines(0, 50))] },
    AREA,
    { value: (8 * 100) / 9, source: "ledgers of issue 7", counted: "8 of 9 lines" },
  ],
  [
    "those of all changes in the whole repository, the worst first",
    { changes: [change(7, "a", lines(9, 1)), change(8, "b", lines(0, 10))] },
    WHOLE,
    { value: 45, source: "ledgers of issues 7, 8", where: ["issue 8", "issue 7"] },
  ],
  [
    "no change that is not in the history, and says so",
    { changes: [change(7, "a", lines(1, 0)), change(9, "e", lines(0, 9))] },
    AREA,
    { value: 100, source: "ledgers of issue 7; in no area: issue 9" },
  ],
  [
    "no change of which nobody looked at the lines, and says so",
    { changes: [change(7, "a", lines(1, 0)), change(9, "a")] },
    AREA,
    { value: 100, source: "ledgers of issue 7; nobody looked at issue 9" },
  ],
  [
    "nothing where only others were changed",
    { changes: [change(8, "b", lines(9, 0))] },
    AREA,
    { value: null, nothing: true, source: "no change of the factory in 90 days" },
  ],
  [
    "nothing where no source was changed",
    { changes: [change(7, "a", lines(0, 0))] },
    AREA,
    { value: null, nothing: true },
  ],
  [
    "no figure that untried lines could turn around",
    { changes: [change(7, "a", lines(2, 2, 5))] },
    AREA,
    { value: null, source: "most lines of issue 7 were not tried" },
  ],
];

const FLAKY: readonly Case[] = [
  [
    "attempts in which a test of the area was flaky, of all attempts",
    {
      attempts: [
        flaky(7, "quote > a", "quote > b"),
        flaky(8, "zones > c"),
        { issue: 9, attempt: 2 },
      ],
    },
    AREA,
    {
      ...{ value: 100 / 3, source: "ledgers: attempts 7-1", counted: "1 of 3 attempts" },
      where: ["quote > a", "quote > b"],
    },
  ],
  [
    "each attempt with a flaky test in the whole repository, the test that was so most often first",
    { attempts: [flaky(7, "a"), flaky(8, "b"), flaky(9, "b"), { issue: 9, attempt: 2 }] },
    WHOLE,
    { value: 75, source: "ledgers: attempts 7-1, 8-1, 9-1", where: ["b", "a"] },
  ],
  [
    "no test that a ledger does not name, and says how many",
    { attempts: [{ issue: 7, attempt: 1, flaky: { all: 9, tests: ["zones > c"] } }] },
    AREA,
    { value: 0, source: "ledgers: no attempt saw one; 8 flaky tests are not named" },
  ],
  ["nothing without an attempt", {}, AREA, { value: null, nothing: true }],
];

const ESCAPED: readonly Case[] = [
  [
    "alerts that came back after changes of the area",
    { escaped: [escaped(7, "a"), escaped(8, "b"), escaped(9, "e")] },
    AREA,
    {
      ...{ value: 1, where: ["issue 7"] },
      source: "ledgers: alert ffffffffffff of issue 7; in no area: issue 9",
    },
  ],
  [
    "all of them in the whole repository",
    { escaped: [escaped(7, "a"), escaped(9, "e")] },
    WHOLE,
    { value: 2 },
  ],
  ["none", {}, AREA, { value: 0, source: "ledgers: no alert came back" }],
];

describe("what the ledgers say of an area", () => {
  test.each(NOTICED)("noticed lines: %s", (_what, record, part, expected) => {
    expect(measure(record, part).noticed).toMatchObject(expected);
  });

  test.each(FLAKY)("flaky tests: %s", (_what, record, part, expected) => {
    expect(measure(record, part).flaky).toMatchObject(expected);
  });

  test.each(ESCAPED)("escaped defects: %s", (_what, record, part, expected) => {
    expect(measure(record, part).escaped).toMatchObject(expected);
  });

  test("is missing without the history that holds the changes, and known for the whole", () => {
    const shallow = { record: { known: NOTHING }, recent: undefined } as unknown as Facts;
    for (const one of measureWork(AREA, shallow)) {
      expect(one).toMatchObject({ value: null, source: expect.stringContaining("fetch-depth: 0") });
      expect(one).not.toHaveProperty("nothing");
    }
    expect(measureWork(WHOLE, shallow).map(({ value }) => value)).toEqual([null, null, 0]);
  });

  test.each([
    [undefined, "the order carries no record of the factory's work"],
    [{ unknown: "issue 7 has two ledgers" }, "issue 7 has two ledgers"],
  ])("is missing where %j is known", (record, source) => {
    const facts = { record, recent: RECENT } as unknown as Facts;
    for (const one of measureWork(AREA, facts)) {
      expect(one).toEqual({ name: one.name, value: null, source });
    }
  });
});
