import { expect, test } from "vitest";
import { renderGate } from "../../src/report/gate-checklist.ts";

test("the gate names what is missing first", () => {
  expect(
    renderGate([
      { name: "evidence", ok: true, sentence: "Checks passed on these bytes." },
      { name: "trust", ok: false, sentence: "src/a.ts is at open-pr: @someone merges." },
    ]),
  ).toBe(
    [
      "1 of 2 conditions is not met.",
      "",
      "- [ ] **trust** `src/a.ts` is at open-pr: `@someone` merges.",
      "- [x] **evidence** Checks passed on these bytes.",
    ].join("\n"),
  );
});

test("the gate says that all is well", () => {
  expect(renderGate([{ name: "a", ok: true, sentence: "Fine." }])).toMatch(
    /^All 1 conditions are met\./,
  );
});
