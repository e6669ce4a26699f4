import { expect, test } from "vitest";
import { namedMistakes } from "../../../src/domain/lesson/mistake.ts";
import { mistakeOfRefusal } from "../../../src/domain/lesson/of-refusal.ts";

test.each([
  [{ code: "check-failed", subject: "lint" }, "check-red", { kind: "check", name: "lint" }],
  [{ code: "check-failed", subject: "2 tests that are gone" }, "check-red", undefined],
  [
    { code: "path-not-allowed", subject: "src/a.ts" },
    "out-of-bounds",
    { kind: "path", name: "src/a.ts" },
  ],
  [{ code: "limit-exceeded", subject: "changed lines" }, "too-large", undefined],
  [{ code: "state-unknown", subject: "anything" }, "unknown", undefined],
] as const)("%o", (refusal, cause, place) => {
  expect(mistakeOfRefusal(refusal)).toEqual({ cause, ...(place === undefined ? {} : { place }) });
});

test.each(["andon-raised", "turn-later", "actor-not-permitted", "risk-unapproved"] as const)(
  "%s is nobody's mistake",
  (code) => {
    expect(mistakeOfRefusal({ code, subject: "anything" })).toBeUndefined();
  },
);

test("each is named once, and a place that is too long is left out", () => {
  const path = (name: string) =>
    ({ cause: "review-finding", place: { kind: "path", name } }) as const;
  expect(namedMistakes([path("a"), path("b"), path("a"), path("x".repeat(201))])).toEqual([
    path("a"),
    path("b"),
    { cause: "review-finding" },
  ]);
  expect(namedMistakes(Array.from({ length: 20 }, (_, index) => path(`${index}`)))).toHaveLength(
    10,
  );
});
