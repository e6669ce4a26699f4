import assert from "node:assert/strict";
import { test } from "node:test";
import { quote } from "../src/quote.ts";
import type { Zone } from "../src/zones.ts";

const zone: Zone = { name: "test", countries: ["XX"], baseCents: 500, perHalfKilogramCents: 100 };

test("the base price covers the first half kilogram", () => {
  assert.deepEqual(quote(zone, 0.5), { cents: 500 });
});

test("every started half kilogram costs extra", () => {
  assert.deepEqual(quote(zone, 0.6), { cents: 600 });
  assert.deepEqual(quote(zone, 2.5), { cents: 900 });
});

test("a parcel of 30 kilograms is still taken", () => {
  assert.deepEqual(quote(zone, 30), { cents: 6400 });
});

test("a parcel above 30 kilograms is refused", () => {
  assert.deepEqual(quote(zone, 30.1), { error: "kilograms: at most 30" });
});

test("a weight that is no number is refused", () => {
  assert.deepEqual(quote(zone, Number.NaN), { error: "kilograms: expected a number, like 2.5" });
});
