import { describe, expect, test } from "vitest";
import { nameTests } from "../../../src/wording/checks/test-names.ts";

describe("nameTests", () => {
  test.each([
    [["a"], "1 test (a)"],
    [["a", "b"], "2 tests (a; b)"],
    [["a", "b", "c", "d", "e"], "5 tests (a; b; c; and 2 more)"],
  ])("%j", (names, expected) => {
    expect(nameTests(names)).toBe(expected);
  });

  test("cuts long names", () => {
    expect(nameTests(["x".repeat(500)])).toHaveLength("1 test ()".length + 90);
  });
});
