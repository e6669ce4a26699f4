import { CHANGE_SET_LIMITS, type ChangedFile, type ChangeSet } from "../../../domain/change-set.ts";
import type { ObjectId } from "../../../domain/digest.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Repository, TreeEntry } from "../../../ports/repository.ts";
import { writtenFile } from "../../shared/written-file.ts";

export type Between = { readonly changeSet: ChangeSet } | { readonly refusal: Refusal };

/**
 * A commit's change as the change set for verify, read from git objects alone. Refuses links and submodules, which
 * change sets cannot hold, and a change that is too large, before its bytes are read.
 */
export async function changeBetween(
  repository: Pick<Repository, "list" | "read">,
  { base, head }: { readonly base: ObjectId; readonly head: ObjectId },
): Promise<Between> {
  const before = byPath(await repository.list(base));
  const after = byPath(await repository.list(head));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort().filter((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    return was?.id !== is?.id || was?.mode !== is?.mode;
  });
  const refusal = refuseSize(paths, after) ?? refuseKinds(paths, [before, after]);
  if (refusal !== undefined) return { refusal };
  const files: ChangedFile[] = [];
  for (const path of paths) {
    const entry = after.get(path);
    files.push(
      entry === undefined
        ? { path, deleted: true }
        : writtenFile(path, entry.mode, (await repository.read(head, path)) ?? new Uint8Array()),
    );
  }
  return { changeSet: { base, files } };
}

function byPath(entries: readonly TreeEntry[]): ReadonlyMap<string, TreeEntry> {
  return new Map(entries.map((entry) => [entry.path, entry]));
}

function refuseSize(
  paths: readonly string[],
  after: ReadonlyMap<string, TreeEntry>,
): Refusal | undefined {
  const limit = (subject: string, found: number, accepted: number): Refusal | undefined =>
    found <= accepted
      ? undefined
      : { code: "limit-exceeded", subject, found: `${found}`, accepted: `at most ${accepted}` };
  const bytes = paths.reduce((sum, path) => sum + (after.get(path)?.size ?? 0), 0);
  return (
    limit("files in the change", paths.length, CHANGE_SET_LIMITS.files) ??
    limit("bytes in the change", bytes, CHANGE_SET_LIMITS.totalBytes)
  );
}

function refuseKinds(
  paths: readonly string[],
  trees: readonly ReadonlyMap<string, TreeEntry>[],
): Refusal | undefined {
  const path = paths.find((one) =>
    trees.some((tree) => tree.get(one)?.mode.startsWith("100") === false),
  );
  if (path === undefined) return undefined;
  return {
    code: "change-set-invalid",
    subject: JSON.stringify(path).slice(0, 300),
    found: "a link or a submodule",
    accepted: "regular files",
  };
}
