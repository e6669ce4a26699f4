import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../bundles.ts";

interface Sentence {
  readonly line: number;
  readonly kind: "heading" | "paragraph" | "row";
  readonly says: string;
}
interface Entry {
  readonly says: string;
  readonly by?: readonly string[];
  readonly not?: string;
}
interface Index {
  readonly classes: Readonly<Record<string, { readonly count: number; readonly means: string }>>;
  readonly tests: Readonly<Record<string, readonly string[]>>;
  readonly pages: Readonly<Record<string, readonly Entry[]>>;
}
type Pages = readonly (readonly [path: string, text: string])[];
type Read = (path: string) => string | undefined;

const { faultsOf, readerOf, readIndex, writtenPages } = (await import(
  join(root, "scripts/documents/promises.mjs")
)) as {
  faultsOf(pages: Pages, index: Index, read: Read): readonly string[];
  readerOf(root: string): Read;
  readIndex(root: string): Index;
  writtenPages(root: string): Pages;
};
const { promisingSentences } = (await import(
  join(root, "scripts/documents/promise-sentences.mjs")
)) as { promisingSentences(text: string): readonly Sentence[] };
const { testTitles } = (await import(join(root, "scripts/documents/test-titles.mjs"))) as {
  testTitles(source: string): ReadonlySet<string>;
};

describe("the index of promises", () => {
  test("has each promising sentence of the written pages, held by a test that exists", () => {
    const pages = writtenPages(root);
    expect(pages.map(([path]) => path)).toEqual(
      expect.arrayContaining([
        "README.md",
        "SECURITY.md",
        ".github/THREAT-MODEL.md",
        "docs/limits.md",
      ]),
    );
    expect(pages.flatMap(([, text]) => promisingSentences(text)).length).toBeGreaterThan(80);
    expect(faultsOf(pages, readIndex(root), readerOf(root))).toEqual([]);
  });

  test("reads the threat model without what is derived, at its own lines", () => {
    const pages = writtenPages(root);
    const [, text = ""] = pages.find(([path]) => path === ".github/THREAT-MODEL.md") ?? [];
    expect(text).toContain("## The catalog");
    expect(text).not.toContain("| I1 |");
    expect(text.split("\n")).toHaveLength(
      readFileSync(join(root, ".github/THREAT-MODEL.md"), "utf8").split("\n").length,
    );
  });

  const says = "Nothing leaves.";
  const index: Index = {
    classes: {
      heading: { count: 0, means: "a title" },
      limit: { count: 0, means: "not promised" },
    },
    tests: { kept: ["test/a.test.ts > keeps it"] },
    pages: { "A.md": [{ by: ["kept"], says }] },
  };
  const files: Readonly<Record<string, string>> = {
    "test/a.test.ts": 'test("keeps it", () => {}); test.skip("rests", () => {});',
  };
  const faults = (text: string, change: Partial<Index> = {}) =>
    faultsOf([["A.md", text]], { ...index, ...change }, (path) => files[path]).join("\n");

  test("has nothing against a sentence that a test holds", () => {
    expect(faults(`# A\n\n${says} It is a box.\n`)).toBe("");
  });

  test("says where a new promise stands, and the line to add", () => {
    const found = faults(`# A\n\n${says}\nIt cannot\nbreak.\n`);
    expect(found).toContain('A.md:4 promises and names no test: "It cannot break."');
    expect(found).toContain("below `A.md:` in test/repository/promises/promises.yml");
    expect(found).toContain('- { by: [NAME], says: "It cannot break." }');
  });

  test.each<readonly [string, string, Partial<Index>]>([
    ["no such sentence stands there", "Something leaves.", {}],
    ["there is no file of tests test/b.test.ts", says, { tests: { kept: ["test/b.test.ts > a"] } }],
    ["there is no file of tests A.md", says, { tests: { kept: ["A.md > a"] } }],
    ['has no test "keeps"', says, { tests: { kept: ["test/a.test.ts > keeps"] } }],
    ['has no test "rests"', says, { tests: { kept: ["test/a.test.ts > rests"] } }],
    ['has no test ""', says, { tests: { kept: ["test/a.test.ts"] } }],
    [
      "no sentence is held by it",
      says,
      { tests: { ...index.tests, more: index.tests.kept ?? [] } },
    ],
    ["there is no lost below", says, { pages: { "A.md": [{ by: ["lost"], says }] } }],
    ["expected either `by`", says, { pages: { "A.md": [{ by: [], says }] } }],
    ["expected either `by`", says, { pages: { "A.md": [{ by: ["kept"], not: "limit", says }] } }],
    ["there is no class boast", says, { pages: { "A.md": [{ not: "boast", says }] } }],
    ["it is no heading", says, { pages: { "A.md": [{ not: "heading", says }] } }],
    ["limit counts 0 sentences", says, { pages: { "A.md": [{ not: "limit", says }] } }],
    [
      "no such sentence stands there",
      says,
      { pages: { "A.md": [{ by: ["kept"], says }], "B.md": [{ by: ["kept"], says }] } },
    ],
  ])("canary: %s", (fault, text, change) => {
    expect(faults(text, change)).toContain(fault);
  });
});

