import { expect, test } from "vitest";
import { editDistance } from "../../../src/domain/text/edit-distance.ts";
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
  ["EXPRESS", "express"],
  ["express-js", "express"],
  ["socketio", "socket.io"],
  ["greeterjs", "greeter"],
  ["jsgreeter", undefined],
  ["greejster", undefined],
  ["grweeter", "greeter"],
  ["greetter", "greeter"],
  ["gretr", undefined],
  ["zodd", undefined],
  ["zad", undefined],
  ["vute", "vite"],
  ["vit", undefined],
  ["vites", "vite"],
])("%s is easily taken for %s", (name, known) => {
  expect(lookAlikeOf(name, ["greeter"])).toBe(known);
});

test("the names of the repository's own lockfile come first", () => {
  expect(lookAlikeOf("expresss", ["express5", "expresss2"])).toBe("express5");
  expect(lookAlikeOf("expresss", ["expresss"])).toBeUndefined();
});

test.each([
  ["", "", 0],
  ["a", "", 1],
  ["", "abc", 3],
  ["abc", "abc", 0],
  ["abc", "abd", 1],
  ["abc", "ab", 1],
  ["ab", "abc", 1],
  ["abc", "xabc", 1],
  ["kitten", "sitting", 3],
  ["ab", "ba", 2],
  ["abcdef", "f", 5],
])("from %j to %j it is %i letters, there and back", (left, right, distance) => {
  expect(editDistance(left, right)).toBe(distance);
  expect(editDistance(right, left)).toBe(distance);
});
