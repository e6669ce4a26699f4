import assert from "node:assert/strict";
import { test } from "node:test";
import { answer } from "../src/routes.ts";

function get(path: string) {
  return answer(new URL(path, "http://parcel-rates"), "abc123");
}

function centsOf(kilograms: string) {
  const { body } = get(`/quote?to=NO&kilograms=${kilograms}`);
  return typeof body === "object" && body !== null && "cents" in body ? body.cents : body;
}

test("health answers ok", () => {
  assert.deepEqual(get("/health"), { status: 200, body: { ok: true } });
});

test("version answers the commit", () => {
  assert.deepEqual(get("/version"), { status: 200, body: { commit: "abc123" } });
});

test("a quote names zone and price", () => {
  const body = { to: "NO", zone: "nordic", kilograms: 2.5, cents: 1140 };
  assert.deepEqual(get("/quote?to=no&kilograms=2.5"), { status: 200, body });
});

test("a valid weight costs what its zone says", () => {
  assert.deepEqual(centsOf("0.5"), 740);
  assert.deepEqual(centsOf("2.5"), 1140);
  assert.deepEqual(centsOf("30"), 6640);
});

test("an unknown country is a bad request that names it", () => {
  const body = { error: 'to: no zone delivers to "ZZ"' };
  assert.deepEqual(get("/quote?to=ZZ&kilograms=1"), { status: 400, body });
});

test("an unknown route is not found", () => {
  assert.equal(get("/nowhere").status, 404);
});
