import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { systemReason } from "../command/named-file.ts";
import { UsageError } from "../command/usage-error.ts";

/** Where a page is written. */
export interface PagePlace {
  /** Absolute. */
  readonly folder: string;
  /** Without what a file of its kind ends with. */
  readonly name: string;
  readonly extension?: string;
  /** Whether one that stands there belongs to another run and stays: this one gets a number. */
  readonly keepsOthers: boolean;
}

const MOST_PAGES = 10_000;

/** Writes a page and returns its path. */
export async function writePage(place: PagePlace, text: string): Promise<string> {
  const { folder, name, extension = ".html", keepsOthers } = place;
  await mkdir(folder, { recursive: true });
  for (let count = 1; count < MOST_PAGES; count += 1) {
    const path = join(folder, `${name}${count === 1 ? "" : `-${count}`}${extension}`);
    try {
      // To make a file only where there is none is one step: of two runs at once each gets a name.
      await writeFile(path, text, { flag: keepsOthers ? "wx" : "w" });
      return path;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
  throw new Error(`${folder} holds ${MOST_PAGES} pages named ${name}: remove some`);
}

/** Writes a page where somebody asked for it by an option, over what stands there. Throws UsageError where it cannot be. */
export async function writeNamedPage(option: string, path: string, text: string): Promise<string> {
  const { name, ext: extension } = parse(path);
  const place = { folder: dirname(path), name, extension, keepsOthers: false };
  return writePage(place, text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${option}: ${path} cannot be written: ${systemReason(error)}`);
  });
}
