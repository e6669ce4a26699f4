import { randomUUID } from "node:crypto";
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { isUtf8Text, showBytes } from "../../domain/text/show-bytes.ts";
import { BY_COMMAND, BY_ESCAPE, editBytes, isAscii, isUtf16, unescaped } from "./edit-bytes.ts";

/** The largest file of a change set; nobody edits larger ones as text (bytes). */
const MAXIMUM_BYTES = 1_000_000;
/** The byte order mark of UTF-8, one character per byte. */
const MARK = "\xef\xbb\xbf";

export const EditInput = z.looseObject({
  file_path: z.string().min(1),
  old_string: z.string().min(1),
  new_string: z.string().default(""),
  replace_all: z.boolean().default(false),
});

/** Edits the file at `place`, whose mode stays. */
export async function editFile(place: string, input: z.infer<typeof EditInput>): Promise<string> {
  const { file_path: path, old_string: oldText, new_string: newText, replace_all: all } = input;
  const state = statSync(place, { throwIfNoEntry: false });
  if (state?.isFile() !== true) throw new Error(`edit: ${path} is not a regular file`);
  if (state.size > MAXIMUM_BYTES) {
    throw new Error(`edit: ${path} has ${state.size} bytes, at most ${MAXIMUM_BYTES} are edited`);
  }
  if (!newText.isWellFormed()) throw new Error("edit: new_string holds half a character");
  const before = await readFile(place);
  let edited: ReturnType<typeof editBytes>;
  try {
    edited = editBytes(before, { oldText, newText, all });
  } catch (error) {
    const reason = error instanceof Error ? error.message : "failed";
    const words = reason.replace(/^(old_string (not found|appears \d+ times))/, `$1 in ${path}`);
    throw new Error(words === reason ? `edit: ${path}: ${reason}` : `edit: ${words}`);
  }
  putFile(place, edited.content, state.mode & 0o777);
  return `edited ${path} (${edited.count} replacement(s))`;
}

/** Puts a new file in place of the old one, so that a second hard link of the old one stays as it is. */
function putFile(place: string, content: Buffer, mode: number): void {
  const beside = join(dirname(place), `.tmp-${randomUUID()}`);
  try {
    writeFileSync(beside, content, { flag: "wx", mode });
    renameSync(beside, place);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * The bytes of `content` over an existing file: with its byte order mark and its CRLF line ends, which a model does not
 * see and would lose. Undefined if the text is written as it is. Throws if it does not fit the file's encoding.
 */
export async function fitToFile(
  place: string,
  { path, content }: { readonly path: string; readonly content: string },
): Promise<{ readonly bytes: Buffer; readonly kept: readonly string[] } | undefined> {
  const before = await readSmall(place);
  if (before === undefined) return undefined;
  if (isUtf16(before)) throw new Error(`write: ${path} is UTF-16; ${BY_COMMAND}`);
  const isOther = !isUtf8Text(before);
  if (isOther && !isAscii(content)) {
    throw new Error(
      `write: ${path} is not UTF-8, and the content holds characters beyond ASCII; ${BY_ESCAPE}`,
    );
  }
  const text = before.toString("latin1");
  const kept: string[] = isOther ? ["encoding"] : [];
  let fitted = isOther ? unescaped(before, content) : Buffer.from(content).toString("latin1");
  if (/\r\n/.test(text) && !/(?<!\r)\n/.test(text) && /\n/.test(content) && !/\r/.test(content)) {
    fitted = fitted.replaceAll("\n", "\r\n");
    kept.push("CRLF line ends");
  }
  if (text.startsWith(MARK) && !fitted.startsWith(MARK)) {
    fitted = `${MARK}${fitted}`;
    kept.push("byte order mark");
  }
  return kept.length === 0 ? undefined : { bytes: Buffer.from(fitted, "latin1"), kept };
}

/** Overwrites a file, whose mode stays. */
export function writeOver(place: string, bytes: Buffer): void {
  putFile(place, bytes, statSync(place).mode & 0o777);
}

/** A file that is not UTF-8, with its bytes shown; undefined for text. */
export async function readOtherEncoding(
  place: string,
  range: readonly number[] | undefined,
): Promise<string | undefined> {
  const bytes = await readSmall(place);
  if (bytes === undefined || isUtf8Text(bytes)) return undefined;
  const lines = showBytes(bytes).split("\n");
  const [first = 1, last = lines.length] = range ?? [];
  const shown = lines.slice(Math.max(0, first - 1), last > 0 ? last : lines.length).join("\n");
  return `(not UTF-8: \\x{…} stands for one byte; edit and write take it back)\n${shown}`;
}

async function readSmall(place: string): Promise<Buffer | undefined> {
  const state = statSync(place, { throwIfNoEntry: false });
  if (state?.isFile() !== true || state.size > MAXIMUM_BYTES) return undefined;
  return await readFile(place);
}
