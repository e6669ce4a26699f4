import { expect, test } from "vitest";
import { isSealed, type LoopState, sealState } from "../../../src/domain/loop/state.ts";

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
