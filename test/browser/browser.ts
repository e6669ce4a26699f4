import { spawnSync } from "node:child_process";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/** A Chromium of this machine, by its variable or its usual names; undefined where there is none. */
export function findBrowser(): string | undefined {
  const named = process.env.CHROME;
  if (named !== undefined) return named;
  return NAMES.find((name) => {
    const { status } = spawnSync(name, ["--version"], { timeout: 20_000 });
    return status === 0;
  });
}

export async function openBrowser(name: string): Promise<Browser> {
  const found = spawnSync("which", [name], { encoding: "utf8" }).stdout.trim();
  return chromium.launch({
    executablePath: found === "" ? name : found,
    // A browser does not start as root with its own sandbox; it opens nothing but pages of this repository.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}

/** Both widths that people read at, in CSS pixels. */
export const WIDTHS = { desktop: 1280, phone: 390 } as const;
export const SCHEMES = ["light", "dark"] as const;
