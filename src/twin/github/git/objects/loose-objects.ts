import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { constants, inflateSync } from "node:zlib";
import { tryGit } from "../git.ts";

const KINDS = ["blob", "tree", "commit", "tag"] as const;
type Kind = (typeof KINDS)[number];

interface LooseObject {
  readonly kind: Kind;
  readonly content: Buffer;
}

const ID = /^[0-9a-f]{40}$/;
/** A larger file is read by git, which does not keep this process from its other work meanwhile (bytes, packed). */
const MOST_PACKED = 262_144;
/** What a small file may hold: a few bytes can be made to unpack to any size (bytes). */
const MOST_UNPACKED = 4_194_304;
/** The kind, a size of twenty digits and what stands between them, however they are packed (bytes). */
const HEAD_BYTES = 64;

/** Where git lays an object that is in no pack: gitrepository-layout(5), `objects/[0-9a-f][0-9a-f]`. */
function fileOf(gitDirectory: string, id: string): string | undefined {
  return ID.test(id) ? join(gitDirectory, "objects", id.slice(0, 2), id.slice(2)) : undefined;
}

/**
 * Reads an object from its own file, at once and without a process. A name always stands for the same content, so nothing has to
 * be remembered. Undefined if git has to answer: the object is packed, borrowed, large, no object, or missing.
 */
function looseObject(gitDirectory: string, id: string): LooseObject | undefined {
  const unpacked = unpack(fileOf(gitDirectory, id), (file) => {
    const packed = readFileSync(file);
    return packed.length > MOST_PACKED
      ? undefined
      : inflateSync(packed, { maxOutputLength: MOST_UNPACKED });
  });
  const head = headOf(unpacked);
  if (unpacked === undefined || head === undefined) return undefined;
  const content = unpacked.subarray(head.length);
  return content.length === head.size ? { kind: head.kind, content } : undefined;
}

/** Its kind and size alone, from the beginning of its file. */
export function looseHead(
  gitDirectory: string,
  id: string,
): { readonly kind: Kind; readonly size: number } | undefined {
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED };
  return headOf(
    unpack(fileOf(gitDirectory, id), (file) =>
      statSync(file).size > MOST_PACKED
        ? undefined
        : inflateSync(readFileSync(file).subarray(0, HEAD_BYTES), options),
    ),
  );
}

function unpack(
  file: string | undefined,
  read: (file: string) => Buffer | undefined,
): Buffer | undefined {
  try {
    return file === undefined ? undefined : read(file);
  } catch {
    return undefined;
  }
}

/** `KIND SIZE` and a zero byte stand before the content. */
function headOf(unpacked: Buffer | undefined) {
  const end = unpacked?.subarray(0, HEAD_BYTES).indexOf(0) ?? -1;
  if (unpacked === undefined || end < 0) return undefined;
  const [word, digits = ""] = unpacked.toString("latin1", 0, end).split(" ");
  const kind = KINDS.find((one) => one === word);
  if (kind === undefined || !/^\d+$/.test(digits)) return undefined;
  return { kind, size: Number(digits), length: end + 1 };
}

export function looseContent(gitDirectory: string, id: string, kind: Kind): Buffer | undefined {
  const found = looseObject(gitDirectory, id);
  return found?.kind === kind ? found.content : undefined;
}

/** The bytes of a blob by its id; undefined where there is none of that id. */
export async function readBlob(gitDirectory: string, id: string): Promise<Buffer | undefined> {
  const loose = looseContent(gitDirectory, id, "blob");
  if (loose !== undefined) return loose;
  const read = await tryGit(gitDirectory, ["cat-file", "blob", id]);
  return read.code === 0 ? read.stdout : undefined;
}

/** What kind of object an id names; undefined where there is none. */
export async function kindOfObject(gitDirectory: string, id: string): Promise<string | undefined> {
  const loose = looseHead(gitDirectory, id)?.kind;
  if (loose !== undefined) return loose;
  const read = await tryGit(gitDirectory, ["cat-file", "-t", id]);
  return read.code === 0 ? read.stdout.toString("utf8").trim() : undefined;
}
