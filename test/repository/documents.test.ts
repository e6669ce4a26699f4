import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./bundles.ts";

/** Files of the repository with that ending, relative; what is installed, built or written by a run is not looked at. */
function filesEnding(ending: string, folder = ""): readonly string[] {
  const ignored = ["node_modules", ".git", "build", "dist", ".demo", "reports"];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (ignored.includes(entry.name)) return [];
    if (entry.isDirectory()) return filesEnding(ending, path);
    return entry.name.endsWith(ending) ? [path] : [];
  });
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function linesOf(path: string): number {
  return read(path).split("\n").length - 1;
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

describe("sizes that keep a file readable at one sitting", () => {
  const sources = filesEnding(".ts", "src");

  test("no source is longer than 250 lines", () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.filter((path) => linesOf(path) > 250)).toEqual([]);
  });

  test("no door is longer than 40 lines", () => {
    const doors = sources.filter((path) => /^src\/actions\/[^/]+\.ts$/.test(path));
    expect(doors).toHaveLength(7);
    expect(doors.filter((path) => linesOf(path) > 40)).toEqual([]);
  });

  test("AGENTS.md is short enough to be read each time", () => {
    expect(linesOf("AGENTS.md")).toBeLessThan(120);
  });
});
