import { expect, test } from "vitest";
import { lineOf } from "../../../src/agent/prompt/evidence-lines.ts";
import type { Ratchet } from "../../../src/domain/evidence.ts";
import { sayRatchet } from "../../../src/wording/pull-request/weaker-tests.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const piece = (count: number, more = 0): Ratchet => ({
  kind: "ratchet",
  subject: { base: SHA, tree: SHA },
  findings: Array.from({ length: count }, (_, index) => ({
    path: "test/a.test.ts",
    line: index + 1,
    rule: "assertion-weakened",
    before: "expect(a).toBe(1)",
    after: "expect(a).toBeDefined()",
  })),
  more,
});

test("the pull request names place and what became of it", () => {
  expect(sayRatchet(piece(1))).toBe("- **Weaker tests** `test/a.test.ts:1` an assertion says less");
});

test("of many the rest is counted", () => {
  expect(sayRatchet(piece(7, 30))).toMatch(
    /`test\/a\.test\.ts:5` an assertion says less; 32 more$/,
  );
});

test("a path cannot write into the page", () => {
  const [finding] = piece(1).findings;
  const path = "test/[x](https://evil.example) @owner.ts";
  const findings = finding === undefined ? [] : [{ ...finding, path }];
  const said = sayRatchet({ ...piece(0), findings });
  // In a code span nothing is a link or a mention.
  expect(said).toContain("`test/[x](https://evil.example) @owner.ts:1`");
});

test("the reviewer sees both versions", () => {
  expect(lineOf(piece(1))).toBe(
    'what the change takes away from tests, read from their syntax: test/a.test.ts:1 assertion-weakened, before "expect(a).toBe(1)", now "expect(a).toBeDefined()"',
  );
});
