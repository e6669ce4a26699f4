import { delimiter, isAbsolute, join } from "node:path";
import { accessSync, constants } from "node:fs";

/** The names under which systems install Chromium and Chrome. */
export const BROWSERS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

/**
 * The browser that `CHROME` names, else the first on PATH; undefined where there is none. Nothing is ever downloaded.
 */
export function findChromium(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { CHROME: named, PATH = "" } = environment;
  if (named !== undefined && named !== "") return isProgram(named) ? named : undefined;
  const folders = PATH.split(delimiter).filter(isAbsolute);
  return BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
