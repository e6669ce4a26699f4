import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./bundles.ts";

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

type Documents = readonly (readonly [path: string, text: string])[];
const { derive, differing, complaint } = (await import(
  join(root, "scripts/documents/derived.mjs")
)) as {
  derive(root: string): Documents;
  differing(documents: Documents, read: (path: string) => string | undefined): Documents;
  complaint(path: string): string;
};

describe("what can be derived", () => {
  const documents = derive(root);
  const complaints = (reading: (path: string) => string | undefined) =>
    differing(documents, reading).map(([path]) => complaint(path));

  test("is what was written", () => {
    expect(documents.length).toBeGreaterThan(15);
    expect(complaints(read)).toEqual([]);
  });

  test("canary: a README that somebody edited, a schema, and a page that is gone are named", () => {
    const changed = new Map<string, string | undefined>([
      ["actions/review/README.md", `${read("actions/review/README.md")}One more line.\n`],
      ["docs/reference/factory.schema.json", `${read("docs/reference/factory.schema.json")}\n`],
      ["docs/reference/gate.md", undefined],
    ]);
    const found = complaints((path) => (changed.has(path) ? changed.get(path) : read(path)));
    expect(found).toEqual([
      "actions/review/README.md is not what its sources say: run `npm run document` and commit it",
      expect.stringContaining("docs/reference/factory.schema.json is not what"),
      expect.stringContaining("docs/reference/gate.md is not what"),
    ]);
  });
});
