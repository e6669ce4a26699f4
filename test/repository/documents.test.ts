import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

describe("what can be derived", () => {
  let copy: string;
  const check = (folder: string) =>
    spawnSync(process.execPath, ["scripts/document.mjs", "--check"], {
      cwd: folder,
      encoding: "utf8",
    });

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "millwright-documents-"));
    const parts = [
      "src",
      "scripts",
      "docs",
      "package.json",
      ".github/workflows",
      "workflow-templates",
    ];
    for (const part of parts) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    cpSync(join(root, "actions"), join(copy, "actions"), {
      recursive: true,
      filter: (source) => !source.endsWith("/dist"),
    });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test("is what was written", () => {
    expect(check(root)).toMatchObject({ status: 0, stderr: "" });
  });

  test("canary: a README that somebody edited, and a schema, are named", () => {
    expect(check(copy)).toMatchObject({ status: 0, stderr: "" });
    appendFileSync(join(copy, "actions/review/README.md"), "One more line.\n");
    appendFileSync(join(copy, "docs/reference/factory.schema.json"), "\n");
    const { status, stderr } = check(copy);
    expect(status).toBe(1);
    expect(stderr).toContain("actions/review/README.md is not what its sources say");
    expect(stderr).toContain("docs/reference/factory.schema.json is not what");
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
