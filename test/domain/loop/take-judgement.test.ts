import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GatheredItem } from "../../../src/domain/loop/gathered.ts";
import { Judgement, type Tie } from "../../../src/domain/loop/judgement.ts";
import { keyOf } from "../../../src/domain/loop/key-of.ts";
import { takeJudgement } from "../../../src/domain/loop/take-judgement.ts";

const itemOf = (key: string): GatheredItem => ({
  key,
  title: `Title of ${key}`,
  body: "",
  evidence: [{ what: "a line", at: `src/${key}.ts:1`, output: "" }],
});
const FRESH = ["a", "b", "c"].map(itemOf);
const FILED = [itemOf("old")];
const MEASURES = { size: 3 };
const LINE: Tie = { kind: "quote", path: "src/a.ts", line: 1, text: "let x" };
const ELSEWHERE: Tie = { ...LINE, line: 2 };
const FIGURE: Tie = { kind: "figure", measure: "size", value: 3 };
const item = (key: string): Tie => ({ kind: "item", key });

function take(said: object, propose = 2) {
  const judgement = Judgement.parse({ verdicts: [], proposals: [], ...said });
  return takeJudgement(judgement, {
    fresh: FRESH,
    filed: FILED,
    items: [...FRESH, ...FILED],
    measures: MEASURES,
    stands: ({ path, line, text }) => `${path}:${line}:${text}` === "src/a.ts:1:let x",
    propose,
  });
}

const file = (key: string, evidence: readonly Tie[] = []) => ({
  ...{ verdict: "file", key, reason: "It matters.", evidence },
});
const drop = (key: string, evidence: readonly Tie[]) => ({
  ...{ verdict: "drop", key, reason: "Not now.", evidence },
});
const merge = (key: string, into: string) => ({
  ...{ verdict: "merge", key, into, reason: "The same." },
});
const proposal = (evidence: readonly Tie[], title = "Do it") => ({ title, body: "How.", evidence });

describe("a verdict", () => {
  test("is taken in the order in which it was given", () => {
    const taken = take({
      verdicts: [file("b", [LINE]), file("a", [FIGURE]), drop("c", [item("a")])],
    });
    expect(taken.file.map(({ key, reason }) => `${key} ${reason}`)).toEqual([
      "b It matters.",
      "a It matters.",
    ]);
    expect(taken).toMatchObject({ dropped: 1, notTaken: [] });
  });

  test.each([
    ["about an item that nobody asked about", [file("z")], "item-not-asked"],
    ["about an item that has its issue", [file("old")], "item-not-asked"],
    ["said twice, whatever it says", [file("a"), drop("a", [FIGURE])], "item-twice"],
    ["to drop without showing anything", [drop("a", [])], "nothing-shown"],
    ["tied to itself", [drop("a", [item("a")])], "item-itself"],
    ["tied to an unknown item", [file("a", [item("z")])], "item-unknown"],
    ["tied to lines that are not there", [file("a", [LINE, ELSEWHERE])], "lines-not-there"],
    ["tied to another figure", [drop("a", [{ ...FIGURE, value: 4 }])], "figure-differs"],
    [
      "tied to a figure of nobody",
      [drop("a", [{ ...FIGURE, measure: "constructor" }])],
      "figure-differs",
    ],
    ["merged into what is dropped", [merge("a", "b"), drop("b", [FIGURE])], "target-not-filed"],
    ["merged into what is merged", [merge("a", "b"), merge("b", "old")], "target-not-filed"],
    ["merged into itself", [merge("a", "a")], "item-itself"],
  ])("%s is not taken", (_what, verdicts, fault) => {
    const taken = take({ verdicts });
    expect(taken.notTaken[0]).toMatchObject({ fault });
    expect(taken.file).toEqual([]);
  });

  test("that merges adds to the issue that is filed, or that is open", () => {
    const taken = take({ verdicts: [merge("a", "b"), file("b"), merge("c", "old")] });
    expect(taken.file).toMatchObject([{ key: "b", rests: [{ key: "a" }] }]);
    expect([...taken.merged]).toMatchObject([[keyOf(itemOf("old")), [{ key: "c" }]]]);
  });
});

