import type { TreeEntry } from "../../ports/repository.ts";

/** Links on one way; a person makes two at most. */
const MAXIMUM_LINKS = 10;
/** A longer target is no path (bytes). */
const TARGET_BYTES = 4_096;

/** A way through the tree: where it stands, and the steps still to go. */
interface Way {
  readonly here: readonly string[];
  readonly ahead: readonly string[];
}

/**
 * The port's `resolve`. Goes step by step as the kernel would, within the listing alone: a target that is absolute or climbs
 * above the root leads nowhere.
 */
export async function followLinks(
  listing: ReadonlyMap<string, TreeEntry>,
  path: string,
  targetOf: (entry: TreeEntry) => Promise<string>,
): Promise<string | undefined> {
  let way = walk({ here: [], ahead: path.split("/") }, listing);
  for (let links = 0; way !== undefined && links <= MAXIMUM_LINKS; links += 1) {
    const place = way.here.join("/");
    const entry = listing.get(place);
    if (entry?.mode !== "120000") return isFile(entry) ? place : undefined;
    way = walk(behind(way, await targetWithin(entry, targetOf)), listing);
  }
  return undefined;
}

/** An absolute target, or one too long for a path, is one above the root. */
async function targetWithin(
  entry: TreeEntry,
  targetOf: (entry: TreeEntry) => Promise<string>,
): Promise<readonly string[]> {
  const target = (entry.size ?? 0) > TARGET_BYTES ? "/" : await targetOf(entry);
  return target.startsWith("/")
    ? Array.from({ length: TARGET_BYTES }, () => "..")
    : target.split("/");
}

function behind({ here, ahead }: Way, target: readonly string[]): Way {
  return { here: here.slice(0, -1), ahead: [...target, ...ahead] };
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry?.mode.startsWith("100") === true;
}

/** Up to the next link or the end; undefined above the root. */
function walk({ here, ahead }: Way, listing: ReadonlyMap<string, TreeEntry>): Way | undefined {
  const gone = [...here];
  for (const [index, step] of ahead.entries()) {
    if (step === "" || step === ".") continue;
    if (step !== "..") gone.push(step);
    else if (gone.pop() === undefined) return undefined;
    const isLink = listing.get(gone.join("/"))?.mode === "120000";
    if (isLink) return { here: gone, ahead: ahead.slice(index + 1) };
  }
  return { here: gone, ahead: [] };
}
