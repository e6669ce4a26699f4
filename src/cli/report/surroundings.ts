import { basename } from "node:path";
import { readConfigText } from "../../control/observed/config-text.ts";
import type { Config } from "../../domain/config/schema.ts";
import { CODEOWNERS, readOwners } from "../../domain/github/code-owners.ts";
import { areasBy } from "../../measures/history/areas.ts";
import type { Surroundings } from "../../measures/history/assemble.ts";
import type { AreaOwners, TrustChange } from "../../measures/history/history.ts";
import { trustChanges } from "../../measures/history/trust-changes.ts";
import type { AskGit } from "./ask-git.ts";

const CONFIG = ".github/factory.yml";

/** What the head of a clone says of areas and owners, and its history of trust. */
export async function surroundingsOf(git: AskGit): Promise<Omit<Surroundings, "automations">> {
  const areas = (await configAt(git, "HEAD"))?.quality.areas ?? [];
  const areaOf = areasBy(areas);
  // A submodule is a commit there, and no file.
  const paths = (await git("ls-tree", "-r", "-z", "HEAD"))
    .split("\0")
    .flatMap((line) => /^\d+ blob [0-9a-f]+\t([\s\S]+)$/.exec(line)?.[1] ?? []);
  const ownersOf = readOwners(await ownersText(git, paths));
  const owned = new Set(areas.filter(({ owner }) => owner !== undefined).map(({ name }) => name));
  const rows = [...Map.groupBy(paths, areaOf)].map(([area, own]): AreaOwners => {
    const unowned = owned.has(area) ? [] : own.filter((path) => ownersOf(path).length === 0);
    return { area, files: own.length, unowned };
  });
  return {
    areaOf,
    owners: { known: rows.toSorted((left, right) => right.files - left.files) },
    trust: { known: await trustHistory(git) },
  };
}

/** The file that GitHub would read: the first of its places that there is. */
async function ownersText(git: AskGit, paths: readonly string[]): Promise<string> {
  const place = CODEOWNERS.find((one) => paths.includes(one));
  return place === undefined ? "" : git("cat-file", "blob", `HEAD:${place}`);
}

/** Undefined where there is none, or none that can be read: then nobody has named an area or a level. */
async function configAt(git: AskGit, commit: string): Promise<Config | undefined> {
  const text = await git("cat-file", "blob", `${commit}:${CONFIG}`).catch(() => undefined);
  const reading = text === undefined ? undefined : readConfigText(text);
  return reading !== undefined && "config" in reading ? reading.config : undefined;
}

/** Each change of the config on the default branch that changed a level, oldest first. */
async function trustHistory(git: AskGit): Promise<readonly TrustChange[]> {
  const log = await git("log", "--first-parent", "--format=%H %cI", "HEAD", "--", CONFIG);
  const lines = log.split("\n").filter((line) => line !== "");
  const versions = [];
  for (const line of lines.toReversed()) {
    const [commit = "", at = ""] = line.split(" ");
    const trust = (await configAt(git, commit))?.trust;
    versions.push({ commit, at: `${new Date(at).toISOString().slice(0, 19)}Z`, trust });
  }
  return trustChanges(versions);
}

const REMOTE = /^(?:https:\/\/|git@|ssh:\/\/git@)([^/:@]+)[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/;

/** What a clone is called: as its remote, else as its folder; its address where the remote names one. */
export async function nameOfClone(
  git: AskGit,
  path: string,
): Promise<{ readonly name: string; readonly url?: string }> {
  const remote = await git("config", "--get", "remote.origin.url").catch(() => "");
  const [, host, name] = REMOTE.exec(remote.trim()) ?? [];
  if (host !== undefined && name !== undefined) return { name, url: `https://${host}/${name}` };
  return { name: basename(path).replace(/\.git$/, "") };
}
