import { describe, expect, test } from "vitest";
import { readSettings } from "../../../../../src/workers/proof/ratchet/config/settings.ts";
import { syntax } from "../../../syntax.ts";

/** Each setting as `line key = value`, or the line that cannot be read. */
async function read(path: string, text: string) {
  const found = await readSettings(path, text, syntax);
  if ("unreadAt" in found) return found;
  return found.settings.map(({ key, value, line }) => `${line} ${key} = ${value}`);
}

type Row = readonly [what: string, path: string, text: string, expected: readonly string[]];

describe("settings in YAML", () => {
  const TEXT = "coverage:\n  status:\n    - target: 90\n      off: ~\n    - 7\n";
  const SAID = [
    "3 coverage.status.0.target = 90",
    "4 coverage.status.0.off = null",
    "5 coverage.status.1 = 7",
  ];
  test.each(["codecov.yml", "codecov.yaml", "phpstan.neon", "phpstan.neon.dist"])(
    "are read in %s",
    async (path) => {
      expect(await read(path, TEXT)).toEqual(SAID);
    },
  );

  test("are none in an empty file or of an alias", async () => {
    expect(await read("a.yml", "")).toEqual([]);
    expect(await read("a.yml", "a: &one 1\nb: *one\n")).toEqual(["1 a = 1"]);
  });

  test("cannot be read where YAML ends", async () => {
    expect(await read("a.yml", "a: 1\nb: [2\n")).toEqual({ unreadAt: 3 });
  });
});

describe("settings in XML", () => {
  test.each(["pom.xml", "a.csproj", "a.props"])("are read in %s", async (path) => {
    const text = '<project level="1">\n  <a1>\n    <b>80</b>\n  </a1>\n</project>\n';
    expect(await read(path, text)).toEqual(["3 project.a1.b = 80", "1 project@level = 1"]);
  });

  test("stand at the first line with their name and value", async () => {
    const text = "<p>\n  <x>80</x>\n  <y>70</y>\n  <y>80</y>\n</p>\n";
    expect(await read("a.xml", text)).toEqual(["2 p.x = 80", "3 p.y[0] = 70", "4 p.y[1] = 80"]);
  });

  test("of one name are counted, and each has its line", async () => {
    const rows = Array.from({ length: 12 }, (_none, at) => `<d>${at + 20}</d>`);
    expect(await read("a.xml", ["<p>", ...rows, "</p>"].join("\n"))).toEqual(
      rows.map((_row, at) => `${at + 2} p.d[${at}] = ${at + 20}`),
    );
  });

  test("keep entities as they are written, and empty elements", async () => {
    expect(await read("a.xml", "<p>\n<a>&lt;1</a>\n<b/>\n</p>")).toEqual([
      "2 p.a = &lt;1",
      "3 p.b = ",
    ]);
  });

  test("cannot be read where it is no XML", async () => {
    expect(await read("a.xml", "<p>\n<a></p>\n")).toEqual({ unreadAt: 1 });
  });
});

describe("settings by lines", () => {
  test.each([
    "pyproject.toml",
    "setup.cfg",
    "tox.ini",
    ".coveragerc",
    "build.gradle",
    "build.gradle.kts",
  ])("are read in %s", async (path) => {
    expect(await read(path, "[report]\nfail_under = 80\n")).toEqual(["2 report.fail_under = 80"]);
  });

  test.each<readonly [what: string, text: string, expected: readonly string[]]>([
    ["without a section", "a=1\nb   =   2\nc: 3\n", ["1 a = 1", "2 b = 2", "3 c = 3"]],
    ["in sections", "[one]\na = 1\n[two.deep]\nb = 2\n", ["2 one.a = 1", "4 two.deep.b = 2"]],
    ["in a section with blanks", "  [ one ]  \na = 1\n", ["2 one.a = 1"]],
    ["in a list of tables", "[[one]]\na = 1\n", ["2 one.a = 1"]],
    [
      "after what is no header",
      "a = v [b]\nc = 2\n[d] x\ne = 3\n",
      ["1 a = v [b]", "2 c = 2", "4 e = 3"],
    ],
    ["in quotes", "\"a-b\" = \"x\"\n'c.d': ' y '\n", ["1 a-b = x", "2 c.d = y"]],
    ["before a comment", "a = 1 # 2\nb = 3; 4\n", ["1 a = 1", "2 b = 3"]],
    ["of Kotlin", '    minimum = "0.8".toBigDecimal()\n', ["1 minimum = 0.8"]],
    ["of none", "\n# a = 1\n! b = 2\nc\nd =\n", []],
  ])("%s", async (_what, text, expected) => {
    expect(await read("a.toml", text)).toEqual(expected);
  });
});

