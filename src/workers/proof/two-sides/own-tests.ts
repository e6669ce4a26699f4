import type { ChangedFile } from "../../../domain/change-set.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import { natureOf } from "../../../domain/trust/file-nature.ts";
import type { Repository, TreeEntry } from "../../../ports/repository.ts";
import { writtenFile } from "../../shared/written-file.ts";

/**
 * The test files of one side that stand otherwise in the result, as that side wrote them: put on the result they ask what the
 * side's own words ask, whatever was made of those words in the result.
 */
export async function ownTestFiles(
  repository: Pick<Repository, "list" | "read">,
  ends: { readonly parted: ObjectId; readonly side: ObjectId; readonly result: ObjectId },
): Promise<readonly ChangedFile[]> {
  const parted = byPath(await repository.list(ends.parted));
  const side = byPath(await repository.list(ends.side));
  const result = byPath(await repository.list(ends.result));
  const files: ChangedFile[] = [];
  for (const [path, { id, mode }] of side) {
    const isOwn = id !== parted.get(path)?.id && id !== result.get(path)?.id;
    if (!isOwn || natureOf(path) !== "test" || !mode.startsWith("100")) continue;
    const bytes = await repository.read(ends.side, path);
    if (bytes !== undefined) files.push(writtenFile(path, mode, bytes));
  }
  return files;
}

function byPath(entries: readonly TreeEntry[]): ReadonlyMap<string, TreeEntry> {
  return new Map(entries.filter(({ type }) => type === "blob").map((entry) => [entry.path, entry]));
}
