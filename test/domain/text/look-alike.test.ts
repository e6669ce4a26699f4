import { expect, test } from "vitest";
import { lookAlikeOf } from "../../../src/domain/text/look-alike.ts";

test.each([
  ["expresss", "express"],
  ["lodasj", "lodash"],
  ["crossenv", "cross-env"],
  ["Lodash", "lodash"],
  ["greter", "greeter"],
  ["lodash", undefined],
  ["greeter", undefined],
  ["@types/express", undefined],
  ["ms", undefined],
  ["something-else", undefined],
])("%s is easily taken for %s", (name, known) => {
  expect(lookAlikeOf(name, ["greeter"])).toBe(known);
});
