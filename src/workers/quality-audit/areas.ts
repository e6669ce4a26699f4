import type { Config } from "../../domain/config/schema.ts";
import { matchesAny } from "../../domain/path.ts";
import { isTestFile } from "../checks/test-files.ts";

/** A part of the repository that is graded on its own. */
export interface SourceArea {
  readonly name: string;
  readonly owner: string | null;
  readonly bar: "A" | "B" | "C" | "D";
  /** Its source files, without tests, sorted. */
  readonly files: readonly string[];
}

const CODE =
  /\.(c|cc|cpp|cs|css|cts|cxx|dart|erl|ex|exs|fs|go|groovy|h|hpp|hs|html|java|jl|js|jsx|kt|kts|lua|m|mjs|cjs|mts|php|pl|ps1|py|r|rb|rs|scala|scss|sh|sol|sql|svelte|swift|ts|tsx|vue|zig)$/i;
const NOT_OURS =
  /(^|\/)(node_modules|vendor|third_party|dist|build|out|target|coverage|generated|__generated__)\/|\.min\.(js|css)$|\.d\.ts$|(^|\/)\./;

/** Folders whose sub-folders are the areas, by the conventions of the common ecosystems. */
const CONTAINERS = new Set([
  "src",
  "lib",
  "app",
  "apps",
  "packages",
  "services",
  "crates",
  "internal",
  "pkg",
  "cmd",
  "modules",
]);
const MAXIMUM_AREAS = 40;
const DEFAULT_BAR = "B";

/** Handwritten source: code by its extension, no tests, nothing vendored, built or hidden. */
export function isSourceFile(path: string): boolean {
  return CODE.test(path) && !NOT_OURS.test(path) && !isTestFile(path);
}

/** The areas of the config; without them, the repository's source folders with code. */
export function areasOf(config: Config, paths: readonly string[]): readonly SourceArea[] {
  const sources = paths.filter(isSourceFile).sort();
  if (config.quality.areas.length > 0) {
    return config.quality.areas.map(({ name, owner, bar, paths: globs }) => ({
      name,
      owner: owner ?? null,
      bar,
      files: sources.filter((path) => matchesAny(path, globs)),
    }));
  }
  const folders = new Map<string, string[]>();
  for (const path of sources) {
    const folder = folderOf(path);
    if (folder !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  return (
    [...folders]
      // Folders of equal size are sorted by path.
      .sort(([, some], [, others]) => others.length - some.length)
      .slice(0, MAXIMUM_AREAS)
      .map(([folder, files]) => ({
        name: folder.slice(0, 60),
        owner: null,
        bar: DEFAULT_BAR,
        files,
      }))
  );
}

/** `src/search/index.ts` belongs to `src/search`, `src/main.ts` to `src`, `server/main.go` to `server`; the root is no area. */
function folderOf(path: string): string | undefined {
  const [first, second, third] = path.split("/");
  if (first === undefined || second === undefined) return undefined;
  return CONTAINERS.has(first.toLowerCase()) && third !== undefined ? `${first}/${second}` : first;
}
