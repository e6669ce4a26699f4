import { describe, expect, test } from "vitest";
import { type Share, TestsWritten } from "../../../../src/domain/evidence/tests-written.ts";
import { notAsked } from "../../../../src/workers/implement/tester/corrections.ts";
import { type Keeper, NO_KEEPER } from "../../../../src/workers/implement/tester/keeper.ts";
import {
  joinNamings,
  namingsOfTester,
  tellWhoWrote,
} from "../../../../src/workers/implement/tester/who-wrote.ts";
import type { WrittenTests } from "../../../../src/workers/implement/tester/write-tests.ts";

const named = (criterion: string, test: string) => ({ criterion, tests: [test] });

function written(parts: {
  readonly testers: readonly string[];
  readonly proofs?: readonly ReturnType<typeof named>[];
  readonly files?: readonly string[];
}): WrittenTests {
  const { testers, proofs = [], files = ["test/a.test.ts"] } = parts;
  return {
    division: { testers, coders: [{ criterion: "AC2", by: "coder", why: "shape-open" }] },
    answer: { summary: "asks for Norway", proofs, open: [], corrections: [] },
    files: files.map((path) => ({ path, mode: "100644", encoding: "utf-8", content: "x" })),
    rounds: 1,
  } as unknown as WrittenTests;
}

describe("names of tests", () => {
  const tests = written({ testers: ["AC1"], proofs: [named("AC1", "a"), named("AC3", "b")] });
  const TESTERS = { criterion: "AC1", tests: ["a"], symbols: [], checks: [], by: "tester" };

  test("are the tester's for what is its own", () => {
    expect(namingsOfTester(tests)).toEqual([TESTERS]);
    expect(namingsOfTester(undefined)).toEqual([]);
  });

  test("are the coder's for the rest alone", () => {
    const coders = [named("AC1", "mine"), named("AC2", "c")].map((one) => ({
      ...{ ...one, symbols: [], checks: [] },
    }));
    expect(joinNamings(tests, coders)).toEqual([TESTERS, { ...coders[1], by: "coder" }]);
    expect(joinNamings(undefined, coders)).toEqual(coders.map((one) => ({ ...one, by: "coder" })));
    expect(joinNamings(tests, undefined)).toEqual([TESTERS]);
    expect(joinNamings(undefined, undefined)).toBeUndefined();
  });

  test("are 15 at most", () => {
    const proofs = Array.from({ length: 16 }, (_, at) => ({
      ...{ criterion: `AC${at + 1}`, tests: ["a"], symbols: [], checks: [] },
    }));
    expect(joinNamings(undefined, proofs)).toHaveLength(15);
  });
});

describe("who wrote which tests", () => {
  const limit = { turns: 1, tokens: 1, usd: 1 };
  const SHARE: Share = { role: "coder", rounds: 1, ...limit, limit };
  const keeper = (tests: WrittenTests, parts: Partial<Keeper> = {}): Keeper => ({
    ...NO_KEEPER,
    tests: () => tests,
    ...parts,
  });
  const division = {
    testers: ["AC10"],
    coders: [{ criterion: "AC9", by: "coder", why: "no-report" }],
  } as const;

  test("is told by the numbers of the criteria", () => {
    expect(tellWhoWrote(division, NO_KEEPER, [SHARE])).toEqual({
      tests: {
        criteria: [
          { criterion: "AC9", by: "coder", why: "no-report" },
          { criterion: "AC10", by: "tester" },
        ],
        files: [],
        corrections: [],
        takenBack: [],
        shares: [SHARE],
      },
    });
  });

  test("is told by what the tester kept for itself in the end", () => {
    const { tests } = tellWhoWrote(division, keeper(written({ testers: ["AC1"] })), []);
    expect(tests).toMatchObject({
      criteria: [
        { criterion: "AC1", by: "tester" },
        { criterion: "AC2", by: "coder" },
      ],
      files: ["test/a.test.ts"],
      summary: "asks for Norway",
    });
    const alone = tellWhoWrote(division, keeper(written({ testers: [] })), []);
    expect(alone.tests).not.toHaveProperty("summary");
  });

  test("is nothing where no criterion asks for a test", () => {
    expect(tellWhoWrote({ testers: [], coders: [] }, NO_KEEPER, [SHARE])).toEqual({});
  });

  test("is told within bounds", () => {
    const long = "x".repeat(400);
    const corrections = notAsked(
      Array.from({ length: 11 }, (_, at) => ({ test: `t${at}`, reason: "wrong" })),
    );
    const takenBack = Array.from({ length: 51 }, () => long);
    const tests = written({ testers: ["AC1"], files: [long] });
    const told = tellWhoWrote(division, keeper(tests, { corrections, takenBack }), [SHARE]).tests;
    expect(TestsWritten.safeParse(told).success).toBe(true);
    expect([told?.corrections.length, told?.takenBack.length]).toEqual([10, 50]);
    expect(told?.corrections[0]).toEqual({
      ...{ test: "t0", reason: "wrong", decision: "not-asked", because: "" },
    });
    expect(told?.files[0]).toHaveLength(300);
  });
});
