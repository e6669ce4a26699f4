import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findChromium } from "./find-chromium.ts";

/** Without its configuration a browser draws every letter as a box. */
const FONTS = "/etc/fonts";

/** Folders that a browser needs inside a sandbox besides `/usr`. */
export function foldersOfBrowser(chromium: string | undefined): readonly string[] {
  if (chromium === undefined) return [];
  const own = dirname(chromium);
  return own.startsWith("/usr/") ? [FONTS] : [FONTS, own];
}

/** The visiting program, beside the bundle of run-loop. */
export function visitProgram(runLoop = process.argv[1] ?? ""): string {
  return join(dirname(runLoop), "visit", "index.js");
}

/**
 * Visits an application with this machine's browser. Pictures go into a folder that is created for the first of them;
 * `kept` hears of each and returns its place in words.
 */
export function createVisitor(options: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The file of the program. */
  readonly program: string;
  /** Undefined: pictures are discarded. */
  readonly pictures: string | undefined;
  readonly kept: (file: string) => string;
}) {
  const { environment, program, pictures, kept } = options;
  const chromium = findChromium(environment);
  return {
    chromium,
    /** Folders that a loop's sandbox needs besides the config's. */
    foldersFor: (use: string | undefined) => (use === "product" ? foldersOfBrowser(chromium) : []),
    program: () => readFile(program, "utf8"),
    keep: async (file: string, bytes: Uint8Array) => {
      if (pictures !== undefined) {
        await mkdir(pictures, { recursive: true });
        await writeFile(join(pictures, file), bytes);
      }
      return kept(file);
    },
  };
}
