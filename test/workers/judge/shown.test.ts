import { expect, test } from "vitest";
import { digestOf } from "../../../src/domain/digest.ts";
import { shownItems } from "../../../src/workers/judge/shown.ts";

const itemOf = (key: string, characters: number) => ({
  ...{ key, title: key, body: "x".repeat(characters), evidence: [] },
});
const many = (count: number, characters: number) =>
  Array.from({ length: count }, (_, index) => itemOf(`item ${index}`, characters));

test("all are shown in the order in which they were gathered, where they fit", () => {
  const items = many(20, 1_000);
  expect(shownItems(items, digestOf("a run"))).toEqual(items);
});

test("of more than fit each is shown at some run, although none of them ever gets an issue", () => {
  const items = many(200, 1_900);
  const seen = new Set<string>();
  for (let run = 0; run < 60; run += 1) {
    const shown = shownItems(items, digestOf(`run ${run}`));
    expect(JSON.stringify(shown).length).toBeLessThanOrEqual(120_001);
    expect(shown.length).toBeGreaterThan(40);
    for (const { key } of shown) seen.add(key);
  }
  expect(seen.size).toBe(items.length);
});
