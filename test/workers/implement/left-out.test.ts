import { describe, expect, test } from "vitest";
import type { ModelTool } from "../../../src/ports/model.ts";
import type { LeftOut } from "../../../src/ports/sandbox.ts";
import {
  newlyLeftOut,
  sayLeftOut,
  tellingIgnored,
} from "../../../src/workers/implement/left-out.ts";

const file = (path: string, isByProduct = false, rule = `/${path}`): LeftOut => ({
  path,
  rule,
  isByProduct,
});
const numbered = (count: number, name: string, isByProduct: boolean) =>
  Array.from({ length: count }, (_, index) => file(`${name}${100 + index}`, isByProduct));

describe("what a proposal says of files that are none of the change", () => {
  test("is nothing where there are none", () => {
    expect(sayLeftOut([])).toEqual({});
  });

  test("names them by their paths in order, each with its rule", () => {
    const [b, a] = [file("b.log", true, "*.log"), file("a.env", false, ".env")];
    expect(sayLeftOut([b, a])).toEqual({ leftOut: [a, b] });
    expect(sayLeftOut([a, b])).toEqual({ leftOut: [a, b] });
  });

  test("names what somebody may have meant before what a build makes anyway, fifty in all", () => {
    const said = sayLeftOut([...numbered(60, "a", true), ...numbered(3, "b", false)]).leftOut ?? [];
    expect(said).toHaveLength(50);
    expect(said.filter(({ isByProduct }) => !isByProduct).map(({ path }) => path)).toEqual([
      "b100",
      "b101",
      "b102",
    ]);
    expect(said.map(({ path }) => path)).toEqual(said.map(({ path }) => path).sort());
  });

  test("cuts what is longer than a proposal takes", () => {
    const [one] = sayLeftOut([file("p".repeat(400), false, "r".repeat(400))]).leftOut ?? [];
    expect([one?.path.length, one?.rule.length]).toEqual([300, 300]);
  });
});

describe("a tool that writes a file", () => {
  const tool = (name: string) => ({ name, run: async () => "written" }) as unknown as ModelTool;
  const ignoredBy = (path: string) => (path.endsWith(".env") ? ".env" : undefined);

  async function said(name: string, input: unknown) {
    const told = new Set<string>();
    const answer = await tellingIgnored(tool(name), ignoredBy, told).run(input as never);
    return { answer, told: [...told] };
  }

  test.each([
    ["of a file of the change says nothing more", "write", { file_path: "src/a.ts" }],
    ["without a path says nothing more", "write", { content: "x.env" }],
    ["with a path that is no text says nothing more", "write", { file_path: 7 }],
    ["with no input at all says nothing more", "write", undefined],
    ["but reads, says nothing more", "read", { file_path: "a.env" }],
  ])("%s", async (_, name, input) => {
    expect(await said(name, input)).toEqual({ answer: "written", told: [] });
  });

  test.each([
    ["a.env", "a.env"],
    ["././a.env", "a.env"],
    ["b/./a.env", "b/./a.env"],
  ])(
    "says at once that %s will be no part of the change, and by which rule",
    async (path, told) => {
      const found = await said("write", { content: "SECRET", file_path: path });
      expect(found.answer).toMatch(/^written\nBut it will be no part of the change: .*\(\.env\)/);
      expect(found.told).toEqual([told]);
    },
  );
});

describe("what the coder was not told yet", () => {
  test.each<readonly [string, readonly string[], readonly LeftOut[], readonly string[]]>([
    ["is what nobody told", [], [file("a"), file("b")], ["a", "b"]],
    ["is nothing that was told", ["a"], [file("a"), file("b")], ["b"]],
    ["is no folder of what was told", ["out/a"], [file("out/")], []],
    ["is no cache of anybody's", [], [file("a", true)], []],
    ["is a name that only begins alike", ["a"], [file("ab")], ["ab"]],
  ])("%s", (_, told, leftOut, expected) => {
    expect(newlyLeftOut(leftOut, new Set(told)).map(({ path }) => path)).toEqual(expected);
  });

  test("is told once", () => {
    const told = new Set<string>();
    newlyLeftOut([file("a")], told);
    expect([...told]).toEqual(["a"]);
    expect(newlyLeftOut([file("a")], told)).toEqual([]);
  });
});
