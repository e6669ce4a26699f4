import type { Dirent } from "node:fs";
import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { OpenedCheckout } from "./opened-checkout.ts";

/** What a loop's command finds in its folder beside the tree. */
const BESIDE = [".millwright", ".git", "node_modules"];

interface Rules {
  /** The folder whose `.gitignore` it is, with a slash behind it; `""` is the root. */
  readonly folder: string;
  readonly rules: Ignore;
}

/** A folder without git, as the loop's command stands in one. */
export async function openFolder(root: string): Promise<OpenedCheckout> {
  const found = await walk(root, "", []);
  const pathsOf = (isFile: boolean) =>
    found.filter((one) => one.isFile === isFile).map(({ path }) => path);
  const files = pathsOf(true).toSorted();
  const known = new Set(files);
  return {
    commit: "no commit",
    checkout: {
      files,
      elsewhere: pathsOf(false).toSorted(),
      read: async (path) => (known.has(path) ? readFile(join(root, path), "utf8") : undefined),
    },
    past: undefined,
    recent: async () => undefined,
    materialize: (directory) => cp(root, directory, { recursive: true, verbatimSymlinks: true }),
  };
}

interface Found {
  readonly path: string;
  /** Else it is a link, or something stranger. */
  readonly isFile: boolean;
}

async function walk(
  root: string,
  folder: string,
  above: readonly Rules[],
): Promise<readonly Found[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const rules = [...above, ...(await rulesOf(root, folder, entries))];
  const kept = entries.filter(
    (entry) =>
      !BESIDE.includes(entry.name) &&
      !isLeftOut(`${folder}${entry.name}`, entry.isDirectory(), rules),
  );
  const found = kept.map((entry) => {
    const path = `${folder}${entry.name}`;
    return entry.isDirectory() ? walk(root, `${path}/`, rules) : [{ path, isFile: entry.isFile() }];
  });
  return (await Promise.all(found)).flat();
}

async function rulesOf(
  root: string,
  folder: string,
  entries: readonly Dirent[],
): Promise<readonly Rules[]> {
  if (!entries.some((entry) => entry.name === ".gitignore" && entry.isFile())) return [];
  const text = await readFile(join(root, folder, ".gitignore"), "utf8");
  return [{ folder, rules: ignore().add(text) }];
}

function isLeftOut(path: string, isFolder: boolean, rules: readonly Rules[]): boolean {
  return rules.some(({ folder, rules: own }) =>
    own.ignores(`${path.slice(folder.length)}${isFolder ? "/" : ""}`),
  );
}
