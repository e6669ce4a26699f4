import fc from "fast-check";
import { expect, test } from "vitest";
import { ADDED, acrossOf, addedOf } from "../../../src/measures/across/across.ts";
import type { History } from "../../../src/measures/history/history.ts";
import type { Review } from "../../../src/measures/review/review.ts";
import { aReview } from "../review/a-review.ts";

const WINDOW = { from: "2026-08-20T00:00:00Z", until: "2026-08-27T00:00:00Z" };
const at = (day: number) => `2026-08-2${day}T00:00:00Z`;

const A_HISTORY = fc.record({
  merges: fc.uniqueArray(
    fc.record({
      number: fc.integer({ min: 1, max: 30 }),
      day: fc.integer({ min: 1, max: 6 }),
      isBack: fc.boolean(),
      repairs: fc.boolean(),
    }),
    { selector: ({ number }) => number, maxLength: 12 },
  ),
  cents: fc.option(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 4 }), {
    nil: undefined,
  }),
});

function reviewNamed(
  repository: string,
  made: typeof A_HISTORY extends fc.Arbitrary<infer Made> ? Made : never,
): Review {
  const merges: History["merges"] = made.merges.map(({ number, day, isBack, repairs }) => ({
    ...{ id: `#${number}`, commit: "a".repeat(40), issue: number, mergedAt: at(day) },
    ...(isBack ? { takenBackAt: at(6) } : {}),
    ...(repairs ? { repairs: true as const } : {}),
  }));
  const work = {
    ...{
      stays: [],
      attempts: [],
      sendBacks: [],
      refusals: [],
      escapes: [],
      mistakes: [],
      people: [],
    },
    spendings: (made.cents ?? []).map((cents) => ({ issue: 1, at: at(1), usd: cents / 100 })),
  };
  const told = made.cents === undefined ? ({ untold: "no-ledgers" } as const) : { known: work };
  return aReview({ repository, merges, work: told }, WINDOW);
}

test("the sum of one repository says what the repository says", () => {
  fc.assert(
    fc.property(A_HISTORY, (made) => {
      const review = reviewNamed("o/one", made);
      const { sums } = acrossOf([review], { window: WINDOW });
      for (const name of ADDED) {
        const own = addedOf(review)[name];
        const { figure, missing } = sums[name];
        if ("unknown" in own) expect(figure).toEqual(own);
        else expect(figure).toMatchObject({ value: own.value, unit: own.unit });
        // What is a gap is named; a share of nothing is none.
        if ("value" in own) expect(missing).toEqual([]);
      }
    }),
  );
});

test("counts and money add, a share is of all together, and the order of the sources changes nothing", () => {
  fc.assert(
    fc.property(fc.array(A_HISTORY, { minLength: 2, maxLength: 5 }), (histories) => {
      const reviews = histories.map((made, index) => reviewNamed(`o/r${index}`, made));
      const { sums } = acrossOf(reviews, { window: WINDOW });
      expect(acrossOf(reviews.toReversed(), { window: WINDOW }).sums).toEqual(sums);
      const merged = histories.flatMap(({ merges }) => merges);
      expect(sums.merged.figure).toMatchObject({ value: merged.length });
      if (merged.length > 0) {
        const back = merged.filter(({ isBack, day }) => isBack && day <= 6).length;
        expect(sums.takenBack.figure).toMatchObject({
          value: Number((back / merged.length).toFixed(4)),
        });
      }
      const silent = histories.flatMap(({ cents }, index) =>
        cents === undefined ? [`o/r${index}`] : [],
      );
      const { missing } = sums.spent;
      expect(missing.map(({ repository }) => repository)).toEqual(silent);
      const told = histories.filter(({ cents }) => cents !== undefined);
      const cents = told.flatMap((one) => one.cents ?? []).reduce((sum, one) => sum + one, 0);
      if (told.length > 0) {
        const { figure } = sums.spent;
        expect("value" in figure ? figure.value : 0).toBeCloseTo(cents / 100, 4);
      }
    }),
  );
});

test("cost per merge is all money over all merges, what came to nothing paid too", () => {
  const merge = (number: number) => ({ number, day: 2, isBack: false, repairs: false });
  const reviews = [
    reviewNamed("o/big", { merges: [1, 2, 3].map(merge), cents: [300] }),
    reviewNamed("o/dear", { merges: [], cents: [100] }),
    reviewNamed("o/silent", { merges: [merge(9)], cents: undefined }),
  ];
  const { figure, missing } = acrossOf(reviews, { window: WINDOW }).sums.costPerMerged;
  expect(figure).toMatchObject({ value: 1.3333 });
  expect(missing).toEqual([{ repository: "o/silent", because: "no-ledgers" }]);
});

test("each id says whose it is", () => {
  const review = reviewNamed("o/a", {
    merges: [{ number: 4, day: 2, isBack: false, repairs: false }],
    cents: [5],
  });
  const { sums } = acrossOf([review, aReview({ repository: "o/b" }, WINDOW)], { window: WINDOW });
  expect(sums.merged.figure).toMatchObject({ from: ["o/a#4", "o/b#4"] });
});

test("nothing read is nothing known", () => {
  const { sums } = acrossOf([], { window: WINDOW });
  for (const name of ADDED) expect(sums[name].figure).toHaveProperty("unknown");
});
