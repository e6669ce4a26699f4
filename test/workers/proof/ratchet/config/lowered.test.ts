import { describe, expect, test } from "vitest";
import { findLoweredChecks } from "../../../../../src/workers/proof/ratchet/config/lowered.ts";
import { syntax } from "../../../syntax.ts";

const find = (path: string, before: string | undefined, after: string | undefined) =>
  findLoweredChecks(
    {
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
    syntax,
  );

describe("a bound of a check", () => {
  const PATH = ".coveragerc";
  const text = (value: string) => `[report]\nfail_under = ${value}\n`;
  test.each([
    ["falls", "80", "79.5", true],
    ["stays, written in another way", "80", "80.0", false],
    ["rises", "80", "81", false],
    ["is no number any more", "80", "many", true],
    ["was no number", "many", "5", false],
  ])("of at least so much %s", async (_what, was, is, told) => {
    const expected = {
      ...{ path: PATH, line: 2, rule: "check-lowered" },
      ...{ before: `report.fail_under: ${was}`, after: `report.fail_under: ${is}` },
    };
    expect(await find(PATH, text(was), text(is))).toEqual(told ? [expected] : []);
  });

  const upper = (value: string) => `Metrics/MethodLength:\n  Max: ${value}\n`;
  test.each([
    ["rises", "10", "11", true],
    ["stays, written in another way", "10", "10.0", false],
    ["falls", "10", "9", false],
  ])("of at most so much %s", async (_what, was, is, told) => {
    const expected = {
      ...{ path: ".rubocop.yml", line: 2, rule: "check-lowered" },
      ...{ before: `Metrics/MethodLength.Max: ${was}`, after: `Metrics/MethodLength.Max: ${is}` },
    };
    expect(await find(".rubocop.yml", upper(was), upper(`${is} #`))).toEqual(
      told ? [expected] : [],
    );
  });

  test("is told where it stands now, or where the file ends without it", async () => {
    const before = `# one\n# two\n${text("80")}`;
    const at = async (after: string | undefined) =>
      (await find(PATH, before, after)).map((found) => [found.line, found.after]);
    expect(await at(text("70"))).toEqual([[2, "report.fail_under: 70"]]);
    expect(await at("# one\n")).toEqual([[2, ""]]);
    expect(await at("#\n#\n#\n#\n#\n#\n")).toEqual([[4, ""]]);
    expect(await at(undefined)).toEqual([[1, ""]]);
  });

  test("of a new file, or of one that is not changed, is none, even if nobody can read it", async () => {
    expect(await find("tsconfig.json", undefined, "{ strict")).toEqual([]);
    expect(await find("tsconfig.json", "{ strict", "{ strict")).toEqual([]);
  });

  test("is told in 200 characters", async () => {
    const rule = (value: string) => `{ "rules": { "${"x".repeat(200)}": "${value}" } }`;
    const [found] = await find("biome.json", rule("error"), rule("off"));
    expect(found).toMatchObject({
      before: `rules.${"x".repeat(194)}`,
      after: `rules.${"x".repeat(194)}`,
    });
  });

  test.each<[string, string, string | undefined, number]>([
    ["was not readable", "{ strict", "{}", 1],
    ["is not readable", "{}", '{\n  "a": 1,\n  "b" 2\n}\n', 3],
    ["was not readable, and is gone", "{ strict", undefined, 1],
  ])("in a file that %s is unknown, and that is told", async (_what, before, after, line) => {
    const path = "tsconfig.json";
    expect(await find(path, before, after)).toEqual([
      { path, line, rule: "unreadable", before: "", after: "" },
    ]);
  });

  test("of another key or another file is no check", async () => {
    expect(await find(PATH, "[report]\nprecision = 2\n", "[report]\nprecision = 1\n")).toEqual([]);
    expect(await find("other.cfg", text("80"), text("70"))).toEqual([]);
  });
});

describe("a check that is on", () => {
  const rule = (value: string | undefined) =>
    value === undefined ? "{ rules: {} }" : `{ rules: { one: ${value} } }`;
  test.each<[string, string, string | undefined, boolean]>([
    ["is off", '"error"', '"off"', true],
    ["is a warning", '"error"', '"warn"', true],
    ["is a number that warns", "2", "1", true],
    ["only informs", '"error"', '"info"', true],
    ["is gone", '"warn"', undefined, true],
    ["was a warning and is off", '"warn"', "0", true],
    ["was a warning and is an error", '"warn"', '"error"', false],
    ["was off and is a warning", '"off"', '"warn"', false],
    ["was off and is gone", '"off"', undefined, false],
    ["has a list and is a warning", '["error",{a:1}]', '["warn",{a:1}]', true],
    ["has a list and stays", '["error","always"]', "[2]", false],
    ["is a bound of ten", '"error"', "10", false],
    ["has a list that begins with ten", '"error"', '["10",1]', false],
    ["warns ten times", '"error"', '"warn 10"', true],
    ["is a word with a warning in it", '"error"', '"no-warn"', false],
  ])("%s", async (_what, was, is, told) => {
    const plain = (value: string) => value.replace(/^"(.*)"$/, "$1");
    const expected = {
      ...{ path: ".eslintrc.json", line: 1, rule: "check-lowered" },
      before: `rules.one: ${plain(was)}`,
      after: is === undefined ? "" : `rules.one: ${plain(is)}`,
    };
    const found = await find(".eslintrc.json", rule(was), rule(is));
    expect(found).toEqual(told ? [expected] : []);
  });
});
