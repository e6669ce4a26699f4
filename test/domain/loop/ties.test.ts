import { expect, test } from "vitest";
import { type Tie, tiesOf } from "../../../src/domain/loop/judgement.ts";
import { loose } from "../../../src/domain/loop/ties.ts";

const QUOTE = { kind: "quote" as const, path: "src/a.ts", line: 3, text: "a = 1" };
const GROUNDS = {
  items: [
    { key: "one", title: "One", body: "", evidence: [] },
    { key: "two", title: "Two", body: "", evidence: [] },
  ],
  measures: { size: 4 },
  stands: ({ line }: { readonly line: number }) => line === 3,
};

test.each<readonly [string, readonly Tie[], object | undefined]>([
  ["nothing", [], undefined],
  [
    "what is all there",
    [{ kind: "item", key: "two" }, QUOTE, { kind: "figure", measure: "size", value: 4 }],
    undefined,
  ],
  [
    "the item that it is about",
    [{ kind: "item", key: "one" }],
    { fault: "item-itself", at: "one" },
  ],
  ["an item nobody found", [{ kind: "item", key: "six" }], { fault: "item-unknown", at: "six" }],
  [
    "lines that are not so",
    [{ ...QUOTE, line: 4 }],
    { fault: "lines-not-there", at: "src/a.ts:4" },
  ],
  [
    "another figure",
    [{ kind: "figure", measure: "size", value: 5 }],
    { fault: "figure-differs", at: "size = 5" },
  ],
  [
    "a figure nobody measured",
    [{ kind: "figure", measure: "constructor", value: 0 }],
    { fault: "figure-differs", at: "constructor = 0" },
  ],
  [
    "two that do not hold, of which the first is told",
    [QUOTE, { kind: "item", key: "six" }, { ...QUOTE, line: 4 }],
    { fault: "item-unknown", at: "six" },
  ],
])("of ties to %s", (_what, ties, expected) => {
  expect(loose(ties, { ...GROUNDS, own: "one" })).toStrictEqual(expected);
});

test("an item may be tied to where nothing is about it alone", () => {
  expect(loose([{ kind: "item", key: "one" }], GROUNDS)).toBeUndefined();
});

test("every tie of a judgement is one of its verdicts or of its proposals, in this order", () => {
  const [first, second] = [
    { kind: "item" as const, key: "one" },
    { kind: "item" as const, key: "two" },
  ];
  const judgement = {
    verdicts: [
      { verdict: "drop" as const, key: "a", reason: "r", evidence: [first, QUOTE] },
      { verdict: "file" as const, key: "b", reason: "r", evidence: [] },
    ],
    proposals: [{ title: "t", body: "b", evidence: [second] }],
  };
  expect(tiesOf(judgement)).toStrictEqual([first, QUOTE, second]);
});