describe("settings of Ruby", () => {
  test.each<Row>([
    ["a plain argument", "spec_helper.rb", "x\nminimum_coverage 90\n", ["2 minimum_coverage = 90"]],
    [
      "pairs",
      ".simplecov",
      "minimum_coverage line: 90, branch: 80\n",
      ["1 minimum_coverage.line = 90", "1 minimum_coverage.branch = 80"],
    ],
    [
      "a receiver",
      "test_helper.rb",
      "SimpleCov.minimum_coverage(85)\n",
      ["1 minimum_coverage = 85"],
    ],
  ])("are arguments of calls: %s", async (_what, path, text, expected) => {
    const found = await read(path, text);
    expect(Array.isArray(found) && found.filter((one) => one.includes("coverage"))).toEqual(
      expected,
    );
  });

  test("cannot be read in a text that is too long", async () => {
    expect(await read("a.rb", "x\n".repeat(300_000))).toEqual({ unreadAt: 1 });
  });

  test("cannot be read behind a slip of the syntax", async () => {
    expect(await read(".simplecov", "minimum_coverage 90\ndef (\n")).toEqual({ unreadAt: 2 });
  });
});

describe("settings in objects", () => {
  test.each<Row>([
    ["JSON", "a.json", '{\n  "a": { "b": 1 },\n  "c": "x"\n}\n', ["2 a.b = 1", "3 c = x"]],
    ["JSON with comments", ".nycrc", '{\n  // all\n  "a": true // yes\n}\n', ["3 a = true"]],
    ["lists", "a.json", '{ "a": [{ "b": 2 }] }', ['1 a = [{"b":2}]', "1 a.b = 2"]],
    ["a module", "a.config.js", "export default {\n  a: { b: f(1) },\n};\n", ["2 a.b = f(1)"]],
    ["a module by name", "a.config.mjs", "export default { a: 1 };\n", ["1 a = 1"]],
    ["a module of CommonJS", "a.config.cjs", "module.exports = { a: 1 };\n", ["1 a = 1"]],
    ...["ts", "mts", "cts"].map(
      (ext): Row => [
        `TypeScript, .${ext}`,
        `a.config.${ext}`,
        "const a: One = { b: 1 };\nexport default a satisfies One;\n",
        ["1 b = 1"],
      ],
    ),
    ["nothing of a module", "a.config.js", "", []],
  ])("%s", async (_what, path, text, expected) => {
    expect(await read(path, text)).toEqual(expected);
  });

  // A path is read by its end alone.
  test.each(["yml", "neon", "xml", "toml", "coveragerc", "rb", "gradle", "ts"])(
    "are read in a.%s.json as JSON",
    async (ext) => {
      const text = '{\n  // all\n  "a": { "b": 1 }\n}\n';
      expect(await read(`a.${ext}.json`, text)).toEqual(["3 a.b = 1"]);
    },
  );

  test.each<readonly [what: string, path: string, text: string, line: number]>([
    ["an empty JSON", "a.json", "", 1],
    ["a fault", "a.json", '{\n  "a": 1,\n  "b" 2\n}\n', 3],
    ["types in JavaScript", "a.ts.js", "const a: One = 1;\n", 1],
    ["a text that is too long", "a.json", `"${"x".repeat(500_001)}"`, 1],
  ])("cannot be read: %s", async (_what, path, text, line) => {
    expect(await read(path, text)).toEqual({ unreadAt: line });
  });
});
