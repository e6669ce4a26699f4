import { describe, expect, test } from "vitest";
import { Config } from "../../../src/domain/config/schema.ts";
import { areasOf, isSourceFile } from "../../../src/workers/quality-audit/areas.ts";
import { createAssignment } from "../../../src/workers/quality-audit/assign-tests.ts";
import { defectsOf } from "../../../src/workers/quality-audit/defects.ts";
import { countWrittenTests } from "../../../src/workers/quality-audit/static-tests.ts";

const PATHS = [
  "src/search/rank.ts",
  "src/search/index.ts",
  "tool.ts",
  "src/main.ts",
  "src/quote.test.ts",
  "server/main.go",
  "node_modules/a/index.js",
  "dist/index.js",
  "vitest.config.ts",
  "docs/guide.md",
  ".github/actions/x/index.js",
];

describe("areasOf", () => {
  test("takes the areas of the config, each with its source files", () => {
    const config = Config.parse({
      quality: {
        areas: [{ name: "search", paths: ["src/search/**"], owner: "@team/search", bar: "A" }],
      },
    });
    expect(areasOf(config, PATHS)).toEqual([
      {
        name: "search",
        owner: "@team/search",
        bar: "A",
        files: ["src/search/index.ts", "src/search/rank.ts"],
      },
    ]);
  });

  test("takes the folders that hold code where the config names none", () => {
    expect(areasOf(Config.parse({}), PATHS).map(({ name, files }) => [name, files.length])).toEqual(
      [
        ["src/search", 2],
        ["server", 1],
        ["src", 1],
      ],
    );
  });

  test("takes the forty largest folders, those of one size by their paths, under names that fit", () => {
    const long = "n".repeat(70);
    const folders = Array.from(
      { length: 41 },
      (_, index) => `folder-${String(index).padStart(2, "0")}`,
    );
    const paths = [`${long}/a.ts`, `${long}/b.ts`, ...folders.map((name) => `${name}/a.ts`)];
    expect(areasOf(Config.parse({}), paths).map(({ name }) => name)).toEqual([
      "n".repeat(60),
      ...folders.slice(0, 39),
    ]);
  });

  test.each([
    "src/a.d.ts",
    "vendor/x.go",
    "test/a.ts",
    "README.md",
    ".hidden/a.py",
    "src/lib.min.js",
  ])("counts %s as no source", (path) => expect(isSourceFile(path)).toBe(false));
});

describe("createAssignment", () => {
  const assign = createAssignment([
    { name: "pricing", owner: null, bar: "B", files: ["src/quote.ts", "src/zones.ts"] },
    {
      name: "src/search",
      owner: null,
      bar: "B",
      files: ["src/search/index.ts", "src/search/rank.ts"],
    },
    { name: "admin", owner: null, bar: "B", files: ["src/admin/index.ts"] },
    { name: "norway", owner: null, bar: "B", files: ["com/example/Norway.java"] },
    { name: "rates", owner: null, bar: "B", files: ["lib/rates/table.ts"] },
    { name: "places", owner: null, bar: "B", files: ["lib/regions/table.ts"] },
  ]);
  test.each([
    ["test/quote.test.ts > prices Norway", ["pricing"]],
    ["tests.test_zones.TestZones > test_all", ["pricing"]],
    ["com.example.NorwayTest > works", ["norway"]],
    ["test/search/index.test.ts > x", ["src/search"]],
    ["test/search/fuzzy.test.ts > x", ["src/search"]],
    ["src/admin/index.spec.ts > x", ["admin"]],
    ["test/admin/rank.test.ts > x", ["admin"]],
    ["test/server.test.ts > x", []],
    ["src/search/quote.test.ts > x", ["pricing"]],
    ["test/Regions/table.test.ts > x", ["places"]],
    ["test/table.test.ts > x", ["rates", "places"]],
    ["tests/test_zones.py > test_all", ["pricing"]],
    ["tests.test_quote.TestNorwegians > test_all", ["pricing"]],
    ["com.example.TestZones > works", ["pricing"]],
    ["quote/of/all/parcels.test.ts > x", []],
    // A file is no folder, and a package is no file.
    ["search.ts > x", []],
    ["search.cjs > x", []],
    ["search.jsx > x", []],
    ["search.py > x", []],
    ["search.go > x", []],
    ["search.rb > x", []],
    ["com.tsunami.search.Fuzzy > x", ["src/search"]],
    ["com.pyre.search.Fuzzy > x", ["src/search"]],
    ["com.google.search.Fuzzy > x", ["src/search"]],
    ["com.rbs.search.Fuzzy > x", ["src/search"]],
    ["", []],
  ])("%s belongs to %j", (name, areas) => expect(assign(name)).toEqual(areas));
});

describe("defectsOf", () => {
  const area = { name: "search", owner: null, bar: "B" as const, files: ["src/search/rank.ts"] };
  test.each([
    ["rank wrong", ["search"], true],
    ["rank wrong", ["area: Search"], true],
    ["rank wrong", ["area/search"], true],
    ["src/search/rank.ts: throws on empty", [], true],
    ["rank.ts throws.", [], true],
    ["Search is slow", [], true],
    ["researchers cannot log in", ["bug"], false],
    ["wrong", ["team: area/search"], true],
    ["fix ./src/search/rank.ts", [], true],
    ["who wrote rank.ts...", [], true],
    ["wrong", ["search: slow"], false],
  ])("%s %j", (title, labels, expected) => {
    expect(defectsOf(area, [{ number: 1, title, labels }]).length > 0).toBe(expected);
  });

  test.each([
    ["src/search", "SRC/Search is slow", [], true],
    ["src/search", "Search is slow", [], true],
    ["src/search", "slow", ["Search"], true],
    ["src/search", "the source is slow", ["src"], false],
    ["team: search", "slow", ["Team: Search"], true],
  ])("of the area %s: %s %j", (name, title, labels, expected) => {
    const defects = [{ number: 1, title, labels }];
    expect(defectsOf({ ...area, name, files: [] }, defects)).toEqual(expected ? defects : []);
  });
});

describe("countWrittenTests", () => {
  test.each([
    [
      "a.test.ts",
      'it("a", f); test.each([1])("b", f); describe("c"); await edit(1); x.test(1);',
      2,
    ],
    ["test_a.py", "def test_a():\n  pass\nasync def test_b():\n  pass\ndef helper():\n", 2],
    ["a_test.go", "func TestA(t *testing.T) {}\nfunc helper() {}", 1],
    ["ATest.java", "@Test void a() {} @ParameterizedTest void b() {}", 2],
    ["a.json", "test(", 0],
  ])("%s", (path, text, count) => expect(countWrittenTests(path, text)).toBe(count));
});
