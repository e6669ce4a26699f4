import { describe, expect, test } from "vitest";
import {
  keyOf,
  MISTAKE_CAUSES,
  type Mistake,
  namedMistakes,
} from "../../../src/domain/lesson/mistake.ts";
import { REMEDIES, remedyFor } from "../../../src/domain/lesson/remedy.ts";

const at = (name: string): Mistake => ({ cause: "check-red", place: { kind: "check", name } });

describe("the mistakes that an entry names", () => {
  test.each<readonly [string, readonly Mistake[], readonly Mistake[]]>([
    ["none", [], []],
    ["one without a place", [{ cause: "ran-dry" }], [{ cause: "ran-dry" }]],
    ["each once", [at("a"), at("b"), at("a")], [at("a"), at("b")]],
    ["a place of two hundred characters", [at("n".repeat(200))], [at("n".repeat(200))]],
    ["none of more", [at("n".repeat(201))], [{ cause: "check-red" }]],
    ["no place without a name", [at("")], [{ cause: "check-red" }]],
    [
      "the first ten",
      Array.from({ length: 11 }, (_, index) => at(`${index}`)),
      Array.from({ length: 10 }, (_, index) => at(`${index}`)),
    ],
  ])("are %s", (_what, found, named) => {
    expect(namedMistakes(found)).toStrictEqual(named);
  });

  test("are the same where the cause, the kind of place and its name are", () => {
    expect(keyOf({ cause: "ran-dry" })).toBe("ran-dry");
    expect(keyOf(at("a"))).toBe("check-red check a");
    expect(keyOf(at("a"))).not.toBe(
      keyOf({ cause: "check-red", place: { kind: "path", name: "a" } }),
    );
  });
});

test("what a person has to look at has no remedy, and every remedy that is named is known", () => {
  const without = MISTAKE_CAUSES.filter((cause) => remedyFor(cause) === undefined);
  expect(without).toEqual([
    "change-invalid",
    "base-conflict",
    "model-failed",
    "worker-failed",
    "set-up",
    "platform",
    "unknown",
  ]);
  const named = MISTAKE_CAUSES.flatMap((cause) => remedyFor(cause) ?? []);
  expect(REMEDIES).toEqual(expect.arrayContaining(named));
});
