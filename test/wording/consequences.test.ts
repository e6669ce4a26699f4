import { describe, expect, test } from "vitest";
import { type Consequences, sayConsequences } from "../../src/wording/consequences.ts";
import { harmOf } from "./markdown-tree.ts";

const SAID: Consequences = {
  merges: "person",
  deploys: "deploy.yml",
  isSeen: true,
  limits: { attempts: 3, minutesPerRun: 30, usdPerIssue: 5 },
  expected: { issues: 7, usd: 0.31, workedMs: 540_000 },
};

function say(changed: Partial<Consequences>): string {
  return sayConsequences({ ...SAID, ...changed }).join("\n");
}

describe("what approving a contract leads to", () => {
  test("who merges, what is deployed, and what it takes by the record", () => {
    expect(say({})).toBe(
      [
        "**What this leads to:** the factory builds this and opens a pull request, and **a person merges it**. After the merge, it starts `deploy.yml`, and checks what is live.",
        "",
        "**What it takes:** About $0.31 and 9 min of work, the median of 7 issues merged lately. At most $5.00 and 3 attempts, each job at most 30 min (limits of the config).",
      ].join("\n"),
    );
  });

  test("says so where nothing is deployed, nothing is looked at, and nothing was merged", () => {
    const { deploys: _, expected: __, ...bare } = SAID;
    const said = sayConsequences({ ...bare, isSeen: false }).join("\n");
    expect(said).toContain("starts no deploy; nothing checks what is live.");
    expect(said).toContain("there is no record to estimate from. At most $5.00");
  });

  test.each([
    ["factory", "**merges it by itself**, if its gate passes"],
    ["depends", "otherwise a person merges it"],
    ["nobody", "**writes nothing**: its mode is `staged`.\n"],
  ] as const)("where %s merges", (merges, words) => {
    expect(say({ merges })).toContain(words);
  });

  test("is harmless whatever the workflow is called", () => {
    expect(harmOf(say({ deploys: "a-7.yml" }))).toEqual({
      images: 0,
      html: [],
      links: [],
      live: [],
    });
  });
});
