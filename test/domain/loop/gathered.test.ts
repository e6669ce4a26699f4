import { expect, test } from "vitest";
import { Gathered } from "../../../src/domain/loop/gathered.ts";

const ITEM = { key: "a", title: "A" };

test("what is left out has its default", () => {
  expect(Gathered.parse({ items: [ITEM] })).toEqual({
    items: [{ ...ITEM, body: "", evidence: [] }],
    measures: {},
  });
});

test.each([
  ["no items", {}],
  ["a key twice", { items: [ITEM, ITEM] }],
  ["a key of two lines", { items: [{ ...ITEM, key: "a\nb" }] }],
  ["an unknown key", { items: [], more: 1 }],
  ["a figure that is none", { items: [], measures: { size: "3" } }],
  ["a figure without end", { items: [], measures: { size: Number.POSITIVE_INFINITY } }],
  ["a name that no file can say", { items: [], measures: { "The Size": 1 } }],
  ["another number of items", { items: [ITEM], measures: { items: 0 } }],
])("%s is refused", (_what, value) => {
  expect(Gathered.safeParse(value).success).toBe(false);
});
