import assert from "node:assert/strict";
import { test } from "node:test";
import { ZONES, zoneOf } from "../src/zones.ts";

test("a country belongs to its zone", () => {
  assert.equal(zoneOf("NO")?.name, "nordic");
});

test("country codes are read in any case and trimmed", () => {
  assert.equal(zoneOf(" us ")?.name, "world");
});

test("nobody delivers to an unknown country", () => {
  assert.equal(zoneOf("ZZ"), undefined);
});

test("no country is in two zones", () => {
  const countries = ZONES.flatMap((zone) => zone.countries);
  assert.equal(new Set(countries).size, countries.length);
});
