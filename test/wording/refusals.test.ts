import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BRANCH_EVENTS } from "../../src/domain/github/branch-event.ts";
import { HINT_CODES, type Hint } from "../../src/domain/hint.ts";
import { REFUSAL_CODES, Refusal } from "../../src/domain/refusal.ts";
import { sayRefusal } from "../../src/wording/refusals.ts";
import { cases } from "../cases.ts";
import { hostileText } from "./hostile-text.ts";
import { harmOf } from "./markdown-tree.ts";

/** With a path that a hostile repository chose. */
function anyHint(): fc.Arbitrary<Hint> {
  return fc.oneof(
    fc.constantFrom(...HINT_CODES),
    fc.record({
      code: fc.constant("guard-workflow" as const),
      path: hostileText(),
      event: fc.constantFrom(...BRANCH_EVENTS, "unreadable" as const),
    }),
  );
}

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
        hint: "split-the-issue",
      }),
    ).toBe(
      "A limit was exceeded: files in the change (found 400; accepted is at most 300). Next: split the issue, then comment `/factory retry`.",
    );
  });

  test.each(HINT_CODES.map((hint) => [hint]))("the hint %s says what to do next", (hint) => {
    const said = sayRefusal({ code: "check-failed", subject: "issue 7", hint });
    expect(said).toMatch(/^A check did not pass: issue 7\. Next: [^.].{10,}[^.]\.$/);
    expect(said).not.toContain("``");
    expect(harmOf(said).links).toEqual([]);
  });

  test("a hint with data says it", () => {
    const digest = "0".repeat(64);
    const approve = { code: "approve-lockfile", digest } as const;
    expect(sayRefusal({ code: "dependencies-unapproved", subject: "x", hint: approve })).toMatch(
      new RegExp(
        `Next: read what it adds, then comment \`/factory approve lockfile ${digest}\`, or`,
      ),
    );
    const guard = { code: "guard-workflow", path: ".github/workflows/ci.yml" } as const;
    const say = (event: "push" | "check_run" | "unreadable") =>
      sayRefusal({ code: "workflow-exposed", subject: "x", hint: { ...guard, event } });
    expect(say("push")).toContain("branches-ignore: ['factory/**']");
    expect(say("check_run")).toContain("github.event.check_run.check_suite.head_branch");
    expect(say("unreadable")).toContain("correct the YAML, or delete the file, merge that");
  });

  test("takes no advice of a worker's own", () => {
    const refusal = { code: "check-failed", subject: "x", next: "run this" };
    expect(Refusal.safeParse(refusal).success).toBe(false);
    expect(
      Refusal.safeParse({ code: "check-failed", subject: "x", hint: "run this" }).success,
    ).toBe(false);
  });

  test("a worker's words in it do no harm", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REFUSAL_CODES),
        anyHint(),
        hostileText(),
        hostileText(),
        (code, hint, one, two) => {
          const said = sayRefusal({ code, subject: one, found: two, accepted: one, hint });
          expect(harmOf(said)).toEqual({ images: 0, html: [], links: [], live: [] });
          expect(said).not.toContain("\n");
        },
      ),
      cases(500),
    );
  });
});

test.each([
  [
    "/factory aprove",
    "comment `/factory approve` if you mean that, or another of `/factory approve`,",
  ],
  ["/factory dance", "comment one of `/factory approve`,"],
])("whoever typed %j is told what is near, and every command", (line, advice) => {
  const said = sayRefusal({
    code: "event-not-understood",
    subject: line,
    hint: "list-the-commands",
  });
  expect(said).toContain(advice);
  expect(said).toContain("`/factory status`");
});
