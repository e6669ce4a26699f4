import type { Repository } from "../../../ports/repository.ts";
import { AGENTS, QUALITY } from "../files.ts";
import { blobId, type InitRecord, RECORD } from "../record.ts";
import type { WorkTree } from "../tree/work-tree.ts";

/** A file that the commit adds. */
export interface Addition {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The files of a commit as init sees a work tree; what is written stays in memory. */
export interface Draft extends WorkTree {
  /** Whether the commit itself has the path. */
  holds(path: string): boolean;
  /** What of a record the commit lacks, and the record itself: as it was written here, else as an earlier init left it. */
  additions(record: InitRecord): readonly Addition[];
}

const PLACES = [AGENTS, QUALITY];

/**
 * @param about.below the work tree: what an earlier init wrote there, and nobody committed, belongs on the branch
 */
export async function openDraft(about: {
  readonly repository: Repository;
  readonly commit: string;
  readonly below: WorkTree;
}): Promise<Draft> {
  const { repository, commit, below } = about;
  const held = await readHeld(repository, commit);
  const written = new Map<string, Uint8Array>();
  const read = (path: string) => written.get(path) ?? held.get(path) ?? below.read(path);
  return {
    read,
    write(path, text) {
      written.set(path, Buffer.from(text));
    },
    remove(path) {
      written.delete(path);
    },
    holds: (path) => held.has(path),
    additions(record) {
      const paths = Object.keys(record.files).filter((path) => !held.has(path));
      const files = [...paths, RECORD].flatMap((path) => {
        const bytes = read(path);
        return bytes === undefined ? [] : [{ path, bytes }];
      });
      return files.filter(({ path, bytes }) => !isSame(held.get(path), bytes));
    },
  };
}

async function readHeld(
  repository: Repository,
  commit: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = (await repository.list(commit)).filter(
    ({ path, type }) => type !== "tree" && (path.startsWith(".github/") || PLACES.includes(path)),
  );
  const read = await Promise.all(
    entries.map(async ({ path, type, mode }) => {
      // A link or another repository is somebody's, wherever it leads: its name is taken.
      const isFile = type === "blob" && mode !== "120000";
      const bytes = isFile ? await repository.read(commit, path) : undefined;
      return [path, bytes ?? new Uint8Array()] as const;
    }),
  );
  return new Map(read);
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && blobId(one) === blobId(other);
}
