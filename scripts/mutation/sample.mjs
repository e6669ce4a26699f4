import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";

/** Lines that are drawn together, because a mutant that spans several ranges would never be drawn. */
const LINES = 12;

/**
 * Ranges of lines in the files of some globs, in Stryker's form (`path:first-last`): about this percentage, drawn by a
 * digest of path and place. The same tree always gives the same sample, and an unchanged file keeps its own. @param
 * globs as for Stryker: a leading `!` excludes
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

/** A pseudo-random number from 0 up to 1, always the same for the same input. */
function shareOf(text) {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
