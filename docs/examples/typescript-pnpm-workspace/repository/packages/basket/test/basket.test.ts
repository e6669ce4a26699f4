import { expect, test } from "vitest";
import { total } from "../src/basket.ts";

test("a basket costs what its prices add up to", () => {
  expect(total([1000, 250])).toBe("12.50");
});
