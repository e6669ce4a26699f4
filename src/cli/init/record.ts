import { createHash } from "node:crypto";
import { z } from "zod";
import { AGENTS, CONFIG, ONCE, QUALITY, type WantedFile } from "./files.ts";

export const RECORD = ".github/factory.init.json";

/** What `init` wrote, so that `uninstall` takes away that alone, and `upgrade` tells a person's lines from ours. */
export const InitRecord = z.strictObject({
  version: z.literal(1),
  /** Which Millwright wrote it, as `OWNER/NAME@REF`. */
  by: z.string(),
  /** False while files are being written: a run that was ended goes on where it stopped. */
  complete: z.boolean(),
  /** Path, and the id of its bytes as git names them (gitformat-object): `git cat-file blob ID` shows them. */
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{40}$/)),
  /**
   * What init or upgrade wrote, with which a person's lines are merged later. Git has these bytes only where nobody changed the
   * file before its first commit.
   */
  bases: z.record(z.string(), z.string()).optional(),
});
export type InitRecord = z.infer<typeof InitRecord>;

/** What a repository made its own on the first day: doctor says what is wrong with them, and nothing writes over them. */
export const OWN: readonly string[] = [CONFIG, AGENTS, QUALITY];

/** The id that git gives these bytes. */
export function blobId(bytes: Uint8Array | string): string {
  const content = Buffer.from(bytes);
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

export type FileFate =
  /** It is written. */
  | "written"
  /** It stands there as it would be written, or as an earlier run wrote it. */
  | "same"
  /** Somebody's: it stays as it is. */
  | "kept"
  /** An earlier run wrote it, and somebody took it away: it stays away. */
  | "removed";

export interface PlannedFile extends WantedFile {
  readonly fate: FileFate;
}

export interface InitPlan {
  readonly files: readonly PlannedFile[];
  /** As it stands while files are written; undefined where there is nothing to write. */
  readonly record: InitRecord | undefined;
}

/**
 * The missing files, which a run writes. Completes the work of an interrupted run. @param standing the bytes at a path,
 * or undefined
 */
export function planInit(
  wanted: readonly WantedFile[],
  about: {
    readonly by: string;
    readonly record: InitRecord | undefined;
    standing(path: string): Uint8Array | undefined;
  },
): InitPlan {
  const { record, standing, by } = about;
  const made = wanted.map((file): PlannedFile => {
    const there = standing(file.path);
    if (there !== undefined) {
      const ours = [blobId(file.text), record?.files[file.path]];
      return { ...file, fate: ours.includes(blobId(there)) ? "same" : "kept" };
    }
    const isRemoved = record?.complete === true && Object.hasOwn(record.files, file.path);
    return { ...file, fate: isRemoved ? "removed" : "written" };
  });
  const files = [...made, ...standingOnce(made, about)];
  const fresh = files.filter(({ fate }) => fate === "written");
  const isHalf = record?.complete === false;
  if (fresh.length === 0 && !isHalf) return { files, record: undefined };
  const ids = fresh.map(({ path, text }) => [path, blobId(text)] as const);
  const upgraded = fresh.filter(({ path }) => !OWN.includes(path));
  const bases = {
    ...record?.bases,
    ...Object.fromEntries(upgraded.map((one) => [one.path, one.text])),
  };
  return {
    files,
    record: {
      version: 1,
      by,
      complete: false,
      files: { ...record?.files, ...Object.fromEntries(ids) },
      bases,
    },
  };
}

/** What an earlier run wrote and this one does not want, because it is there. */
function standingOnce(
  made: readonly PlannedFile[],
  { record, standing }: Pick<Parameters<typeof planInit>[1], "record" | "standing">,
): readonly PlannedFile[] {
  return ONCE.flatMap((file): readonly PlannedFile[] => {
    const id = record?.files[file.path];
    const there = standing(file.path);
    if (id === undefined || there === undefined) return [];
    if (made.some(({ path }) => path === file.path)) return [];
    const text = new TextDecoder().decode(there);
    return [{ ...file, text, fate: blobId(there) === id ? "same" : "kept" }];
  });
}

/** What `uninstall` makes of each file of a record. */
export function planUninstall(
  record: InitRecord,
  standing: (path: string) => Uint8Array | undefined,
): { readonly remove: readonly string[]; readonly keep: readonly string[] } {
  const there = Object.entries(record.files).flatMap(([path, id]) => {
    const bytes = standing(path);
    return bytes === undefined ? [] : [{ path, isOurs: blobId(bytes) === id }];
  });
  return {
    remove: there.filter(({ isOurs }) => isOurs).map(({ path }) => path),
    keep: there.filter(({ isOurs }) => !isOurs).map(({ path }) => path),
  };
}
