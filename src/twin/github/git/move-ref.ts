import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { tryGit } from "./git.ts";

/** A ref that moves, and where it has to stand before: null is "must not be there", undefined anywhere. */
export interface RefMove {
  readonly ref: string;
  /** null: it is deleted. */
  readonly after: string | null;
  readonly before?: string | null;
}

const NOTHING = "0".repeat(40);
const PLAIN = /^refs\/(?:heads|tags|pull)\/\w(?:[\w/-]|\.(?!\.))*$/;

/** Names that are surely valid: git-check-ref-format(1). */
const EVERYDAY = /^refs(?:\/\w[\w-]*){2,}$/;

/** Whether git takes it as the name of a ref. */
export async function isRefName(ref: string): Promise<boolean> {
  return EVERYDAY.test(ref) || (await tryGit(undefined, ["check-ref-format", ref])).code === 0;
}

/** Moves a ref; false where it does not stand at `before`, or git will not have it. */
export async function moveRef(gitDirectory: string, move: RefMove): Promise<boolean> {
  const moved = isPlain(move) ? await moveLoose(gitDirectory, move) : undefined;
  return moved ?? (await moveByGit(gitDirectory, move));
}

/** Puts a ref of GitHub's own where it belongs, wherever it stood. Throws where git will not have it. */
export async function placeRef(gitDirectory: string, ref: string, after: string): Promise<void> {
  const isPlaced = await moveRef(gitDirectory, { ref, after });
  if (!isPlaced) throw new Error(`git does not move ${ref} to ${after}`);
}

function isPlain({ ref }: RefMove): boolean {
  return PLAIN.test(ref) && !ref.includes(".lock");
}

/**
 * As git moves a loose ref, without a process for it: under the lock beside its file, which then takes its place
 * (gitrepository-layout(5)). Undefined for what is no everyday move: git does it, or says why not.
 */
async function moveLoose(
  gitDirectory: string,
  { ref, after, before }: RefMove,
): Promise<boolean | undefined> {
  const path = join(gitDirectory, ref);
  const lock = `${path}.lock`;
  const file = await mkdir(dirname(path), { recursive: true })
    .then(() => open(lock, "wx"))
    .catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const stands = await readFile(path, "latin1").catch(() => "");
    const expected = before === null ? "" : `${before}\n`;
    if (before !== undefined && stands !== expected) return undefined;
    // Where any are packed, this one may be, too, or a name above it.
    const isAlone = stands !== "" && after !== null;
    if (!isAlone && (await hasPacked(gitDirectory))) return undefined;
    await file.writeFile(`${after}\n`);
    await file.close();
    await (after === null ? rm(path, { force: true }) : rename(lock, path));
    return true;
  } catch {
    return undefined;
  } finally {
    await file.close().catch(() => undefined);
    await rm(lock, { force: true });
  }
}

async function hasPacked(gitDirectory: string): Promise<boolean> {
  return (await readFile(join(gitDirectory, "packed-refs"), "latin1").catch(() => "")) !== "";
}

async function moveByGit(gitDirectory: string, { ref, after, before }: RefMove): Promise<boolean> {
  const from = before === undefined ? [] : [before ?? NOTHING];
  const words = after === null ? ["-d", ref, ...from] : [ref, after, ...from];
  return (await tryGit(gitDirectory, ["update-ref", ...words])).code === 0;
}
