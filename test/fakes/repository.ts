import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ChangeSet } from "../../src/domain/change-set.ts";
import type { ObjectId } from "../../src/domain/digest.ts";
import type { Conversion } from "../../src/domain/text/conversion.ts";
import type {
  Materialized,
  RecentCommit,
  Repository,
  TreeEntry,
} from "../../src/ports/repository.ts";

/** A file of the fake: its text, or its bytes with a mode (`100755`, or `120000` for a link). */
export type FakeFile = string | { readonly mode: string; readonly content: string | Uint8Array };
type Stored = { readonly mode: string; readonly content: Uint8Array };

export interface FakeRepository extends Repository {
  /** Adds a commit and answers its id; the same files and message make the same id. */
  commit(files: Readonly<Record<string, FakeFile>>, message?: string): ObjectId;
  /** What `conversions` answers of a path; everything else is kept as it is. */
  setConversion(path: string, conversion: Partial<Conversion>): void;
  /** What `recent` answers; undefined until it is set: a shallow history. */
  setRecent(commits: readonly RecentCommit[]): void;
  /** What `ancestor` answers, whatever is asked about; no commit until it is set. */
  setAncestor(commit: ObjectId): void;
  /** What `versions` answers of a path, the newest first; nothing until it is set. */
  setVersions(path: string, texts: readonly string[]): void;
  readonly materialized: readonly { readonly treeish: ObjectId; readonly directory: string }[];
}

const PLAIN: Conversion = { ident: false, lines: "kept" };

/** Git objects in memory, with git's own ids. `materialize` writes only into a folder that exists, and records every call. */
export function createFakeRepository(): FakeRepository {
  const trees = new Map<ObjectId, ReadonlyMap<string, Stored>>();
  const commits = new Map<ObjectId, ObjectId>();
  const materialized: { treeish: ObjectId; directory: string }[] = [];
  const conversions = new Map<string, Conversion>();
  let recent: readonly RecentCommit[] | undefined;
  let ancestor: ObjectId | undefined;
  const versions = new Map<string, readonly string[]>();
  const store = (files: ReadonlyMap<string, Stored>): ObjectId => {
    const id = treeId(files);
    trees.set(id, files);
    return id;
  };
  const filesOf = (treeish: ObjectId): ReadonlyMap<string, Stored> => {
    const files = trees.get(commits.get(treeish) ?? treeish);
    if (files === undefined)
      throw new Error(`the fake repository has no commit or tree ${treeish}`);
    return files;
  };
  return {
    materialized,
    commit: (files, message = "") => {
      const tree = store(
        new Map(Object.entries(files).map(([path, file]) => [path, stored(file)])),
      );
      const id = objectId("commit", Buffer.from(`tree ${tree}\n\n${message}`));
      commits.set(id, tree);
      return id;
    },
    setConversion: (path, conversion) => {
      conversions.set(path, { ...PLAIN, ...conversion });
    },
    setRecent: (commits) => {
      recent = commits;
    },
    setAncestor: (commit) => {
      ancestor = commit;
    },
    setVersions: (path, texts) => {
      versions.set(path, texts);
    },
    treeOf: async (commit) => {
      const tree = commits.get(commit);
      if (tree === undefined) throw new Error(`the fake repository has no commit ${commit}`);
      return tree;
    },
    // Commits of this fake have no parents: whatever is asked about parted at the first.
    mergeBase: async (left, right) => {
      filesOf(right);
      filesOf(left);
      return left;
    },
    list: async (treeish) => [...filesOf(treeish)].sort(byName).map(entryOf),
    read: async (treeish, path) => {
      const file = filesOf(treeish).get(path);
      return file?.mode.startsWith("100") ? file.content : undefined;
    },
    resolve: async (treeish, path) => resolved(filesOf(treeish), path),
    materialize: async (treeish, directory) => {
      materialized.push({ treeish, directory });
      const files = filesOf(treeish);
      if (existsSync(directory)) await writeAll(files, directory);
      return materializedOf(files);
    },
    treeWith: async (changeSet) => store(applied(filesOf(changeSet.base), changeSet)),
    // Reads no attributes: tests say what they are.
    conversions: async (treeish, paths) => {
      filesOf(treeish);
      return new Map(paths.map((path) => [path, conversions.get(path) ?? PLAIN]));
    },
    diff: async (from, to, maximumBytes) =>
      bounded(diffOf(filesOf(from), filesOf(to)), maximumBytes),
    recent: async (commit) => {
      filesOf(commit);
      return recent;
    },
    ancestor: async (commit) => {
      filesOf(commit);
      return ancestor;
    },
    versions: async (commit, path, most) => {
      filesOf(commit);
      return (versions.get(path) ?? []).slice(0, most).map((text) => Buffer.from(text));
    },
  };
}

function stored(file: FakeFile): Stored {
  if (typeof file === "string") return { mode: "100644", content: Buffer.from(file) };
  return { mode: file.mode, content: Buffer.from(file.content) };
}

