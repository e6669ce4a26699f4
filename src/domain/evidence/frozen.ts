import type { ChangedFile, ChangeSet } from "../change-set.ts";
import { foldPath, matchesAny } from "../path.ts";
import { steeringOf } from "../trust/steering.ts";

/** A file that the coder changed without owning it. */
export interface Touched {
  readonly path: string;
  /**
   * `edited`, `removed`: a file of the tester is not as the tester wrote it. `steers-tests`: it configures tools,
   * including the test runner. `stands-in`: a runner would use it as part of the tester's file.
   */
  readonly how: "edited" | "removed" | "steers-tests" | "stands-in";
}

/** Facts that decide whether a file that is not the tester's is the coder's. */
export interface Bounds {
  /** Patterns of the contract. */
  readonly paths: readonly string[];
  /** Files whose bytes a person approved. */
  readonly approved: readonly string[];
  /** Commands of the checks. A file that one of them names runs the tests. */
  readonly commands: readonly string[];
}

/**
 * Files that the coder may not change while a tester's tests are in place, compared byte by byte and by the nature of a
 * file. A file that configures tools is the coder's only if the contract names it; a pattern that only covers it does
 * not. @param frozen the tester's files, exactly
 */
export function touchedFiles(
  frozen: readonly ChangedFile[],
  changeSet: ChangeSet,
  may: Bounds,
): readonly Touched[] {
  if (frozen.length === 0) return [];
  const own = new Map(changeSet.files.map((file) => [file.path, file]));
  const kept = frozen.flatMap((file): Touched[] => {
    const now = own.get(file.path);
    if (now === undefined || ("deleted" in now && !("deleted" in file))) {
      return [{ path: file.path, how: "removed" }];
    }
    return isSame(file, now) ? [] : [{ path: file.path, how: "edited" }];
  });
  const paths = new Set(frozen.map(({ path }) => path));
  const others = changeSet.files.flatMap(({ path }): Touched[] => {
    if (paths.has(path) || may.approved.includes(path)) return [];
    if (standsInFor(path, frozen)) return [{ path, how: "stands-in" }];
    const steers = steersTools(path) || isRunBy(path, may.commands);
    if (!steers || isNamed(path, may.paths)) return [];
    return [{ path, how: "steers-tests" }];
  });
  return [...kept, ...others];
}

function isSame(left: ChangedFile, right: ChangedFile): boolean {
  if ("deleted" in left || "deleted" in right) return "deleted" in left && "deleted" in right;
  return (
    left.mode === right.mode && left.encoding === right.encoding && left.content === right.content
  );
}

/** A tool's configuration may decide which tests exist and what passes. An unknown name counts as configuration. */
function steersTools(path: string): boolean {
  const steering = steeringOf(path);
  return steering !== undefined && steering !== "agent-instructions";
}

/** `node scripts/all-tests.mjs`: the file is in the command, as a word. */
function isRunBy(path: string, commands: readonly string[]): boolean {
  return commands.some((command) =>
    command.split(/[\s"'`=:;&|()<>]+/).some((word) => word.replace(/^(?:\.\/)+/, "") === path),
  );
}

/**
 * Whether the contract names this very file or its dot folder: by its own name in a pattern that matches it. `**` and
 * `src/**` cover many files and name none.
 */
function isNamed(path: string, patterns: readonly string[]): boolean {
  const segments = foldPath(path).split("/");
  const named = segments.filter(
    (segment, at) => at === segments.length - 1 || segment.startsWith("."),
  );
  return patterns.some(
    (pattern) =>
      matchesAny(path, [pattern]) &&
      foldPath(pattern)
        .split("/")
        .some((segment) => named.includes(segment)),
  );
}

/** Snapshots of a tester's file, and automatic mocks that jest uses in place of a module. */
function standsInFor(path: string, frozen: readonly ChangedFile[]): boolean {
  const folded = foldPath(path);
  if (/(?:^|\/)__mocks__\//.test(folded)) return true;
  const name = folded.slice(folded.lastIndexOf("/") + 1);
  return frozen.some((file) => {
    const own = foldPath(file.path);
    return name === `${own.slice(own.lastIndexOf("/") + 1)}.snap`;
  });
}
