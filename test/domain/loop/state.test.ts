import { describe, expect, test } from "vitest";
import { isSealed, type LoopState, sealState, spentWith } from "../../../src/domain/loop/state.ts";

const STATE: LoopState = {
  version: 1,
  loop: "tidy",
  last: { run: 6, at: "2026-11-20T09:00:00.000Z", items: 1 },
  baseline: { size: 1 },
  measures: { size: 1 },
  findings: [],
};
const KEY = "a-key".repeat(8);
const OLD = "old-key".repeat(8);

test("a seal holds for this state, this repository and this key, or one that was in force before", () => {
  const sealed = sealState(STATE, { repositoryId: 1, key: OLD });
  expect(isSealed(sealed, { repositoryId: 1, key: `${KEY} ${OLD}` })).toBe(true);
  expect(isSealed(sealed, { repositoryId: 1, key: KEY })).toBe(false);
  expect(isSealed(sealed, { repositoryId: 2, key: OLD })).toBe(false);
  const changed = { ...sealed, state: { ...STATE, baseline: { size: 2 } } };
  expect(isSealed(changed, { repositoryId: 1, key: OLD })).toBe(false);
});

test("without a key nothing is sealed, and a seal that nobody can check is not believed", () => {
  const bare = sealState(STATE, { repositoryId: 1, key: undefined });
  expect(bare.seal).toBe("none");
  expect(isSealed(bare, { repositoryId: 1, key: undefined })).toBe(true);
  expect(isSealed(bare, { repositoryId: 1, key: KEY })).toBe(false);
  const sealed = sealState(STATE, { repositoryId: 1, key: KEY });
  expect(isSealed(sealed, { repositoryId: 1, key: undefined })).toBe(false);
});

describe("what a loop spent", () => {
  const [TODAY, BEFORE] = ["2026-11-20", "2026-11-19"];
  const week = Array.from({ length: 7 }, (_, at) => ({ day: `2026-11-1${9 - at}`, usd: at }));

  test.each<readonly [string, Parameters<typeof spentWith>[0], number, object]>([
    ["nothing, where nothing was", undefined, 0, {}],
    ["nothing, where no day is known", { spent: [] }, 0, {}],
    [
      "what it was, where nothing is added",
      { spent: [{ day: BEFORE, usd: 1 }] },
      0,
      { spent: [{ day: BEFORE, usd: 1 }] },
    ],
    ["the first of a day", undefined, 2, { spent: [{ day: TODAY, usd: 2 }] }],
    [
      "more of a day",
      {
        spent: [
          { day: TODAY, usd: 1 },
          { day: BEFORE, usd: 4 },
        ],
      },
      2,
      {
        spent: [
          { day: TODAY, usd: 3 },
          { day: BEFORE, usd: 4 },
        ],
      },
    ],
    [
      "a day after others",
      { spent: [{ day: BEFORE, usd: 4 }] },
      2,
      {
        spent: [
          { day: TODAY, usd: 2 },
          { day: BEFORE, usd: 4 },
        ],
      },
    ],
    [
      "of seven days the last",
      { spent: week },
      2,
      { spent: [{ day: TODAY, usd: 2 }, ...week.slice(0, 6)] },
    ],
  ])("is %s", (_, state, usd, spent) => {
    expect(spentWith(state, { day: TODAY, usd })).toStrictEqual(spent);
  });
});
