import { expect, test } from "vitest";
import { PROPOSAL_BYTES } from "../../../src/domain/proposal.ts";
import { junit, of, verified } from "./world.ts";

/** Not a bound on speed. */
const PATIENCE_MS = 240_000;

test(
  "a suite of 20,000 long names is compared, and fits into what is handed on",
  async () => {
    const known = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`adds ${index} ${"and on ".repeat(15)}`, true]),
    );
    const without = junit(known);
    const reports: Readonly<Record<string, string>> = {
      base: without,
      change: junit({ ...known, new: true }),
      "base-with-changed-tests": junit({ ...known, new: false }),
    };
    const { proposal } = await verified({ report: (on) => reports[on] ?? without });
    expect(JSON.stringify(proposal).length).toBeLessThan(PROPOSAL_BYTES);
    expect(of(proposal.evidence, "test-comparison")).toMatchObject([
      { failToPass: ["new"], passToFail: [] },
    ]);
    expect(of(proposal.evidence, "criterion").map(({ status }) => status)).toEqual([
      "proven",
      "for-review",
    ]);
  },
  PATIENCE_MS,
);
