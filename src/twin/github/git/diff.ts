import { treeOf } from "./commit-objects.ts";
import { git } from "./git.ts";

/** One file of a comparison, as git sees it. */
export interface FileChange {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  /** Blob id after the change, or before it for a removed file. */
  readonly blob: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch: string | undefined;
}

type Raw = Pick<FileChange, "path" | "previousPath" | "status" | "blob"> & {
  /** Git shows a file that became a link, or the other way round, as a deletion and a creation. */
  readonly retyped: boolean;
};

function statusOf(letter: string, sameBytes: boolean): FileChange["status"] {
  switch (letter) {
    case "A":
      return "added";
    case "D":
      return "removed";
    case "R":
      return "renamed";
    default:
      // Only the mode changed, or the kind of file.
      return sameBytes || letter === "T" ? "changed" : "modified";
  }
}

/** Reads `--raw -z`: ":oldmode newmode old new LETTER", a path, and for renames a second path. */
function parseRaw(fields: readonly string[]): { changes: Raw[]; read: number } {
  const changes: Raw[] = [];
  let index = 0;
  while (fields[index]?.startsWith(":")) {
    const [, , before = "", after = "", letters = ""] = (fields[index] ?? "").split(" ");
    const renamed = letters.startsWith("R");
    const first = fields[index + 1] ?? "";
    changes.push({
      path: renamed ? (fields[index + 2] ?? "") : first,
      previousPath: renamed ? first : undefined,
      status: statusOf(letters.charAt(0), before === after),
      blob: letters.startsWith("D") ? before : after,
      retyped: letters.startsWith("T"),
    });
    index += renamed ? 3 : 2;
  }
  return { changes, read: index };
}

interface LineCounts {
  readonly additions: number;
  readonly deletions: number;
}

/** Reads `--numstat -z`, in the order of `--raw`: two counts and a path, or for renames both paths as fields of their own. */
function parseNumbers(fields: readonly string[]): { counts: LineCounts[]; read: number } {
  const counts: LineCounts[] = [];
  let index = 0;
  while (fields[index] !== undefined && fields[index] !== "") {
    const [additions, deletions, ...path] = (fields[index] ?? "").split("\t");
    // Binary files have "-".
    counts.push({ additions: Number(additions) || 0, deletions: Number(deletions) || 0 });
    index += path.length === 1 && path[0] === "" ? 3 : 1;
  }
  return { counts, read: index };
}

/** Hunks per file, in git's order. No line of a diff's content can start with "diff --git". */
function parsePatches(output: string): (string | undefined)[] {
  return `\n${output}`
    .split("\ndiff --git ")
    .slice(1)
    .map((part) => {
      const start = part.indexOf("\n@@ ");
      return start < 0 ? undefined : part.slice(start + 1);
    });
}

/** The files that differ between two trees or commits; renames are found as GitHub finds them. */
export async function fileChanges(
  gitDirectory: string,
  base: string,
  head: string,
): Promise<FileChange[]> {
  const output = await git(gitDirectory, [
    ...["diff-tree", "-r", "-M", "--full-index", "--no-abbrev", "--no-color", "--no-ext-diff"],
    // One after the other, each ended by an empty field.
    ...["--raw", "--numstat", "--patch", "-z"],
    ...[treeOf(gitDirectory, base), treeOf(gitDirectory, head)],
  ]);
  const fields = output.split("\0");
  const { changes, read } = parseRaw(fields);
  const { counts, read: counted } = parseNumbers(fields.slice(read));
  const hunks = parsePatches(fields.slice(read + counted + 1).join("\0"));
  let next = 0;
  return changes.map(({ retyped, ...change }, index) => {
    const patch = retyped ? undefined : hunks[next];
    next += retyped ? 2 : 1;
    return {
      ...change,
      additions: counts[index]?.additions ?? 0,
      deletions: counts[index]?.deletions ?? 0,
      patch,
    };
  });
}
