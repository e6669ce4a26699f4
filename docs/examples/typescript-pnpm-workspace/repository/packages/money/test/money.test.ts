import { expect, test } from "vitest";
import { format } from "../src/money.ts";

test("an amount has euros and cents", () => {
  expect(format(1250)).toBe("12.50");
});
