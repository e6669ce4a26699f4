import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findChromium } from "./find-chromium.ts";

/** Without its configuration a browser draws every letter as a box. */
const FONTS = "/etc/fonts";

/** Folders that a browser needs inside a sandbox beside `/usr`. */
export function foldersOfBrowser(chromium: string | undefined): readonly string[] {
  if (chromium === undefined) return [];
  const own = dirname(chromium);
  return own.startsWith("/usr/") ? [FONTS] : [FONTS, own];
}

/** The program that visits pages, as it lies beside the bundle of run-loop. */
export function visitProgram(runLoop = process.argv[1] ?? ""): string {
  return join(dirname(runLoop), "visit", "index.js");
}

/**
 * What looks at an application, with the browser of this machine. Pictures go into a folder that is made for the first of
 * them; `kept` is told of each and says in words where it lies.
 */
export function createVisitor(options: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The file of the program. */
  readonly program: string;
  /** Undefined: pictures are looked at and thrown away. */
  readonly pictures: string | undefined;
  readonly kept: (file: string) => string;
}) {
  const { environment, program, pictures, kept } = options;
  const chromium = findChromium(environment);
  return {
    chromium,
    /** What the sandbox of a loop has to show beside what the config names. */
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
