import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";

/** Lines that are drawn together: a mutant whose code spans more than one range would otherwise never be drawn. */
const LINES = 12;

/**
 * Ranges of lines of the files that some globs name, as Stryker takes them (`path:first-last`): about so many percent, drawn by
 * a digest of path and place. The same tree always gives the same sample, and a file that did not change keeps its own.
 * @param globs as for Stryker: what begins with `!` is left out
 */
export function sampleOf(globs, percent) {
  const left = new Set(
    globSync(globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1))),
  );
  const files = globSync(globs.filter((glob) => !glob.startsWith("!"))).filter(
    (file) => !left.has(file),
  );
  return files.sort().flatMap((file) => rangesOf(file, readFileSync(file, "utf8"), percent));
}

/** The drawn ranges of one file. */
export function rangesOf(file, text, percent) {
  const lines = text.split("\n").length;
  const firsts = Array.from({ length: Math.ceil(lines / LINES) }, (_, index) => index * LINES + 1);
  return firsts
    .filter((first) => shareOf(`${file}:${first}`) < percent / 100)
    .map((first) => `${file}:${first}-${Math.min(first + LINES - 1, lines)}`);
}

/** A number from 0 up to 1 that looks like chance and is always the same. */
function shareOf(text) {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
