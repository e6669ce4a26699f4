import { describe, expect, test } from "vitest";

const count = await import(new URL("../../scripts/mutation/count.mjs", import.meta.url).href);
const { strykerPlugins } = await import(
  new URL("../../scripts/mutation/prose.mjs", import.meta.url).href
);

function mutant(status: string, line = 1, statusReason?: string) {
  const location = { start: { line, column: 5 }, end: { line, column: 9 } };
  return {
    status,
    location,
    mutatorName: "EqualityOperator",
    replacement: "a >\n b",
    statusReason,
  };
}

const FILES = {
  "src/domain/risk.ts": { mutants: [mutant("Killed"), mutant("Survived", 9), mutant("Timeout")] },
  "src/domain/text/look-alike.ts": { mutants: [mutant("NoCoverage", 3), mutant("Killed")] },
  "src/control/gate/gate.ts": {
    mutants: [
      mutant("Ignored", 1, 'Static mutant (and "ignoreStatic" was enabled)'),
      mutant("Ignored", 1, "prose for a person"),
    ],
  },
};

describe("the count of mutants", () => {
  test("is told per room: the folder below src/, or the one below that", () => {
    const none = { killed: 0, survived: 0, timeout: 0, noCoverage: 0, static: 0, ignored: 0 };
    const rooms = count.countRooms(FILES);
    expect(rooms).toEqual([
      { ...none, room: "control/gate", static: 1, ignored: 1 },
      { ...none, room: "domain", killed: 1, survived: 1, timeout: 1 },
      { ...none, room: "domain/text", killed: 1, noCoverage: 1 },
    ]);
    expect(count.sumOf(rooms)).toEqual({
      killed: 2,
      survived: 1,
      timeout: 1,
      noCoverage: 1,
      static: 1,
      ignored: 1,
    });
  });

  test.each([
    [{ killed: 9, survived: 1, timeout: 0, noCoverage: 0 }, 90],
    [{ killed: 0, survived: 1, timeout: 9, noCoverage: 0 }, 90],
    [{ killed: 9, survived: 0, timeout: 0, noCoverage: 1 }, 90],
    // What is just below the bar is not rounded up to it.
    [{ killed: 89_999, survived: 10_001, timeout: 0, noCoverage: 0 }, 89.9],
    [{ killed: 0, survived: 0, timeout: 0, noCoverage: 0 }, undefined],
  ])("%j scores %j", (room, score) => {
    expect(count.scoreOf(room)).toBe(score);
  });

  test("names those that no test noticed", () => {
    expect(count.survivorsIn(FILES)).toEqual([
      "src/domain/risk.ts:9:5 EqualityOperator: a > b",
      "src/domain/text/look-alike.ts:3:5 EqualityOperator (no test reaches it): a > b",
    ]);
  });
});

test.each([
  ["a sentence for somebody", true],
  ["says 7 — again", false],
  ["claim-taken", false],
  ["write tests", false],
  ["", false],
])("the text %j is prose: %j", (value, prose) => {
  const path = { isStringLiteral: () => true, node: { value } };
  expect(strykerPlugins[0].value.shouldIgnore(path) !== undefined).toBe(prose);
  const template = { isStringLiteral: () => false, node: { value } };
  expect(strykerPlugins[0].value.shouldIgnore(template)).toBeUndefined();
});
