import { isUtf8 } from "node:buffer";
import { lstatSync, readdirSync, type Stats } from "node:fs";
import { join } from "node:path";
import { foldPath } from "../../../domain/path.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import type { Baseline } from "../../../ports/sandbox.ts";
import { createIgnoringRule, type IgnoringRule } from "./ignore-rules.ts";
import { type Obstacle, reasonOf, refused, tooMuch } from "./walk-refusals.ts";

/** Limits far above any tree that a person works in. */
const LIMITS = { depth: 64, entries: 200_000 } as const;

/** An entry that is no folder, as `lstat` saw it. */
export interface Entry {
  readonly path: string;
  readonly state: Stats;
}

export type Found = Entry | Obstacle;

interface Folder {
  readonly path: string;
  /** Whether the rules exclude it: then only tracked files of the base below it count. */
  readonly ignored: boolean;
  readonly depth: number;
}

/** Hears of each entry that the rules exclude, a folder whole and with a slash at its end. */
export type HearLeftOut = (path: string, rule: ReturnType<IgnoringRule>) => void;

/**
 * Every entry of a workspace that can be a change: tracked files of the base, and files that its `.gitignore` files do
 * not exclude. An entry that the walk cannot or must not enter is an obstacle. Follows no link.
 */
export function* walkWorkspace(
  root: string,
  base: Baseline,
  hear: HearLeftOut = () => {},
): Generator<Found, void> {
  const ruleOf = createIgnoringRule(base.ignore);
  const isIgnored = (path: string) => ruleOf(path) !== undefined;
  const tracked = foldersOf(base.files.keys());
  const waiting: Folder[] = [{ path: "", ignored: false, depth: 0 }];
  let entries = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const content = contentOf(root, folder, { base, tracked });
    entries += content.entries.length;
    if (entries > LIMITS.entries) {
      yield { refusal: tooMuch("entries in the workspace", entries, LIMITS.entries) };
      return;
    }
    yield* content.obstacles;
    for (const entry of content.entries) {
      const below = enter(entry, folder, { base, tracked, isIgnored });
      if (below === "counts") yield entry;
      else if (below !== "left-out") waiting.push(below);
      else hear(nameOf(entry), ruleOf(nameOf(entry)));
    }
  }
}

function nameOf({ path, state }: Entry): string {
  return state.isDirectory() ? `${path}/` : path;
}

/** The folder to walk next, or whether an entry counts. Tracked files of the base always do, as in git. */
function enter(
  { path, state }: Entry,
  above: Folder,
  known: {
    readonly base: Baseline;
    readonly tracked: ReadonlySet<string>;
    readonly isIgnored: (path: string) => boolean;
  },
): Folder | "counts" | "left-out" {
  const { base, tracked, isIgnored } = known;
  if (state.isDirectory() && base.files.get(path)?.mode !== "160000") {
    const ignored = above.ignored || isIgnored(`${path}/`);
    return ignored && !tracked.has(path) ? "left-out" : { path, ignored, depth: above.depth + 1 };
  }
  return base.files.has(path) || !(above.ignored || isIgnored(path)) ? "counts" : "left-out";
}

interface Known {
  readonly base: Baseline;
  readonly tracked: ReadonlySet<string>;
}

interface Content {
  readonly entries: readonly Entry[];
  readonly obstacles: readonly Obstacle[];
}

/** Entries by which git recognizes a folder as a repository. */
const BARE = ["HEAD", "objects", "refs"];

/** A fixture of the base stays one; a folder of the base that only becomes a repository does not. */
function isBareInBase(path: string, base: Baseline, tracked: ReadonlySet<string>): boolean {
  const [head, ...folders] = BARE.map((name) => (path === "" ? name : `${path}/${name}`));
  return base.files.has(head ?? "") && folders.every((folder) => tracked.has(folder));
}

function contentOf(root: string, folder: Folder, known: Known): Content {
  const { base, tracked } = known;
  const { path, depth } = folder;
  const only = (refusal: Refusal): Content => ({
    entries: [],
    obstacles: [{ refusal, place: Buffer.from(path) }],
  });
  if (foldPath(path.slice(path.lastIndexOf("/") + 1)) === ".git") {
    return only(refused(path, "a git repository of its own"));
  }
  if (depth > LIMITS.depth) {
    return only(tooMuch(`folders above ${JSON.stringify(path)}`, depth, LIMITS.depth));
  }
  let names: readonly Buffer[];
  try {
    names = readdirSync(join(root, path), { encoding: "buffer" });
  } catch (error) {
    const refusal = refused(path, `a folder that cannot be read (${reasonOf(error)})`);
    return { entries: [], obstacles: [{ refusal }] };
  }
  const plain = names.filter((name) => isUtf8(name)).map((name) => name.toString("utf8"));
  const strange = folder.ignored ? [] : names.filter((name) => !isUtf8(name));
  if (BARE.every((name) => plain.includes(name)) && !isBareInBase(path, base, tracked)) {
    // Git treats such a folder as a repository and runs commands from its config (threats GIT-11).
    return only(refused(path, "a bare git repository"));
  }
  const below = (name: string) => (path === "" ? name : `${path}/${name}`);
  return {
    entries: plain.map((name) => ({
      path: below(name),
      state: lstatSync(join(root, below(name))),
    })),
    obstacles: strange.map((name) => ({
      refusal: refused(below(name.toString("latin1")), "a name not in UTF-8"),
      place: Buffer.concat([Buffer.from(below("")), name]),
    })),
  };
}

/** Every folder with a file of the base, except the root. */
export function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      folders.add(path.slice(0, end));
    }
  }
  return folders;
}
