import { describe, expect, test } from "vitest";
import {
  firstGroup,
  inverseOf,
  mayFollow,
} from "../../../../src/adapters/github/together/groups.ts";
import type { Effect } from "../../../../src/domain/github/effect.ts";
import {
  CHECK,
  CLAIM,
  CLOSE,
  COMMENT,
  DISPATCH,
  EDIT,
  FORMER,
  LABELS,
  MERGE,
  OPEN,
  PUBLISH,
} from "./effects.ts";

const ALONE = { ...COMMENT, standsAlone: true } satisfies Effect;

/** As a job knows it that has looked: what stands in a comment before it is edited. */
const inverse = (effect: Effect) => inverseOf(effect, effect === EDIT ? FORMER : undefined);

describe("what may share a document", () => {
  test.each<readonly [string, readonly Effect[], Effect, boolean]>([
    ["labels behind the ledger: they are put back", [COMMENT], LABELS, true],
    ["closing behind ledger and labels: it is opened again", [COMMENT, LABELS], CLOSE, true],
    ["a merge behind check runs, which are for people", [CHECK, CHECK], MERGE, true],
    [
      "a merge behind the ledger, which tells of it ahead",
      [CHECK, { ...COMMENT, ahead: true }],
      MERGE,
      true,
    ],
    ["a merge behind any other comment", [CHECK, COMMENT], MERGE, false],
    ["a merge behind anything else", [CHECK, LABELS], MERGE, false],
    ["a comment behind another: who was told stays told", [COMMENT], COMMENT, false],
    ["a comment that stands alone, whatever was before it", [COMMENT], ALONE, true],
    ["labels behind both", [COMMENT, ALONE], LABELS, true],
    ["a pull request behind the commit that it shows", [PUBLISH], OPEN, false],
    ["a new comment behind the claim that it tells of", [CLAIM], COMMENT, false],
    ["the ledger behind the claim: an edit tells nobody, and is put back", [CLAIM], EDIT, true],
    ["labels behind claim and ledger", [CLAIM, EDIT], LABELS, true],
    ["a check run behind a pull request", [OPEN], CHECK, false],
    ["a doorbell behind labels", [LABELS], DISPATCH, false],
  ])("%s: %#", (_, before, effect, expected) => {
    expect(mayFollow(effect, before, inverse)).toBe(expected);
  });

  test("what cannot be taken back has no inverse, and an inverse of an inverse is the effect", () => {
    for (const effect of [COMMENT, CLAIM, PUBLISH, OPEN, MERGE, CHECK, DISPATCH]) {
      expect(inverseOf(effect)).toBeUndefined();
    }
    for (const effect of [LABELS, CLOSE]) {
      const inverse = inverseOf(effect);
      expect(inverse).toBeDefined();
      expect(inverse && { ...inverseOf(inverse), key: effect.key }).toEqual(effect);
      expect(inverse?.key).not.toBe(effect.key);
    }
  });

  test("an edit is taken back by what stood there, and by nothing where that is not known", () => {
    expect(inverseOf(EDIT, FORMER)).toEqual({ ...EDIT, key: "edit/back", body: FORMER.body });
    expect(inverseOf(EDIT)).toBeUndefined();
  });

  const kinds = (group: readonly Effect[]) => group.map(({ kind }) => kind);
  const all = { isWritable: () => true, inverse };

  test("is as much as may follow, and stops where it may not", () => {
    expect(kinds(firstGroup([COMMENT, COMMENT, LABELS, CLOSE], all))).toEqual(["write-comment"]);
    expect(kinds(firstGroup([COMMENT, LABELS, CLOSE, COMMENT], all))).toEqual([
      "write-comment",
      "set-labels",
      "close-issue",
    ]);
    expect(firstGroup([CHECK, CHECK, MERGE, COMMENT], all)).toHaveLength(3);
  });

  test("is one effect where it has no words, and ends before one that has none", () => {
    expect(firstGroup([COMMENT, LABELS], { isWritable: () => false, inverse })).toEqual([COMMENT]);
    const isWritable = ({ kind }: Effect) => kind !== "close-issue";
    expect(firstGroup([COMMENT, LABELS, CLOSE], { isWritable, inverse })).toEqual([
      COMMENT,
      LABELS,
    ]);
    expect(firstGroup([COMMENT], all)).toEqual([COMMENT]);
  });
});
