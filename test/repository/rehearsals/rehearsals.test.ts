import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { root } from "../bundles.ts";

interface Fix {
  readonly name: string;
  readonly url: string;
  readonly fix: string;
  readonly built: string;
  readonly about: string;
  readonly tests: readonly string[];
  readonly asserts: readonly string[];
  readonly config?: string;
  readonly found?: string;
}
const { readFixes, FIXES } = (await import(join(root, "scripts/rehearsals/fixes.mjs"))) as {
  readFixes(root: string): readonly Fix[];
  FIXES: string;
};
const { replaysTable } = (await import(join(root, "scripts/documents/rehearsals-page.mjs"))) as {
  replaysTable(fixes: readonly Fix[], results: Readonly<Record<string, object>>): string;
};

const FIX: Fix = {
  name: "shop-price",
  url: "https://github.com/OWNER/shop",
  fix: "a".repeat(40),
  built: "Go",
  about: "a price below nothing",
  tests: ["shop > TestPrice", "shop > TestSum"],
  asserts: ["price_test.go:12"],
};

const folder = mkdtempSync(join(tmpdir(), "millwright-fixes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reading(...fixes: readonly object[]): () => readonly Fix[] {
  mkdirSync(join(folder, "scripts/rehearsals"), { recursive: true });
  writeFileSync(join(folder, FIXES), stringify(fixes));
  return () => readFixes(folder);
}

describe("the fixes that are replayed", () => {
  test("at least eight, in at least seven languages or build tools, all from public addresses", () => {
    const fixes = readFixes(root);
    expect(new Set(fixes.map(({ fix }) => fix)).size).toBeGreaterThanOrEqual(8);
    expect(new Set(fixes.map(({ built }) => built)).size).toBeGreaterThanOrEqual(7);
  });

  test.each<readonly [string, object]>([
    ["its name is missing, or is another's too", { ...FIX, name: undefined }],
    ["url is no public address", { ...FIX, url: "/home/somebody/shop" }],
    ["fix is no whole commit id", { ...FIX, fix: "aaaaaaa" }],
    ["built or about is missing", { ...FIX, about: "" }],
    ["tests names none", { ...FIX, tests: [] }],
    ["asserts names no line", { ...FIX, asserts: [] }],
    ["there is no nowhere.yml", { ...FIX, config: "nowhere.yml" }],
  ])("refused: %s", (said, fix) => {
    expect(reading(fix)).toThrow(said);
  });

  test("refused: two of one name", () => {
    expect(reading(FIX, FIX)).toThrow("its name is missing, or is another's too");
  });
});

describe("the table", () => {
  const result = {
    base: "b".repeat(40),
    config: "proposed",
    ok: true,
    stage: "done",
    sentence: "Issue #1 is done: merged as #2, 1 of 1 criteria proven.",
    leftOut: [],
    proven: ["shop > TestPrice"],
    passToPass: 1234,
    refusals: [],
    sentBack: 0,
    humanActions: ["approve", "merge"],
    seconds: { setup: 1.2, tried: 9, verify: 40.4, whole: 100 },
  };
  const rowOf = (known: Readonly<Record<string, object>>) =>
    replaysTable([FIX], known).split("\n")[2] ?? "";

  test("says what a replay showed, and that nothing was measured where nothing was", () => {
    expect(rowOf({ "shop-price": result })).toBe(
      "| [OWNER/shop `aaaaaaa`](https://github.com/OWNER/shop/commit/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa): a price below nothing | Go | proposed | done, 1 of 1 criteria proven. | 1 of 2 named: `shop > TestPrice` | 1,234 | approve, merge | 1 | 40 | 100 | not measured yet |  |",
    );
  });

  test.each<readonly [string, object]>([
    [
      "The factory stopped at needs-human. Why. Sent back twice: `evidence-missing`.",
      {
        sentence: "The factory stopped at needs-human. Why.",
        refusals: [{ code: "evidence-missing" }],
        sentBack: 2,
      },
    ],
    ["proposed, without lint, which the base does not pass", { leftOut: ["lint"] }],
    ["0 of 2 named", { proven: [] }],
    ["`src/a.go:3-5`", { criteria: [{ id: "AC1", notices: ["src/a.go:3-5"] }] }],
    ["no hunk", { criteria: [{ id: "AC1", notices: [] }] }],
    ["not measured yet", { criteria: [{ id: "AC1", status: "proven" }] }],
  ])("says %s", (said, differing) => {
    expect(rowOf({ "shop-price": { ...result, ...differing } })).toContain(`| ${said} |`);
  });

  test("a fix without a result is shown as one that was not replayed", () => {
    expect(rowOf({})).toContain("| not replayed yet |");
  });
});
