import { createHash } from "node:crypto";
import type { ChangedFile, ChangeSet } from "../../domain/change-set.ts";
import type { Refusal } from "../../domain/refusal.ts";
import {
  refuseConverted,
  refuseLostBytes,
  type WrittenBytes,
} from "../../domain/text/conversion.ts";
import type { Repository } from "../../ports/repository.ts";

/**
 * Whether git stores the bytes that a change writes, and whether they keep the base's content. Used for a change whose
 * form was accepted. Applies `.gitattributes` at the base and after the change.
 */
export async function refuseBytes(
  changeSet: ChangeSet,
  repository: Repository,
): Promise<readonly Refusal[]> {
  const written = changeSet.files.flatMap((file) => ("deleted" in file ? [] : [file]));
  if (written.length === 0) return [];
  const entries = await repository.list(changeSet.base);
  const ids = new Set(entries.map(({ id }) => id));
  const gone = await readGone(changeSet, repository);
  const conversions = await conversionsOf(changeSet, repository, entries);
  const refusals: Refusal[] = [];
  for (const file of written) {
    const bytes = Buffer.from(file.content, file.encoding);
    const before = await repository.read(changeSet.base, file.path);
    const isKept = ids.has(blobId(bytes, entries[0]?.id ?? ""));
    const one: WrittenBytes = { path: file.path, bytes, before, isKept };
    const converted = conversions.flatMap((known) => {
      const conversion = known.get(file.path);
      return conversion === undefined ? [] : (refuseConverted(one, conversion) ?? []);
    })[0];
    const refusal = refuseLostBytes(one, gone) ?? converted;
    if (refusal !== undefined) refusals.push(refusal);
  }
  return refusals;
}

async function readGone(
  changeSet: ChangeSet,
  repository: Repository,
): Promise<readonly Uint8Array[]> {
  const read = await Promise.all(
    changeSet.files
      .filter((file) => "deleted" in file)
      .map(({ path }) => repository.read(changeSet.base, path)),
  );
  return read.filter((bytes) => bytes !== undefined);
}

type Conversions = Awaited<ReturnType<Repository["conversions"]>>;

async function conversionsOf(
  changeSet: ChangeSet,
  repository: Repository,
  entries: Awaited<ReturnType<Repository["list"]>>,
): Promise<readonly Conversions[]> {
  const paths = changeSet.files.filter((file) => !("deleted" in file)).map(({ path }) => path);
  const onBase = entries.some(isAttributes)
    ? [await repository.conversions(changeSet.base, paths)]
    : [];
  if (!changeSet.files.some(isAttributes)) return onBase;
  return [...onBase, await repository.conversions(await repository.treeWith(changeSet), paths)];
}

function isAttributes({ path }: Pick<ChangedFile, "path">): boolean {
  return path === ".gitattributes" || path.endsWith("/.gitattributes");
}

/** Git's own id, SHA-1 or SHA-256 by the length of the base's ids. */
function blobId(bytes: Uint8Array, like: string): string {
  const hash = createHash(like.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
