import { expect, test } from "vitest";
import { timesSeen } from "../../../src/domain/evidence/repeats.ts";

test.each([
  [3, 3, 3],
  [1, 3, 1],
  [3, 0, 0],
])(
  "a test that failed %i times and passed %i times was seen to turn %i times",
  (failed, passed, times) => {
    expect(timesSeen({ test: "a", failed, passed })).toBe(times);
  },
);