describe("a promising sentence", () => {
  const found = (text: string) => promisingSentences(text).map(({ says }) => says);

  test.each([
    ["It never ends. It begins.", ["It never ends."]],
    ["It begins. **Nothing**\n[is](a.md) `lost`.", ["Nothing is `lost`."]],
    ["See `e.g. a`. No key can leave it; ever.", ["No key can leave it; ever."]],
    ["- one\n- it always holds", ["it always holds"]],
    ["> Only people merge.", ["Only people merge."]],
    ["## What never ends\n\n- this\n\nand this", ["What never ends", "this"]],
    ["# What never ends\n\n- this", ["What never ends"]],
    ["| a | cannot |\n|---|---|\n| b | leave |\n| c | |", ["b | leave"]],
    ["| a | b |\n|---|---|\n| never | `x` |\n| c | d |", ["never | `x`"]],
    ["<!-- mine -->\n\nIt never ends.\n\n<!-- /mine -->", ["It never ends."]],
  ])("is found: %j", (text, sentences) => {
    expect(found(text)).toEqual(sentences);
  });

  test.each([
    "It ends.",
    "A key `never` and `only: true`.",
    "```sh\nnothing\n```",
    "    nothing",
    "<p>nothing</p>",
    "Bound read-only.",
    "No server. You can.",
    "![nothing](a.png)",
  ])("is not: %j", (text) => {
    expect(found(text)).toEqual([]);
  });

  test("has the line on which it begins", () => {
    const text = "# A\n\nOne\ntwo. It never\nends. Nor `a`\nmust that.\n";
    expect(promisingSentences(text).map(({ line, says }) => [line, says])).toEqual([
      [4, "It never ends."],
      [5, "Nor `a` must that."],
    ]);
  });
});

describe("the titles of a file of tests", () => {
  test.each([
    ['test("a", f)', ["a"]],
    ['test.each([["b", 1], ["c", 2]])("%s ends", f)', ["%s ends", "b", "c"]],
    ['const rows = [["b", 1]] as const; test.each(rows)("%s ends", f)', ["%s ends", "b"]],
    ['test.each(Object.entries({ "b c": 1 }))("%s: ends", f)', ["%s: ends", "b c"]],
    ['test.each([{ n: 1, what: "b c" }])("says $what", f)', ["says $what", "b c"]],
    ['test.skipIf(root)("as a user", f)', ["as a user"]],
    ["test(`of $" + "{n} files`, f)", ["of … files"]],
    ['test.each([["b"]])("ends", f)', ["ends"]],
    [
      'test.skip("a", f); test.todo("b"); test.fails("c", f); test.skip.each([["d"]])("%s d", f)',
      [],
    ],
    ['// test("a", f)\nconst text = \'test("b", f)\'; describe("c", f); contest("d")', []],
    ['test.each([["b"]])("%s", f)', ["b"]],
  ])("of %s are %j", (source, titles) => {
    expect([...testTitles(source)]).toEqual(titles);
  });
});
