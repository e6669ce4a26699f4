import { expect, test } from "vitest";
import { readJsonPath, valueAt } from "../../../src/domain/config/json-path.ts";

const VALUE = JSON.parse(
  '{"ok":true,"db":[{"state":"up"},{"state":"down"}],"a b":{"it\'s":1},"none":null,"grün":2,"__proto__":{"x":3}}',
);

test.each<[string, unknown]>([
  ["$", VALUE],
  ["$.ok", true],
  ["$.db[0].state", "up"],
  ["$.db[-1].state", "down"],
  ["$['a b']['it\\'s']", 1],
  ['$["a b"]["it\'s"]', 1],
  ["$.none", null],
  ["$.grün", 2],
  ["$.__proto__.x", 3],
  ["$.missing", undefined],
  ["$.missing.deeper", undefined],
  ["$.db.length", undefined],
  ["$.db[7]", undefined],
  ["$.ok[0]", undefined],
  ["$.none.x", undefined],
  ["$.toString", undefined],
])("%s names what stands there", (path, value) => {
  const steps = readJsonPath(path);
  if (steps === undefined) throw new Error(`${path} is no path`);
  expect(valueAt(VALUE, steps)).toEqual(value);
});

test.each([
  "",
  "ok",
  ".ok",
  "$ok",
  "$..ok",
  "$.*",
  "$.db[*]",
  "$.db[0:1]",
  "$.db[01]",
  "$.db[",
  "$['x]",
  "$.",
  "$.db[?@.x]",
  "$.1a",
])("%j names no single value", (path) => {
  expect(readJsonPath(path)).toBeUndefined();
});
