import { describe, expect, test } from "vitest";
import { doubtsAbout } from "../../../src/workers/intake-normalize/doubts.ts";

const doubtsOf = (statement: string) =>
  doubtsAbout({ acceptance: [{ id: "AC1", statement, kind: "changes" }] });

describe("criteria that may be vague", () => {
  test.each([
    ["Shipping to Norway works well", "works well"],
    ["The search is fast", "fast"],
    ["Errors are handled properly", "properly"],
    ["Dates are parsed correctly", "correctly"],
    ["The page loads quickly on a phone", "quickly"],
    ["The upload works.", "works"],
    ["Everything works as expected after the change", "works as expected"],
    ["The API is robust and scalable", "robust"],
    ["utf8 names are handled appropriately", "appropriately"],
    ["The menu is user-friendly for new people", "user-friendly"],
  ])("doubts %j because of %j", (statement, word) => {
    const [fault] = doubtsOf(statement);
    expect(fault?.where).toBe("AC1");
    expect(fault?.reason).toContain(`"${word}" has no measure`);
    expect(fault?.accepted).not.toBe("");
  });

  test.each([
    "A search over 10,000 rows answers fast, in at most 200 ms",
    "quote(NO, 2.5 kg) answers 1140 cents",
    "Given an empty cart, when checkout is opened, then the page says `Nothing to pay`",
    'An unknown zone is refused properly: with status 422 and "unknown zone"',
    "The export equals the import byte for byte",
    "A worktree is removed when its branch is merged",
    "Breakfast orders are listed before lunch orders",
    "The header holds the name of the signed-in person",
    "Rows are sorted",
    "空の名前は422で拒否される",
    "Пустое имя отклоняется с кодом 422",
  ])("leaves %j alone", (statement) => {
    expect(doubtsOf(statement)).toEqual([]);
  });

  test.each(["Done", "It is", "完了"])("doubts the stub %j", (statement) => {
    expect(doubtsOf(statement)[0]?.reason).toContain("says neither");
  });
});
