import { describe, expect, test } from "vitest";
import type { Again } from "../../../src/workers/verify/repeat-runs.ts";
import { withAgain } from "../../../src/workers/verify/with-again.ts";
import { comparisonOf } from "./runs.ts";

function again(
  base: readonly string[],
  change: readonly string[],
  more: Partial<Again> = {},
): Again {
  return {
    repeated: [],
    flaky: { base: new Set(base), change: new Set(change) },
    further: { base: [], change: [] },
    ...more,
  };
}

const FIRST = comparisonOf({
  failToPass: ["turned", "onBase", "onChange"],
  passToPass: ["kept", "onBase", "onChange"],
  passToFail: ["worse", "onBase", "onChange"],
});

describe("a comparison after further runs", () => {
  test("stays where nothing was seen", () => {
    expect(withAgain(FIRST, again([], []))).toEqual(FIRST);
  });

  test("forgives no regression for what is flaky on the base alone", () => {
    expect(withAgain(FIRST, again(["onBase"], []))).toEqual({
      ...FIRST,
      failToPass: ["turned", "onChange"],
      passToPass: ["kept", "onChange"],
      flaky: ["onBase"],
    });
  });

  test("counts what is flaky on the change for nothing", () => {
    expect(withAgain(FIRST, again([], ["onChange"]))).toEqual({
      ...FIRST,
      failToPass: ["turned", "onBase"],
      passToPass: ["kept", "onBase"],
      passToFail: ["worse", "onBase"],
      flaky: ["onChange"],
      flakyOnChange: ["onChange"],
    });
  });

  test("names each flaky test once, sorted, and what was repeated", () => {
    const repeated = [{ test: "turned", failed: 3, passed: 3 }];
    expect(withAgain(comparisonOf(), again(["z", "b"], ["b", "y", "a"], { repeated }))).toEqual({
      ...comparisonOf(),
      flaky: ["a", "b", "y", "z"],
      flakyOnChange: ["a", "b", "y"],
      repeated,
    });
  });
});
