import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ChangeSet } from "../../domain/change-set.ts";
import { refuseChangeSet, refuseShadows } from "../../domain/change-set.ts";
import type { ObjectId } from "../../domain/digest.ts";
import type { TreeEntry } from "../../ports/repository.ts";
import { feedGit, type GitHome, runGit } from "./git.ts";

/** The port's `treeWith`: blobs, index and tree are made in the scratch folder, the checkout stays as it is. */
export async function treeOfChange(options: {
  readonly home: GitHome;
  readonly changeSet: ChangeSet;
  readonly base: { readonly tree: ObjectId; readonly entries: ReadonlyMap<string, TreeEntry> };
}): Promise<ObjectId> {
  const { home, changeSet, base } = options;
  refuseInvalid(changeSet, base.entries);
  const ids = await writeBlobs(home, changeSet);
  await rm(join(home.scratch, "index"), { force: true });
  await runGit(home, ["read-tree", base.tree]);
  const lines = changeSet.files.map((file) =>
    "deleted" in file
      ? `0 ${"0".repeat(base.tree.length)}\t${file.path}\0`
      : `${file.mode} ${ids.get(file.path) ?? ""}\t${file.path}\0`,
  );
  // Deletions first: a file may make room for a folder of its name.
  lines.sort((left, right) => Number(left[0] !== "0") - Number(right[0] !== "0"));
  await feedGit(home, ["update-index", "-z", "--index-info"], lines.join(""));
  const tree = await runGit(home, ["write-tree"]);
  await rm(join(home.scratch, "index"), { force: true });
  return tree.trim();
}

function refuseInvalid(changeSet: ChangeSet, entries: ReadonlyMap<string, TreeEntry>): void {
  const refusal =
    refuseChangeSet(changeSet, (path) => entries.has(path))[0] ??
    refuseShadows(changeSet, entries.keys())[0];
  if (refusal !== undefined) {
    throw new Error(`the change set is refused: ${refusal.subject}: ${refusal.found ?? ""}`);
  }
  for (const file of changeSet.files) {
    const entry = entries.get(file.path);
    if ("deleted" in file && entry === undefined) {
      throw new Error(`${JSON.stringify(file.path)} is deleted by the change, but not in its base`);
    }
    if (entry !== undefined && !entry.mode.startsWith("100")) {
      throw new Error(`${JSON.stringify(file.path)} is a link or a submodule in the base`);
    }
  }
}

/** One git process for all blobs, over files with names of our own. */
async function writeBlobs(
  home: GitHome,
  changeSet: ChangeSet,
): Promise<ReadonlyMap<string, ObjectId>> {
  const folder = join(home.scratch, "blobs");
  const names: string[] = [];
  const paths: string[] = [];
  await mkdir(folder, { recursive: true });
  for (const file of changeSet.files) {
    if ("deleted" in file) continue;
    const name = join(folder, `${names.length}`);
    await writeFile(name, Buffer.from(file.content, file.encoding));
    names.push(name);
    paths.push(file.path);
  }
  if (names.length === 0) return new Map();
  const answer = await feedGit(
    home,
    ["hash-object", "-w", "--no-filters", "--stdin-paths"],
    `${names.join("\n")}\n`,
  );
  await rm(folder, { recursive: true, force: true });
  const ids = answer.trim().split("\n");
  if (ids.length !== paths.length) throw new Error("git hash-object answered too few ids");
  return new Map(paths.map((path, index) => [path, ids[index] ?? ""]));
}
