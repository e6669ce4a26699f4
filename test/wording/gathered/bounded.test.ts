import fc from "fast-check";
import { expect, test } from "vitest";
import { Gathered } from "../../../src/domain/loop/gathered.ts";
import { cut } from "../../../src/domain/text/cut.ts";
import { gathered, keyed, titled } from "../../../src/wording/gathered/bounded.ts";

/** Texts of others: long ones, lines, controls and halves of characters. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "é", "😀", "\n", "\u0000", "\u2028", " ") }),
  fc.string({ unit: fc.constantFrom("a", "😀"), minLength: 250, maxLength: 800 }),
);

test("whatever was found fits the document that a loop reads", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { maxLength: 250 }), (found) => {
      const items = found.map(([one, other]) => ({
        key: keyed("kind", one, other),
        title: titled(`title ${one}`),
        body: cut(other, 20_000),
        evidence: [{ what: "place", at: "a:1", output: cut(one, 10_000) }],
      }));
      const document = gathered(items, {});
      expect(Gathered.parse(document)).toEqual(document);
      expect(document.items.every(({ key, title }) => `${key}${title}`.isWellFormed())).toBe(true);
    }),
  );
});

test("two things that differ at their ends alone have two keys", () => {
  const long = "x".repeat(400);
  expect(keyed("link", long, "a")).not.toBe(keyed("link", long, "b"));
  expect(keyed("link", long, "a")).toBe(keyed("link", long, "a"));
});

test("findings of one key are one item with the evidence of each, and what is too much is counted", () => {
  const item = (key: string, at: string) => ({
    ...{ key, title: "t", body: "", evidence: [{ what: "w", at, output: "" }] },
  });
  const same = gathered([item("a", "x:1"), item("b", "x:2"), item("a", "x:3")], {});
  expect(same.items.map(({ key, evidence }) => [key, evidence.map(({ at }) => at)])).toEqual([
    ["a", ["x:1", "x:3"]],
    ["b", ["x:2"]],
  ]);
  const many = Array.from({ length: 203 }, (_, index) => item(`${index}`, "x:1"));
  expect(gathered(many, {}).measures).toEqual({ findings: 203, "left-out": 3 });
});
