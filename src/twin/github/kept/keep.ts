import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RepositoryState, Twin } from "../state/state.ts";
import type { Restore } from "./kept.ts";

/**
 * Remembers the twin's whole state. For git only the refs: objects of a discarded state are invisible without a ref.
 */
export async function keep(twin: Twin): Promise<Restore> {
  const states = structuredClone([...twin.repositories].map(([name, one]) => [name, bare(one)]));
  const kept = {
    accounts: new Map(twin.accounts),
    tokens: new Map(twin.tokens),
    lastId: twin.lastId,
    records: twin.records.length,
  };
  const places = [...twin.repositories.values()].map(({ gitDirectory }) => gitDirectory);
  const refs = await Promise.all(places.map(readRefs));
  return async () => {
    refill(twin.accounts, kept.accounts);
    refill(twin.tokens, kept.tokens);
    twin.rateWindows.clear();
    twin.records.length = kept.records;
    twin.lastId = kept.lastId;
    const again = structuredClone(states) as [string, Omit<RepositoryState, "writes">][];
    refill(
      twin.repositories,
      new Map(again.map(([name, one]) => [name, { ...one, writes: Promise.resolve() }])),
    );
    await Promise.all(places.map((place, index) => writeRefs(place, refs[index] ?? new Map())));
  };
}

/** A promise cannot be saved; the caller waits until no write is under way. */
function bare({ writes: _, ...state }: RepositoryState): Omit<RepositoryState, "writes"> {
  return state;
}

function refill<Key, Value>(map: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  map.clear();
  for (const [key, value] of from) map.set(key, value);
}

/** Git's layout: one file per ref below `refs`, and `packed-refs`. */
async function readRefs(gitDirectory: string): Promise<ReadonlyMap<string, Buffer>> {
  const below = await readdir(join(gitDirectory, "refs"), { recursive: true, withFileTypes: true });
  const paths = below.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const packed = join(gitDirectory, "packed-refs");
  const refs = new Map<string, Buffer>();
  for (const path of [...paths, packed]) {
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes !== undefined) refs.set(path, bytes);
  }
  return refs;
}

async function writeRefs(gitDirectory: string, refs: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const name of ["refs", "packed-refs"]) {
    await rm(join(gitDirectory, name), { recursive: true, force: true });
  }
  // Without these git does not recognize the folder as a repository.
  await mkdir(join(gitDirectory, "refs/heads"), { recursive: true });
  await mkdir(join(gitDirectory, "refs/tags"), { recursive: true });
  for (const [path, bytes] of refs) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
}
