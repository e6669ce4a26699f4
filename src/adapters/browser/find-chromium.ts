import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** Where systems install the program itself; the one on PATH is a script that reads more of the system than a sandbox shows. */
const PLACES = [
  "/usr/lib/chromium/chromium",
  "/usr/lib/chromium-browser/chromium-browser",
  "/usr/lib64/chromium-browser/chromium-browser",
  "/opt/google/chrome/chrome",
];
const NAMES = [
  ...["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"],
];

/**
 * The browser that `CHROME` names, or one where systems install it, or the first on PATH; undefined if there is none.
 * Never downloads anything.
 */
export function findChromium(
  environment: Readonly<Record<string, string | undefined>>,
  places: readonly string[] = PLACES,
): string | undefined {
  const { CHROME: named = "", PATH = "" } = environment;
  if (named !== "") return isExecutable(named) ? named : undefined;
  const folders = PATH.split(delimiter).filter(isAbsolute);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...places, ...onPath].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
