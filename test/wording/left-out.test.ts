import { expect, test } from "vitest";
import { sayLeftOutFindings } from "../../src/wording/left-out.ts";

test("the next attempt hears of what was written by hand alone", () => {
  const rule = "lib/ in .gitignore";
  expect(
    sayLeftOutFindings([
      { path: "src/lib/", rule, isByProduct: false },
      { path: "src/__pycache__/", rule: "*.pyc", isByProduct: true },
    ]),
  ).toEqual(["left out of the change by .gitignore: src/lib/ (lib/ in .gitignore)"]);
  expect(sayLeftOutFindings()).toEqual([]);
});
