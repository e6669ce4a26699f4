import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./bundles.ts";

/** What a person reads at one sitting, and where a folder stops being a room. Functions: `.biome.json`. */
const LAWS = { median: 80, ninetieth: 170, longest: 250, door: 40, folder: 20 };

interface Source {
  readonly path: string;
  readonly lines: number;
}

/** The sources below a folder, but for the example repository, which is a program of its own. */
function sourcesBelow(folder: string): readonly Source[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (path === "src/twin/example") return [];
    if (entry.isDirectory()) return sourcesBelow(path);
    return entry.name.endsWith(".ts") ? [{ path, lines: linesOf(path) }] : [];
  });
}

function linesOf(path: string): number {
  return readFileSync(join(root, path), "utf8").split("\n").length - 1;
}

/** The least number of lines that this share of the sources does not exceed. */
function quantile(sources: readonly Source[], share: number): number {
  const sorted = sources.map(({ lines }) => lines).sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function longerThan(sources: readonly Source[], bound: number): readonly string[] {
  return sources
    .filter(({ lines }) => lines > bound)
    .sort((left, right) => right.lines - left.lines)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}

/** Folders with more sources of their own than a reader keeps apart. */
function crowded(sources: readonly Source[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { path } of sources) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > LAWS.folder)
    .map(([folder, count]) => `${folder}: ${count} files`);
}

const sources = sourcesBelow("src");

describe("sizes that keep a file readable at one sitting", () => {
  test("all sources were looked at", () => {
    expect(sources.length).toBeGreaterThan(200);
  });

  test("half of the sources are short", () => {
    const median = quantile(sources, 0.5);
    const over = longerThan(sources, LAWS.median).length;
    expect(
      median,
      `median ${median} lines; ${over} of ${sources.length} sources are longer than ${LAWS.median}`,
    ).toBeLessThanOrEqual(LAWS.median);
  });

  test("nine of ten are of middle length", () => {
    const found = quantile(sources, 0.9);
    const over = longerThan(sources, LAWS.ninetieth);
    expect(
      found,
      `${over.length} of ${sources.length} sources are longer than ${LAWS.ninetieth}, a tenth may be:\n${over.join("\n")}`,
    ).toBeLessThanOrEqual(LAWS.ninetieth);
  });

  test(`none is longer than ${LAWS.longest} lines`, () => {
    expect(longerThan(sources, LAWS.longest)).toEqual([]);
  });

  test(`no door is longer than ${LAWS.door} lines`, () => {
    const doors = sources.filter(({ path }) => dirname(path) === "src/actions");
    expect(doors).toHaveLength(12);
    expect(longerThan(doors, LAWS.door)).toEqual([]);
  });

  test(`no folder holds more than ${LAWS.folder} sources`, () => {
    expect(crowded(sources)).toEqual([]);
  });

  test("AGENTS.md is short enough to be read each time", () => {
    expect(linesOf("AGENTS.md")).toBeLessThan(120);
  });

  test("canaries", () => {
    const of = (count: number, lines: number): readonly Source[] =>
      Array.from({ length: count }, (_, index) => ({ path: `src/a/${index}.ts`, lines }));
    expect([quantile(of(3, 9), 0.5), quantile([...of(5, 1), ...of(5, 7)], 0.9)]).toEqual([9, 7]);
    expect(quantile([...of(9, 1), ...of(1, 7)], 0.9)).toBe(1);
    expect(longerThan([...of(1, 250), ...of(1, 251)], 250)).toEqual(["src/a/0.ts: 251 lines"]);
    expect(crowded(of(20, 1))).toEqual([]);
    expect(crowded(of(21, 1))).toEqual(["src/a: 21 files"]);
  });
});
