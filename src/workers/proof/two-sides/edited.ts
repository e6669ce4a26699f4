import type { ChangedFile, ChangeSet } from "../../../domain/change-set.ts";
import type { Merged } from "./merge.ts";

/** Paths without a conflict at which a change differs from the automatic merge, sorted. */
export function editedIn(
  changeSet: ChangeSet,
  { changeSet: merged, conflicts }: Pick<Merged, "changeSet" | "conflicts">,
): readonly string[] {
  const [now, before] = [byPath(changeSet), byPath(merged)];
  const open = new Set(conflicts.map(({ path }) => path));
  return [...new Set([...now.keys(), ...before.keys()])]
    .filter((path) => !open.has(path) && !isSame(now.get(path), before.get(path)))
    .sort();
}

function byPath({ files }: ChangeSet): ReadonlyMap<string, ChangedFile> {
  return new Map(files.map((file) => [file.path, file]));
}

function isSame(left: ChangedFile | undefined, right: ChangedFile | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  if ("deleted" in left || "deleted" in right) return "deleted" in left && "deleted" in right;
  return left.mode === right.mode && bytesOf(left).equals(bytesOf(right));
}

function bytesOf({ encoding, content }: { encoding: "utf-8" | "base64"; content: string }): Buffer {
  return Buffer.from(content, encoding === "base64" ? "base64" : "utf8");
}
