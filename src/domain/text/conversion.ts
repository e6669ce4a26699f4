import type { Refusal } from "../refusal.ts";
import { isUtf8Text } from "./show-bytes.ts";

/** How `.gitattributes` convert a file when git stores it or checks it out, so that the stored bytes differ. */
export interface Conversion {
  /** A filter program: `lfs` stores a pointer. */
  readonly filter?: string;
  /** Checked out in this encoding, stored in UTF-8. */
  readonly encoding?: string;
  /** `$Id$` is stored without its expansion. */
  readonly ident: boolean;
  /** Whether CRLF is kept, converted to LF, or converted if git takes the file for text. */
  readonly lines: "kept" | "normalised" | "guessed";
}

/** A changed file as bytes, with its earlier bytes. */
export interface WrittenBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** The base's bytes at the same path. */
  readonly before: Uint8Array | undefined;
  /** The base stores the very same bytes somewhere, so git already accepted them. */
  readonly isKept: boolean;
}

/**
 * Why git would not store these bytes at this path, if so. The sandbox holds files as stored and runs no filter, so the
 * right bytes cannot be made there.
 */
export function refuseConverted(file: WrittenBytes, conversion: Conversion): Refusal | undefined {
  const { path, bytes, before, isKept } = file;
  if (isKept) return undefined;
  const by = nameOf(conversion);
  if (by !== undefined) {
    return {
      ...head(path),
      found: `bytes that git keeps otherwise: .gitattributes gives the path ${by}`,
      accepted: "a file that is left alone, moved as it is or deleted",
      hint: "leave-the-path-to-a-person",
    };
  }
  if (conversion.ident && EXPANDED.test(asText(bytes)) && !EXPANDED.test(asText(before))) {
    return { ...head(path), found: "an expanded $Id$, which git keeps bare", accepted: "$Id$" };
  }
  if (isTurned(file, conversion)) {
    return {
      ...head(path),
      found: "CRLF line ends, which .gitattributes has git turn into LF",
      accepted: "LF line ends, which git turns into what the path needs when it is checked out",
    };
  }
  return undefined;
}

const EXPANDED = /\$Id:[^$\n]*\$/;
/** The replacement character in UTF-8, one character per byte. */
const REPLACEMENT = "\xef\xbf\xbd";

function head(path: string): Pick<Refusal, "code" | "subject"> {
  return { code: "change-set-invalid", subject: JSON.stringify(path).slice(0, 300) };
}

function nameOf({ filter, encoding }: Conversion): string | undefined {
  if (filter !== undefined) return `filter=${filter.slice(0, 60)}`;
  return encoding === undefined ? undefined : `working-tree-encoding=${encoding.slice(0, 60)}`;
}

/** A file that the base stores with CRLF stays as it is, because that was wrong before the change. */
function isTurned({ bytes, before }: WrittenBytes, { lines }: Conversion): boolean {
  if (lines === "kept" || !asText(bytes).includes("\r\n")) return false;
  if (asText(before).includes("\r\n")) return false;
  return lines === "normalised" || !bytes.includes(0);
}

/**
 * Refuses a file that was not UTF-8 and now contains replacement characters: a tool read it in the wrong encoding and
 * wrote it back, so bytes are lost. Applies also to a new file with lines of a deleted one. @param gone content of the
 * files that the change deletes
 */
export function refuseLostBytes(
  { path, bytes, before }: WrittenBytes,
  gone: readonly Uint8Array[],
): Refusal | undefined {
  const now = countOf(bytes);
  if (now === 0) return undefined;
  const isLost =
    before === undefined
      ? gone.some((old) => !isUtf8Text(old) && sharesLostLine(bytes, old))
      : !isUtf8Text(before) && now > countOf(before);
  if (!isLost) return undefined;
  return {
    ...head(path),
    found: "U+FFFD in the place of bytes that are not UTF-8",
    accepted: "the file's own bytes outside of what changes",
  };
}

function countOf(bytes: Uint8Array): number {
  return asText(bytes).split(REPLACEMENT).length - 1;
}

function sharesLostLine(bytes: Uint8Array, old: Uint8Array): boolean {
  const lossy = (given: Uint8Array) => new TextDecoder().decode(given).split(/\r?\n/);
  const lines = new Set(lossy(old).filter((line) => line.includes("\uFFFD")));
  return lossy(bytes).some((line) => lines.has(line));
}

/** One character per byte. */
function asText(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "" : new TextDecoder("latin1").decode(bytes);
}
