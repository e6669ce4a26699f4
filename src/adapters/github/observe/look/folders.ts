import { z } from "zod";
import { ObjectId } from "../../../../domain/digest.ts";
import type { Scope } from "../../../../domain/github/snapshot.ts";
import type { FolderEntry, Folders } from "../../../../domain/github/tree-with.ts";

/** Folders of a commit, as far as a look shows them. */
export interface SeenFolders {
  readonly commit: ObjectId;
  readonly folders: Folders;
}

export const FOLDER_PART = /^folder[0-9]+$/;

/** Fields of each folder, under an alias of its own. */
export function folderFields({ folders }: Pick<Scope, "folders">): readonly string[] {
  return (folders?.paths ?? []).map(
    (_, at) =>
      `folder${at}: object(expression: $folder${at}) { ... on Tree { entries { nameRaw mode oid } } }`,
  );
}

export function folderVariables({ folders }: Pick<Scope, "folders">): readonly string[] {
  return (folders?.paths ?? []).map((_, at) => `folder${at}: String!`);
}

/** "COMMIT:path", as git names a folder of a commit. */
export function folderValues({
  folders,
}: Pick<Scope, "folders">): Readonly<Record<string, string>> {
  const { commit, paths = [] } = folders ?? {};
  return Object.fromEntries(paths.map((path, at) => [`folder${at}`, `${commit}:${path}`]));
}

/** Null if there is nothing at that path; without entries it is no folder. */
const Folder = z
  .object({
    entries: z
      .array(z.object({ nameRaw: z.base64(), mode: z.int().nonnegative(), oid: ObjectId }))
      .nullish(),
  })
  .nullable();

/** Unreadable folders are not shown: they only decide how a change is published. */
export function foldersIn(
  raw: unknown,
  { folders }: Pick<Scope, "folders">,
): SeenFolders | undefined {
  if (folders === undefined) return undefined;
  const parts = raw as Readonly<Record<string, unknown>>;
  const read = new Map<string, readonly FolderEntry[] | null>();
  for (const [at, path] of folders.paths.entries()) {
    const folder = Folder.safeParse(parts[`folder${at}`]);
    if (!folder.success) continue;
    const shown = folder.data === null ? null : folder.data.entries?.map(entryOf);
    if (shown !== undefined) read.set(path, shown);
  }
  return { commit: folders.commit, folders: read };
}

function entryOf(entry: { nameRaw: string; mode: number; oid: ObjectId }): FolderEntry {
  const name = Buffer.from(entry.nameRaw, "base64").toString("latin1");
  return { name, mode: entry.mode.toString(8), id: entry.oid };
}
