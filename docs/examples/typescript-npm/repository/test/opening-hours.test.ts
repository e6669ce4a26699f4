import { describe, expect, test } from "vitest";
import { isOpen } from "../src/opening-hours.js";

describe("a shop that opens at 9 and closes at 17", () => {
  const hours = { from: 9 * 60, to: 17 * 60 };

  test("is open at 9", () => {
    expect(isOpen(hours, 9 * 60)).toBe(true);
  });

  test("is closed at 17", () => {
    expect(isOpen(hours, 17 * 60)).toBe(false);
  });
});