function objectId(type: string, content: Uint8Array): ObjectId {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function entryOf([path, file]: readonly [string, Stored]): TreeEntry {
  const id = objectId("blob", file.content);
  if (file.mode === "160000") return { path, mode: file.mode, type: "commit", id, size: null };
  return { path, mode: file.mode, type: "blob", id, size: file.content.length };
}

function treeId(files: ReadonlyMap<string, Stored>): ObjectId {
  const here: { name: string; sort: string; mode: string; id: ObjectId }[] = [];
  const folders = new Map<string, Map<string, Stored>>();
  for (const [path, file] of files) {
    const slash = path.indexOf("/");
    if (slash < 0) {
      here.push({ name: path, sort: path, mode: file.mode, id: objectId("blob", file.content) });
      continue;
    }
    const folder = folders.get(path.slice(0, slash)) ?? new Map<string, Stored>();
    folders.set(path.slice(0, slash), folder.set(path.slice(slash + 1), file));
  }
  for (const [name, below] of folders) {
    here.push({ name, sort: `${name}/`, mode: "40000", id: treeId(below) });
  }
  here.sort((left, right) => Buffer.compare(Buffer.from(left.sort), Buffer.from(right.sort)));
  const parts = here.flatMap(({ mode, name, id }) => [
    Buffer.from(`${mode} ${name}\0`),
    Buffer.from(id, "hex"),
  ]);
  return objectId("tree", Buffer.concat(parts));
}

function applied(
  base: ReadonlyMap<string, Stored>,
  changeSet: ChangeSet,
): ReadonlyMap<string, Stored> {
  const files = new Map(base);
  for (const file of changeSet.files) {
    if ("deleted" in file) {
      if (!files.delete(file.path)) throw new Error(`${file.path} is deleted but not in the base`);
    } else {
      files.set(file.path, {
        mode: file.mode,
        content: Buffer.from(file.content, file.encoding),
      });
    }
  }
  return files;
}

/** Links of whole files alone, to a file of the tree. */
function resolved(files: ReadonlyMap<string, Stored>, path: string): string | undefined {
  let here = path;
  for (let links = 0; links < 10; links += 1) {
    const file = files.get(here);
    if (file?.mode !== "120000") return file?.mode.startsWith("100") === true ? here : undefined;
    here = join(dirname(here), Buffer.from(file.content).toString("utf8"));
  }
  return undefined;
}

async function writeAll(files: ReadonlyMap<string, Stored>, directory: string): Promise<void> {
  for (const [path, file] of files) {
    if (!file.mode.startsWith("100")) continue;
    const target = join(directory, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, file.content);
    await chmod(target, file.mode === "100755" ? 0o755 : 0o644);
  }
}

/** As git's adapter tells it for submodules and absolute links; other links are kept. */
function materializedOf(files: ReadonlyMap<string, Stored>): Materialized {
  const leftOut = [...files].sort(byName).flatMap(([path, { mode, content }]) => {
    if (mode === "160000")
      return [{ path, reason: "a submodule: its files are in another repository" }];
    const leaves = mode === "120000" && Buffer.from(content).toString("utf8").startsWith("/");
    return leaves ? [{ path, reason: "a link that leaves the tree" }] : [];
  });
  return { leftOut, pointers: [] };
}

/** A plain whole-file diff with git's headers: enough for what reads paths, hunks and line numbers. */
function diffOf(
  from: ReadonlyMap<string, Stored>,
  to: ReadonlyMap<string, Stored>,
): { readonly text: string; readonly changedLines: number } {
  const paths = [...new Set([...from.keys(), ...to.keys()])].sort();
  const parts: string[] = [];
  let changedLines = 0;
  for (const path of paths) {
    const removed = from.get(path);
    const added = to.get(path);
    if (removed && added && removed.mode === added.mode && equal(removed, added)) continue;
    const before = linesOf(removed);
    const after = linesOf(added);
    changedLines += before.length + after.length;
    parts.push(
      `diff --git a/${path} b/${path}\n--- ${removed ? `a/${path}` : "/dev/null"}\n+++ ${added ? `b/${path}` : "/dev/null"}\n`,
      `@@ -${before.length ? 1 : 0},${before.length} +${after.length ? 1 : 0},${after.length} @@\n`,
      ...before.map((line) => `-${line}\n`),
      ...after.map((line) => `+${line}\n`),
    );
  }
  return { text: parts.join(""), changedLines };
}

function equal(left: Stored, right: Stored): boolean {
  return Buffer.compare(left.content, right.content) === 0;
}

function linesOf(file: Stored | undefined): readonly string[] {
  if (file === undefined || file.content.length === 0) return [];
  return Buffer.from(file.content).toString("utf8").replace(/\n$/, "").split("\n");
}

function bounded(
  diff: { readonly text: string; readonly changedLines: number },
  maximumBytes: number,
): Awaited<ReturnType<Repository["diff"]>> {
  const bytes = Buffer.from(diff.text);
  const truncated = bytes.length > maximumBytes;
  const text = truncated ? bytes.subarray(0, maximumBytes).toString("utf8") : diff.text;
  return { text, truncated, changedLines: diff.changedLines };
}
