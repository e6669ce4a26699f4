import { expect, test } from "vitest";
import { anotherRound } from "../../../src/control/outcome/another-round.ts";
import { doorbell } from "../../../src/control/outcome/doorbell.ts";
import { issue, viewOf } from "./building.ts";

const view = viewOf();

test.each([
  ["no word of rounds", undefined, { rings: [doorbell(view, issue)], next: "none" }],
  ["none left", 0, { rings: [doorbell(view, issue)], next: "none" }],
  ["one left", 1, { rings: [], next: "line" }],
  ["several left", 4, { rings: [], next: "line" }],
] as const)("with %s", (_, roundsLeft, expected) => {
  const { roundsLeft: _given, ...input } = view.input;
  const asked = {
    ...view,
    input: { ...input, ...(roundsLeft === undefined ? {} : { roundsLeft }) },
  };
  expect(anotherRound(asked)).toEqual(expected);
});
