import { expect, test } from "vitest";
import { root } from "../../repository/bundles.ts";
import { skippedFor } from "../../skipped.ts";
import { adopted, missingOn, readExamples } from "./adopted.ts";

/** The one of them that needs no compiler and no network: `.ci/run` always plays it, and the others when there is time. */
const [plain] = readExamples(root);
const missing = missingOn(process.env.PATH ?? "", ["git", "bwrap", ...(plain?.needs ?? [])]);

test.skipIf(missing.length > 0)(
  `a repository becomes one with a merged issue, without a question or an edit${skippedFor(missing.length > 0, `this machine lacks ${missing.join(", ")}`)}`,
  async () => {
    if (plain === undefined) throw new Error("there is no example");
    expect(await adopted(plain, 10)).toMatchObject({
      questions: 0,
      edits: 0,
      documents: ["README.md"],
      checks: ["setup", "test"],
      proven: ["test/price.test.js > a weight below 0 is refused"],
    });
  },
  600_000,
);
