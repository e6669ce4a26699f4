import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REFUSAL_CODES } from "../../src/domain/refusal.ts";
import { sayRefusal } from "../../src/wording/refusals.ts";
import { cases } from "../cases.ts";
import { hostileText } from "./hostile-text.ts";
import { harmOf } from "./markdown-tree.ts";

describe("sayRefusal", () => {
  test.each(REFUSAL_CODES.map((code) => [code]))(
    "%s says what, where and what to do next",
    (code) => {
      const said = sayRefusal({ code, subject: "the subject" });
      expect(said).toMatch(/^[A-Z][^:]+: the subject\. Next: .{10,}\.$/);
      expect(said).not.toContain("``");
      expect(harmOf(said).links).toEqual([]);
    },
  );

  test("tells the facts", () => {
    expect(
      sayRefusal({
        code: "limit-exceeded",
        subject: "files in the change",
        found: "400",
        accepted: "at most 300",
        next: "split the issue, then `/factory retry`",
      }),
    ).toBe(
      "A limit was exceeded: files in the change (found 400; accepted is at most 300). Next: split the issue, then `/factory retry`.",
    );
  });

  test("a worker's words in it do no harm", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REFUSAL_CODES),
        hostileText(),
        hostileText(),
        (code, one, two) => {
          const said = sayRefusal({ code, subject: one, found: two, accepted: one, next: two });
          expect(harmOf(said)).toEqual({ images: 0, html: [], links: [], live: [] });
          expect(said).not.toContain("\n");
        },
      ),
      cases(500),
    );
  });
});
