import assert from "node:assert/strict";
import test from "node:test";
import { price } from "../src/price.js";

test("a parcel of 2 kg costs 8.00", () => {
  assert.equal(price(2), 800);
});
