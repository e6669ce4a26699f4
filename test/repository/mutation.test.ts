import { globSync } from "node:fs";
import { matchesGlob } from "node:path";
import { describe, expect, test } from "vitest";

const count = await import(new URL("../../scripts/mutation/count.mjs", import.meta.url).href);
const compiler = await import(new URL("../../scripts/mutation/compiler.mjs", import.meta.url).href);
const opened = compiler.openCompiler();
const sample = await import(new URL("../../scripts/mutation/sample.mjs", import.meta.url).href);
const { PARTS, LEFT_OUT, testsBeside } = (await import(
  new URL("../../scripts/mutation/stryker.mjs", import.meta.url).href
)) as {
  PARTS: readonly { readonly name: string; readonly tests: readonly string[] }[];
  LEFT_OUT: readonly string[];
  testsBeside(mutate: readonly string[]): readonly string[];
};
const { strykerPlugins } = await import(
  new URL("../../scripts/mutation/prose.mjs", import.meta.url).href
);

const root = new URL("../..", import.meta.url);

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
    const reached = { killed: 0, survived: 0, timeout: 0, noCoverage: 0 };
    const none = { ...reached, refused: 0, static: 0, ignored: 0 };
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
      refused: 0,
      static: 1,
      ignored: 1,
    });
  });

  test("has what the compiler refuses in no score, and an older count without it", () => {
    const [room] = count.countRooms({
      "src/domain/risk.ts": { mutants: [mutant("Killed"), mutant("CompileError")] },
    });
    expect(room).toMatchObject({ killed: 1, refused: 1 });
    expect(count.scoreOf(room)).toBe(100);
    const { refused, ...older } = room;
    expect(count.sumOf([room, older])).toMatchObject({ killed: 2, refused });
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

  test.each([
    // Wilson's own interval for 81 of 100, from the tables of any text on it.
    [{ killed: 81, survived: 19, timeout: 0, noCoverage: 0 }, [72.2, 87.5]],
    [{ killed: 90, survived: 0, timeout: 0, noCoverage: 0 }, [95.9, 100]],
    [{ killed: 0, survived: 0, timeout: 0, noCoverage: 0 }, undefined],
  ])("%j of a sample leaves %j for the whole", (room, interval) => {
    expect(count.intervalOf(room)).toEqual(interval);
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

describe("the compiler, asked about what no test noticed", () => {
  const source = "export function f(x?: string): number {\n  return x?.length ?? 0;\n}\n";
  const at = (from: string, replacement: string, status = "Survived") => {
    const [line, column] = [2, (source.split("\n")[1] ?? "").indexOf(from) + 1];
    const location = { start: { line, column }, end: { line, column: column + from.length } };
    return { location, replacement, status };
  };

  test.each([
    ["what it refuses is no survivor", at("x?.length", "x.length"), "CompileError"],
    ["nor where no test reaches it", at("0", '""', "NoCoverage"), "CompileError"],
    ["what it takes is one", at("??", "&&"), "CompileError"],
    ["a number for another", at("0", "1"), "Survived"],
    ["what tests noticed is not asked about", at("x?.length", "x.length", "Killed"), "Killed"],
  ])("%s", (_, mutated, status) => {
    const path = "src/domain/of-no-file.ts";
    const judged = compiler.judgeByCompiler({ [path]: { source, mutants: [mutated] } }, opened);
    expect(judged[path].mutants).toEqual([{ ...mutated, status }]);
  });

  test("is told nothing of style: a name that is not used any more is no fault", () => {
    const unused = "export function g(x: number): number {\n  const y = x;\n  return 1;\n}\n";
    expect(opened.refuses("src/domain/of-no-file.ts", unused)).toBe(false);
  });

  test("puts a mutant of several lines in its place", () => {
    const text = "a(\n  b,\n);\nc\n";
    const location = { start: { line: 1, column: 2 }, end: { line: 3, column: 2 } };
    expect(compiler.withMutant(text, { location, replacement: "()" })).toBe("a();\nc\n");
  });
});

describe("a sample of lines", () => {
  const TEXT = "x\n".repeat(2_399);
  const drawn = (percent: number): readonly string[] =>
    sample.rangesOf("src/domain/risk.ts", TEXT, percent);

  test("is about the share that was asked for, in ranges that follow each other", () => {
    expect(drawn(100)).toHaveLength(200);
    expect(drawn(100).slice(0, 2)).toEqual(["src/domain/risk.ts:1-12", "src/domain/risk.ts:13-24"]);
    expect(drawn(100).at(-1)).toBe("src/domain/risk.ts:2389-2400");
    expect(drawn(25).length).toBeGreaterThan(30);
    expect(drawn(25).length).toBeLessThan(70);
  });

  test("is the same each time, and part of every larger one", () => {
    expect(drawn(25)).toEqual(drawn(25));
    expect(drawn(50)).toEqual(expect.arrayContaining([...drawn(25)]));
  });

  test("leaves out what the globs leave out", () => {
    const files = sample.sampleOf(["src/domain/**/*.ts", "!src/domain/secrets/**/*.ts"], 99.9);
    expect(files.some((range: string) => range.startsWith("src/domain/risk"))).toBe(false);
    expect(files.some((range: string) => range.startsWith("src/domain/trust/risk.ts:"))).toBe(true);
    expect(files.some((range: string) => range.includes("secrets"))).toBe(false);
  });
});

describe("who judges a mutant", () => {
  const files = globSync("test/{control,domain,workers}/**/*.test.ts", { cwd: root });
  const judgedIn = (file: string) =>
    PARTS.filter(({ tests }) => tests.some((glob) => matchesGlob(file, glob))).map(
      ({ name }) => name,
    );

  test("is every test of its part, however many rooms there will be", () => {
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter((file) => judgedIn(file).length !== 1)).toEqual([]);
    expect(judgedIn("test/domain/loop/loop.test.ts")).toEqual(["domain"]);
    expect(judgedIn("test/domain/secrets/scan.test.ts")).toEqual(["secrets"]);
  });

  test("is none of those that take seconds, each of which is there", () => {
    for (const glob of LEFT_OUT)
      expect([glob, files.some((file) => matchesGlob(file, glob))]).toEqual([glob, true]);
  });

  test("is, where somebody writes the tests of a file, what stands in its folder", () => {
    const mutate = [
      "src/control/gate/gate.ts:1-12",
      "src/control/gate/area.ts",
      "src/domain/**/*.ts",
    ];
    expect(testsBeside([...mutate, "!src/domain/secrets/**/*.ts"])).toEqual([
      "test/control/gate/**/*.test.ts",
      "test/domain/**/*.test.ts",
    ]);
  });
});
