import fc from "fast-check";
import { expect, test } from "vitest";
import { withLine, withoutLine } from "../../../src/wording/lessons/guide.ts";

test.each([
  [null, "# Guide for agents\n\n## Learned\n\n- One.\n"],
  ["# Guide\n\nWords.\n", "# Guide\n\nWords.\n\n## Learned\n\n- One.\n"],
  ["# Guide\n\n## Learned\n\n- Zero.\n", "# Guide\n\n## Learned\n\n- Zero.\n- One.\n"],
  [
    "# Guide\n\n## Learned\n\n- Zero.\n\n## Else\n\nWords.\n",
    "# Guide\n\n## Learned\n\n- Zero.\n- One.\n\n## Else\n\nWords.\n",
  ],
])("a line goes to the end of what was learned: %j", (before, after) => {
  expect(withLine(before, "One.")).toBe(after);
});

test("a line that a person has edited stays", () => {
  expect(withoutLine("# Guide\n\n## Learned\n\n- One, and more.\n", "One.")).toBeUndefined();
  expect(withoutLine(null, "One.")).toBeUndefined();
});

test("to take a line back leaves the guide as it was", () => {
  const paragraph = fc.constantFrom(
    "# Guide",
    "Words.",
    "## Learned\n\n- Zero.",
    "## Else",
    "- Item.",
  );
  fc.assert(
    fc.property(fc.uniqueArray(paragraph, { minLength: 1, maxLength: 5 }), (parts) => {
      const guide = `${parts.join("\n\n")}\n`;
      expect(withoutLine(withLine(guide, "One."), "One.")).toBe(guide);
    }),
  );
});
