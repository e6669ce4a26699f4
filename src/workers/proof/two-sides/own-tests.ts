import type { ChangedFile } from "../../../domain/change-set.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import { natureOf } from "../../../domain/trust/file-nature.ts";
import type { Repository, TreeEntry } from "../../../ports/repository.ts";
import { writtenFile } from "../../shared/written-file.ts";

/**
 * Test files of one side that differ in the result, as that side wrote them. Put on the result, they test that side's
 * own expectations.
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
