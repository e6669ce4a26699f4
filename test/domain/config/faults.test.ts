import { describe, expect, test } from "vitest";
import { z } from "zod";
import { faultsOf, nearestKey } from "../../../src/domain/config/faults.ts";

const schema = z.strictObject({
  name: z.string().optional(),
  part: z.union([z.string(), z.strictObject({ size: z.number() })]).optional(),
  kind: z
    .discriminatedUnion("is", [z.object({ is: z.literal("a") })], "expected a kind")
    .optional(),
  list: z.array(z.strictObject({ width: z.number().optional() })).optional(),
});

function faults(value: unknown, refusedKey?: Parameters<typeof faultsOf>[1]["refusedKey"]) {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return faultsOf(issues, { schema, ...(refusedKey === undefined ? {} : { refusedKey }) });
}

describe("faultsOf", () => {
  test.each<readonly [string, unknown, readonly object[]]>([
    ["a value as expected", { name: "x", part: "y" }, []],
    [
      "a union of kinds that is of neither",
      { part: 1 },
      [{ path: ["part"], message: "expected text or keys with values" }],
    ],
    [
      "a union of which one form is meant",
      { part: { size: "x" } },
      [{ path: ["part", "size"], message: expect.stringContaining("expected number") }],
    ],
    [
      "a union whose forms are told apart by a word",
      { kind: { is: "b" } },
      [{ path: ["kind", "is"], message: "expected a kind" }],
    ],
    [
      "a key of a list, nearly right",
      { list: [{ widht: 1 }] },
      [{ path: ["list", 0, "widht"], message: 'unknown key "widht"; did you mean "width"?' }],
    ],
    [
      "a key of a form, nearly right",
      { part: { size: 1, sise: 1 } },
      [{ path: ["part", "sise"], message: 'unknown key "sise"; did you mean "size"?' }],
    ],
    [
      "two keys far from any",
      { command: 1, zzzzzz: 2 },
      [
        { path: ["command"], message: 'unknown key "command"' },
        { path: ["zzzzzz"], message: 'unknown key "zzzzzz"' },
      ],
    ],
  ])("%s", (_, value, expected) => {
    expect(faults(value)).toStrictEqual(expected);
  });

  test("a key that is refused for a reason is told that reason, at its place", () => {
    const asked: unknown[] = [];
    const found = faults({ list: [{ widht: 1 }] }, (path, key) => {
      asked.push([path, key]);
      return "not here";
    });
    expect(found).toStrictEqual([{ path: ["list", 0, "widht"], message: "not here" }]);
    expect(asked).toStrictEqual([[["list", 0], "widht"]]);
  });
});

test.each<readonly [string, readonly string[], string | undefined]>([
  ["mode", [], undefined],
  ["MODE", ["models", "mode"], "mode"],
  ["moed", ["models", "mode"], "mode"],
  // Two edits are near of any key, three of nine letters.
  ["abxy", ["abcd"], "abcd"],
  ["axyz", ["abcd"], undefined],
  ["abcdefxyz", ["abcdefghi"], "abcdefghi"],
  ["abcdewxyz", ["abcdefghi"], undefined],
])("%s among %j: %s", (key, known, expected) => {
  expect(nearestKey(key, known)).toBe(expected);
});
