import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { selectTests, type WantedTest } from "../../../src/workers/checks/only.ts";

function wordsOf(only: unknown, wanted: readonly WantedTest[]) {
  const config = Config.parse({ checks: { test: { run: "whole", report: "r.xml", only } } });
  return selectTests(config, wanted)?.words;
}
const FILES = 'runner "$@"';
const by = (how: string, more: object = {}) => ({ run: 'runner "$@"', by: how, ...more });

describe("what is handed to the command", () => {
  test.each<readonly [string, unknown, readonly WantedTest[], readonly string[]]>([
    [
      "files, each once",
      FILES,
      [
        { name: "a.test.ts > one", file: "test/a.test.ts" },
        { name: "a.test.ts > two", file: "test/a.test.ts" },
        { name: "b.test.ts > one", file: "test/b.test.ts" },
      ],
      ["test/a.test.ts", "test/b.test.ts"],
    ],
    [
      "a file of any name, as it is",
      FILES,
      [{ name: "x", file: `a b/$(id)'";.test.js` }],
      [`a b/$(id)'";.test.js`],
    ],
    ["packages of Go", by("suites"), [{ name: "shop.dev/a > TestX/y" }], ["shop.dev/a"]],
    [
      "classes for Maven, in one word",
      by("suites", { join: "," }),
      [{ name: "shop.ATest > x" }, { name: "shop.BTest > x" }],
      ["shop.ATest,shop.BTest"],
    ],
    [
      "classes for Gradle",
      by("suites", { prefix: "--tests=" }),
      [{ name: "shop.ATest > x" }],
      ["--tests=shop.ATest"],
    ],
    [
      "names for Cargo",
      by("names"),
      [{ name: "src/lib.rs (shop) > tests::rounds" }],
      ["tests::rounds"],
    ],
    [
      "a pattern that no dialect reads otherwise",
      by("pattern"),
      [{ name: "quote > adds 2 + 2 (fast)" }, { name: "keeps a.b [$x]" }],
      ["(adds.*2.*2|keeps.*a.*b)"],
    ],
  ])("%s", (_title, only, wanted, expected) => {
    expect(wordsOf(only, wanted)).toEqual(expected);
  });

  test("a pattern finds the names that it was made of", () => {
    const names = ["a.ts > x > rounds (1 % 3) up", "é ü", "[a-z]+ {2}", "q".repeat(499)];
    const [pattern = ""] =
      wordsOf(
        by("pattern"),
        names.map((name) => ({ name })),
      ) ?? [];
    for (const name of names) expect(name).toMatch(new RegExp(pattern));
  });
});

describe("the whole check runs", () => {
  const long = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: "x", file: `test/${index}.test.js` }));
  const pair = (length: number) => [{ name: "x".repeat(30_000) }, { name: "y".repeat(length) }];
  test.each<readonly [string, unknown, readonly WantedTest[]]>([
    ["for no test", FILES, []],
    ["where a file is not known", FILES, [{ name: "a", file: "a.js" }, { name: "b" }]],
    ["where only a folder is known", FILES, [{ name: "shop > TestX", file: "shop/" }]],
    ["where a suite is not told", by("suites"), [{ name: "TestX" }]],
    ["for a name that is an option", by("names"), [{ name: "--config=x" }]],
    ["for a file that is an option", FILES, [{ name: "a", file: "-rf.test.js" }]],
    ["for a name that no system hands on", by("names"), [{ name: "a\0b" }]],
    ["where a name holds what joins them", by("names", { join: "," }), [{ name: "a,b" }]],
    ["for more than a command may be told", FILES, long(201)],
    ["for a name that is not Unicode", by("names"), [{ name: "a\ud800" }]],
    ["for a name of nothing", by("names"), [{ name: "" }]],
    [
      "for one that is longer than a command may be told",
      by("names"),
      [{ name: "x".repeat(60_001) }],
    ],
    // 60,000 bytes of two names, and what keeps them apart.
    ["for two that are together longer", by("names"), pair(30_000)],
  ])("%s", (_title, only, wanted) => {
    expect(wordsOf(only, wanted)).toBeUndefined();
  });

  test.each<readonly [string, unknown, readonly WantedTest[]]>([
    ["two hundred words", FILES, long(200)],
    ["a word of 60,000 bytes", by("names"), [{ name: "x".repeat(60_000) }]],
    ["two words of 60,000 bytes with what keeps them apart", by("names"), pair(29_999)],
  ])("not for %s", (_title, only, wanted) => {
    expect(wordsOf(only, wanted)).toHaveLength(wanted.length);
  });

  test("where the config does not say how some run alone", () => {
    const config = Config.parse({ checks: { test: { run: "whole", report: "r.xml" } } });
    expect(selectTests(config, [{ name: "a", file: "a.js" }])).toBeUndefined();
  });
});
