import { execFile } from "node:child_process";
import { copyFile, link, lstat, mkdir, readdir, readlink, rm, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { gitEnvironment } from "./repository-files.ts";

const execute = promisify(execFile);

/** Repositories of actions, unpacked once per commit, because every job needs the same megabytes. */
export interface ActionImages {
  /** Writes the files of a commit below `folder`, which must not exist yet. */
  lay(
    commit: { readonly gitDirectory: string; readonly id: string },
    folder: string,
  ): Promise<void>;
}

interface Entry {
  /** Below the image's folder. */
  readonly path: string;
  readonly kind: "folder" | "link" | "file";
  /** Changes when a file is written to. */
  readonly state: string;
}

interface Image {
  readonly folder: string;
  readonly entries: readonly Entry[];
}

/**
 * Keeps images below `directory`. A job gets its own folders with hard links, so that it can add and remove files. An
 * image that a job wrote into is discarded, so that no later job sees that.
 */
export function createActionImages(directory: string): ActionImages {
  const images = new Map<string, Promise<Image>>();
  let made = 0;

  async function imageOf(gitDirectory: string, commit: string): Promise<Image> {
    const key = `${gitDirectory} ${commit}`;
    const known = images.get(key);
    if (known !== undefined && (await isUntouched(await known))) {
      return known;
    }
    // Another job may have noticed the write at the same time.
    const since = images.get(key);
    if (since !== undefined && since !== known) {
      return since;
    }
    made += 1;
    const making = unpack(gitDirectory, commit, join(directory, `${commit}-${made}`));
    images.set(key, making);
    making.catch(() => images.delete(key));
    return making;
  }

  return {
    async lay({ gitDirectory, id }, folder) {
      await layImage(await imageOf(gitDirectory, id), folder);
    },
  };
}

/** GitHub provides actions as archives, too, so export-ignore counts. */
async function unpack(gitDirectory: string, commit: string, folder: string): Promise<Image> {
  await mkdir(folder, { recursive: true });
  const archive = `${folder}.tar`;
  const env = gitEnvironment();
  await execute("git", ["--git-dir", gitDirectory, "archive", "-o", archive, commit], { env });
  await execute("tar", ["-xf", archive, "-C", folder], { env });
  await rm(archive);
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const entries = found.map(async (entry): Promise<Entry> => {
    const path = join(entry.parentPath, entry.name);
    const kind = entry.isDirectory() ? "folder" : entry.isSymbolicLink() ? "link" : "file";
    return { path: relative(folder, path), kind, state: await stateOf(path) };
  });
  return { folder, entries: await Promise.all(entries) };
}

async function stateOf(path: string): Promise<string> {
  const { mode, mtimeMs, size } = await lstat(path);
  return `${mode} ${mtimeMs} ${size}`;
}

async function isUntouched({ folder, entries }: Image): Promise<boolean> {
  const files = entries.filter(({ kind }) => kind === "file");
  const states = await Promise.all(
    files.map(({ path }) => stateOf(join(folder, path)).catch(() => undefined)),
  );
  return files.every(({ state }, index) => state === states[index]);
}

async function layImage(image: Image, folder: string): Promise<void> {
  const of = (kind: Entry["kind"]) => image.entries.filter((entry) => entry.kind === kind);
  await mkdir(folder, { recursive: true });
  for (const { path } of of("folder")) {
    await mkdir(join(folder, path), { recursive: true });
  }
  await Promise.all([
    ...of("link").map(async ({ path }) =>
      symlink(await readlink(join(image.folder, path)), join(folder, path)),
    ),
    ...of("file").map(({ path }) => layFile(join(image.folder, path), join(folder, path))),
  ]);
}

/** A file system without hard links gets copies. */
async function layFile(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
