import { expect, test } from "vitest";
import { layColumns } from "../../../src/cli/simulate/lay-columns.ts";

const heads = ["scheduled", "flat"];
const rows = [
  ["merged", "8", "12"],
  ["longest wait", "3 min", "12 min"],
];
const beside = [
  "                scheduled    flat",
  "  merged                8      12",
  "  longest wait      3 min  12 min",
];
const below = [
  "                scheduled",
  "  merged                8",
  "  longest wait      3 min",
  "",
  "                  flat",
  "  merged            12",
  "  longest wait  12 min",
];

test.each([
  ["no terminal", undefined, beside],
  ["a terminal that has just the room", 33, beside],
  ["one that has a character less", 32, below],
])("columns stand side by side where there is room: %s", (_, width, expected) => {
  expect(layColumns(heads, rows, width)).toEqual(expected);
});

test("one column is never divided, however narrow the terminal", () => {
  expect(layColumns(["flat"], [["longest wait", "12 min"]], 10)).toEqual([
    "                  flat",
    "  longest wait  12 min",
  ]);
});
