import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { Source } from "./source.ts";

/**
 * One digest over everything that could change in a repository on disk: each entry of its work tree and of its git
 * folders by name, kind, mode, size and time of the last change; refs, config, index and locks also by content. Objects
 * are named by their content and never rewritten, so their names say it all. What cannot be read counts as such.
 */
export async function fingerprint(source: Source): Promise<string> {
  const hash = createHash("sha256");
  const roots = new Set([source.directory, source.gitDirectory, source.commonDirectory]);
  for (const root of [...roots].filter((folder) => !isBelowAnother(folder, roots))) {
    await addFolder(hash, { folder: root, source });
  }
  return hash.digest("hex");
}

function isBelowAnother(folder: string, roots: ReadonlySet<string>): boolean {
  return [...roots].some((root) => root !== folder && folder.startsWith(`${root}/`));
}

async function addFolder(
  hash: Hash,
  place: { readonly folder: string; readonly source: Source },
): Promise<void> {
  const { folder, source } = place;
  const names = await readdir(folder, { encoding: "buffer" }).catch(() => undefined);
  if (names === undefined) {
    hash.update(`unreadable ${folder}\n`);
    return;
  }
  for (const name of names.sort(Buffer.compare)) {
    const path = join(folder, name.toString("latin1"));
    // Names that are no UTF-8 can be listed and not opened by text: their bytes and their folder's time stand for them.
    const state = await lstat(Buffer.concat([Buffer.from(`${folder}/`), name]), { bigint: true });
    hash.update(`${path}\0${state.mode} ${state.size} ${state.mtimeNs} ${state.ino}\n`);
    if (state.isSymbolicLink()) hash.update(await readlink(path).catch(() => "unreadable"));
    else if (state.isDirectory())
      await addFolder(hash, { folder: join(folder, `${name}`), source });
    else if (state.isFile() && isKeptByContent(path, source)) await addContent(hash, path);
  }
}

function isKeptByContent(path: string, source: Source): boolean {
  const inside = [source.gitDirectory, source.commonDirectory].some((folder) =>
    path.startsWith(`${folder}/`),
  );
  return inside && !path.startsWith(`${source.objects}/`);
}

async function addContent(hash: Hash, path: string): Promise<void> {
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch {
    hash.update("unreadable");
  }
}
