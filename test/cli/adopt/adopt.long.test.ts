import { describe, expect, test } from "vitest";
import { root } from "../../repository/bundles.ts";
import { adopted, missingOn, readExamples } from "./adopted.ts";

/** Compilers of other languages, and packages from a network, on cores that others use. */
const MINUTES = 20;

describe("every example repository becomes one with a merged issue", () => {
  // The first is played by `first.long.test.ts`.
  for (const example of readExamples(root).slice(1)) {
    const missing = missingOn(process.env.PATH ?? "", ["git", "bwrap", ...example.needs]);
    const reason =
      missing.length === 0 ? "" : ` (skipped: this machine lacks ${missing.join(", ")})`;
    test.skipIf(missing.length > 0)(
      `${example.name}${reason}`,
      async () => {
        const result = await adopted(example, MINUTES);
        expect(result).toMatchObject({ questions: 0, edits: 0, documents: ["README.md"] });
        expect(result.checks).toContain("test");
        expect(result.proven).not.toEqual([]);
      },
      (MINUTES + 1) * 60_000,
    );
  }
});