describe("a proposal", () => {
  test("is known by what it rests on, in whatever words and order", () => {
    const one = take({ proposals: [proposal([item("a"), item("b"), LINE])] });
    const other = take({ proposals: [proposal([item("b"), item("a")], "In other words")] });
    expect(one.file[0]?.key).toBe(other.file[0]?.key);
    expect(one.file[0]).toMatchObject({ title: "Do it", rests: [{ key: "a" }, { key: "b" }] });
    expect(one.file[0]?.evidence.map(({ at }) => at)).toEqual([
      "src/a.ts:1",
      "src/b.ts:1",
      "src/a.ts:1",
    ]);
  });

  test.each([
    ["that rests on no item", [proposal([LINE])], "nothing-shown"],
    ["that rests on what has its issue already", [proposal([item("old")])], "nothing-shown"],
    ["with one tie that does not hold", [proposal([item("a"), ELSEWHERE])], "lines-not-there"],
    ["beyond the bound", ["a", "b", "c"].map((key) => proposal([item(key)])), "too-many"],
    [
      "on an item of another",
      [proposal([item("a")]), proposal([item("a")])],
      "item-proposed-twice",
    ],
  ])("%s is not taken", (_what, proposals, fault) => {
    expect(take({ proposals }).notTaken).toMatchObject([{ fault }]);
  });

  test("on an item that is filed by itself is not taken", () => {
    const taken = take({ verdicts: [file("a")], proposals: [proposal([item("a")])] });
    expect(taken.notTaken).toMatchObject([{ fault: "item-filed-itself", at: "a" }]);
    expect(taken.file.map(({ key }) => key)).toEqual(["a"]);
  });

  test("needs the loop file's leave", () => {
    expect(take({ proposals: [proposal([item("a")])] }, 0).file).toEqual([]);
  });
});

describe("whatever a judge says", () => {
  const key = fc.constantFrom("a", "b", "c", "old", "z");
  const tie = fc.oneof(key.map(item), fc.constantFrom(LINE, ELSEWHERE, FIGURE));
  const ties = fc.array(tie, { maxLength: 3 });
  const verdict = fc.oneof(
    fc.tuple(key, ties).map(([one, evidence]) => file(one, evidence)),
    fc.tuple(key, ties).map(([one, evidence]) => drop(one, evidence)),
    fc.tuple(key, key).map(([one, into]) => merge(one, into)),
  );
  const said = fc.record({
    verdicts: fc.array(verdict, { maxLength: 6 }),
    proposals: fc.array(
      fc.array(tie, { minLength: 1, maxLength: 3 }).map((evidence) => proposal(evidence)),
      { maxLength: 4 },
    ),
  });

  test("an item stands for one issue at most, and only items that were asked about do", () => {
    fc.assert(
      fc.property(said, (one) => {
        const { file: filed, merged } = take(one);
        const own = filed.filter((made) => !made.own);
        const spoken = [
          ...own.map((made) => made.key),
          ...filed.flatMap(({ rests }) => rests.map((rest) => rest.key)),
          ...[...merged.values()].flat().map((rest) => rest.key),
        ];
        expect(new Set(spoken).size).toBe(spoken.length);
        expect(spoken.every((name) => FRESH.some((fresh) => fresh.key === name))).toBe(true);
        expect(filed.length - own.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  test("every word is taken, or named with what is wrong", () => {
    fc.assert(
      fc.property(said, (one) => {
        const { file: filed, merged, dropped, notTaken } = take(one);
        const own = filed.filter((made) => !made.own);
        const joined = own.reduce((sum, { rests }) => sum + rests.length, 0);
        const added = [...merged.values()].flat().length;
        expect(filed.length + joined + added + dropped + notTaken.length).toBe(
          one.verdicts.length + one.proposals.length,
        );
      }),
    );
  });
});
