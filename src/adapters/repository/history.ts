import type { ObjectId } from "../../domain/digest.ts";
import type { RecentCommit } from "../../ports/repository.ts";
import { feedGit, type GitHome, runGit } from "./git.ts";

const DAY_SECONDS = 24 * 60 * 60;
const RECENT_SECONDS = 90 * DAY_SECONDS;
/** `git revert` writes this sentence, with the whole id; the factory this trailer. */
const REVERTS = /^(?:This reverts commit |Reverts: )([0-9a-f]{40})\b/gm;
/** The trailer by which Linux and others say what a commit mends. */
const MENDS = /^Fixes: ([0-9a-f]{7,40})\b/gm;

/** Commits of the last 90 days before one, the newest first; undefined for a shallow history. */
export async function recentCommits(
  home: GitHome,
  commit: ObjectId,
): Promise<readonly RecentCommit[] | undefined> {
  if (await isShallow(home)) return undefined;
  const since = `--since=${(await secondsOf(home, commit)) - RECENT_SECONDS}`;
  const ids = await runGit(home, ["rev-list", "--no-merges", since, commit]);
  // Asked about nothing, git would tell of its HEAD.
  if (ids === "") return [];
  const paths = pathsIn(
    await feedGit(
      home,
      [
        ...["diff-tree", "--stdin", "-r", "--root", "-z", "--name-only", "--no-renames"],
        "--format=%x00%H",
      ],
      ids,
    ),
  );
  const format = "--format=%H%x00%B";
  const messages = await feedGit(home, ["log", "--stdin", "--no-walk=unsorted", "-z", format], ids);
  const pairs = pairsIn(messages);
  const named = pairs.flatMap(([, message]) => namedIn(message, REVERTS));
  const brought = await broughtBy(home, { named: new Set(named), range: [since, commit] });
  return pairs.map(([id, message]) => ({
    id,
    paths: paths.get(id) ?? [],
    reverts: namedIn(message, REVERTS).flatMap((one) => brought.get(one) ?? [one]),
    mends: namedIn(message, MENDS),
  }));
}

/** The commits that each merge among these brought: whoever takes it back takes them back. Each merge is asked about once. */
async function broughtBy(
  home: GitHome,
  { named, range }: { readonly named: ReadonlySet<ObjectId>; readonly range: readonly string[] },
): Promise<ReadonlyMap<ObjectId, readonly ObjectId[]>> {
  const merges = (await runGit(home, ["rev-list", "--merges", ...range])).split("\n");
  const brought = new Map<ObjectId, readonly ObjectId[]>();
  for (const merge of merges.filter((one) => named.has(one))) {
    const ids = await runGit(home, ["rev-list", "--no-merges", `${merge}^1..${merge}`]);
    brought.set(
      merge,
      ids.split("\n").filter((id) => id !== ""),
    );
  }
  return brought;
}

function namedIn(message: string, pattern: RegExp): readonly string[] {
  return [...message.matchAll(pattern)].map(([, found = ""]) => found);
}

/** Ids and messages, one after the other. */
function pairsIn(messages: string): readonly (readonly [ObjectId, string])[] {
  const parts = messages.split("\0");
  const pairs: [ObjectId, string][] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [id = "", message = ""] = parts.slice(at, at + 2);
    pairs.push([id, message]);
  }
  return pairs;
}

/** The newest commit by first parents that is at least so many days older than another; undefined for a shallow history. */
export async function ancestorOf(
  home: GitHome,
  commit: ObjectId,
  days: number,
): Promise<ObjectId | undefined> {
  if (await isShallow(home)) return undefined;
  const before = `--before=${(await secondsOf(home, commit)) - days * DAY_SECONDS}`;
  const asked = ["rev-list", "--first-parent", "--max-count=1", before, commit];
  const id = (await runGit(home, asked)).trim();
  return id === "" ? undefined : id;
}

/** When a commit was made, in seconds of Unix. */
async function secondsOf(home: GitHome, commit: ObjectId): Promise<number> {
  const asked = ["rev-list", "--max-count=1", "--no-commit-header", "--format=%ct", commit];
  return Number((await runGit(home, asked)).trim());
}

/** Blobs of a file in the history of a commit, the newest first; none for a shallow history, which would tell of a part. */
export async function versionsOf(
  home: GitHome,
  {
    commit,
    path,
    most,
  }: { readonly commit: ObjectId; readonly path: string; readonly most: number },
): Promise<readonly ObjectId[]> {
  if (await isShallow(home)) return [];
  const range = [`--max-count=${most}`, commit, "--", path];
  const touching = (await runGit(home, ["rev-list", "--no-merges", ...range])).trim().split("\n");
  const ids: ObjectId[] = [];
  for (const one of touching.filter((id) => id !== "")) {
    const entry = await runGit(home, ["ls-tree", "-z", one, "--", path]);
    const blob = /^100(?:644|755) blob ([0-9a-f]{40})\t/.exec(entry)?.[1];
    if (blob !== undefined) ids.push(blob);
  }
  return ids;
}

async function isShallow(home: GitHome): Promise<boolean> {
  return (await runGit(home, ["rev-parse", "--is-shallow-repository"])).trim() !== "false";
}

/** After an empty entry comes the id of a commit, then its paths, the first after a line end. No path is empty. */
function pathsIn(names: string): ReadonlyMap<ObjectId, readonly string[]> {
  const paths = new Map<ObjectId, string[]>();
  const entries = names.split("\0");
  let here: string[] = [];
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at] ?? "";
    if (entry !== "") here.push(here.length === 0 ? entry.replace(/^\n/, "") : entry);
    else {
      here = [];
      at += 1;
      paths.set(entries[at] ?? "", here);
    }
  }
  return paths;
}
