import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import picomatch from "picomatch";
import { CONFIG_PATH, readConfigText } from "../../control/observed/config-text.ts";
import { type LoopReading, readLoopText } from "../../control/observed/loops/loop-text.ts";
import type { Config } from "../../domain/config/schema.ts";
import { UsageError } from "../command/usage-error.ts";

/** The loops of a checkout as its files stand there now, committed or not, and the config that says where they are. */
export interface LoopsOnDisk {
  readonly config: Config;
  readonly readings: readonly LoopReading[];
}

/** @throws UsageError where there is no such folder, or its config cannot be read */
export function readLoops(repo: string): LoopsOnDisk {
  if (statSync(repo, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`--repo: there is no folder ${repo}`);
  }
  const place = join(repo, CONFIG_PATH);
  const reading = readConfigText(existsSync(place) ? readFileSync(place, "utf8") : null);
  if ("refusal" in reading) {
    throw new UsageError(`${CONFIG_PATH}: ${reading.refusal.found ?? "it cannot be read"}`);
  }
  const { config } = reading;
  const readings = loopPathsIn(repo, config.loops).map((path) =>
    readLoopText(path, readFileSync(join(repo, path), "utf8")),
  );
  return { config, readings };
}

/** Paths below the checkout that the glob matches, in order. */
function loopPathsIn(repo: string, glob: string): readonly string[] {
  const { base } = picomatch.scan(glob);
  const folder = join(repo, base);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const isLoop = picomatch(glob, { dot: true });
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(repo.length + 1))
    .filter((path) => isLoop(path))
    .sort();
}
