import { describe, expect, test } from "vitest";
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

test("a long body, long outputs and many pieces are cut; all else stays", () => {
  const piece = (output: string) => ({ what: "what", at: "a.ts:1", output });
  const kept = {
    key: "a",
    title: "A",
    body: "b".repeat(2_000),
    evidence: [piece("o".repeat(1_000))],
  };
  expect(shownItems([kept], digestOf("a run"))).toEqual([kept]);
  const long = {
    ...{ key: "a", title: "A", body: "b".repeat(2_001) },
    evidence: Array.from({ length: 6 }, (_none, at) => piece(`${at}`.repeat(1_001))),
  };
  expect(shownItems([long], digestOf("a run"))).toEqual([
    {
      ...{ key: "a", title: "A", body: `${"b".repeat(1_999)}…` },
      evidence: [0, 1, 2, 3, 4].map((at) => piece(`${`${at}`.repeat(999)}…`)),
    },
  ]);
});

describe("items that fill the room", () => {
  // Sixty items whose JSON has 1,999 characters each, and a separator after each: exactly the room.
  const sized = (at: number, characters: number) => {
    const item = { ...itemOf(`${at}`.padStart(3, "0"), 0), title: "" };
    return { ...item, title: "x".repeat(characters - JSON.stringify(item).length) };
  };
  const full = Array.from({ length: 60 }, (_none, at) => sized(at, 1_999));

  test("are all shown at the last character", () => {
    expect(shownItems(full, digestOf("a run"))).toEqual(full);
  });

  test.each([
    ["000000000000", 0],
    ["000000000002", 2],
    ["00000000003b", 59],
    ["00000000003c", 0],
    ["00000000003d", 1],
  ])(
    "begin at the place that the order's digest %s tells, and one does not fit",
    (start, first) => {
      const over = [...full.slice(0, 59), sized(59, 2_000)];
      const turned = [...over.slice(first), ...over.slice(0, first)];
      expect(shownItems(over, `${start}${"f".repeat(52)}`)).toEqual(turned.slice(0, 59));
    },
  );

  test("are none, where the first alone is larger", () => {
    const items = [sized(0, 120_000), sized(1, 1_999)];
    expect(shownItems(items, "0".repeat(64))).toEqual([]);
  });
});
