import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { tryGit } from "../../twin/github/git/git.ts";
import { type Pin, repositoryOfRemote } from "./pin.ts";

/** What npm notes of where an installed package came from (npm docs, package-lock.json: `resolved`). */
const Installed = z.object({
  packages: z.record(z.string(), z.object({ resolved: z.string().optional() })),
});

/**
 * The commit that this Millwright is, and where it lies on GitHub: from its clone, or from what npm noted when it was
 * installed from git. Undefined where neither tells.
 */
export async function findOwnPin(millwright: string, version: string): Promise<Pin | undefined> {
  return (await fromClone(millwright, version)) ?? (await fromInstallation(millwright, version));
}

async function fromClone(millwright: string, version: string): Promise<Pin | undefined> {
  const ask = async (...words: readonly string[]) => {
    const { code, stdout } = await tryGit(undefined, ["-C", millwright, ...words]);
    return code === 0 ? stdout.toString("utf8").trimEnd() : undefined;
  };
  // A folder below another repository is no clone: there a prefix stands in the first line, or begins there.
  const asked = (await ask("rev-parse", "--show-prefix", "HEAD")) ?? "";
  const head = /^\n([0-9a-f]+)$/.exec(asked)?.[1];
  if (head === undefined) return undefined;
  const url = await ask("remote", "get-url", "origin");
  const repository = url === undefined ? undefined : repositoryOfRemote(url);
  if (repository === undefined) return undefined;
  const tag = await ask("describe", "--tags", "--exact-match");
  return { repository, ref: head, version: tag ?? `v${version}, a commit after or before it` };
}

async function fromInstallation(millwright: string, version: string): Promise<Pin | undefined> {
  const noted = join(dirname(millwright), ".package-lock.json");
  const text = await readFile(noted, "utf8").catch(() => undefined);
  const read = text === undefined ? undefined : Installed.safeParse(JSON.parse(text)).data;
  const resolved = Object.entries(read?.packages ?? {}).find(([path]) =>
    path.endsWith("node_modules/millwright"),
  )?.[1].resolved;
  const repository = resolved === undefined ? undefined : repositoryOfRemote(resolved);
  const commit = resolved?.split("#")[1];
  if (repository === undefined || commit === undefined) return undefined;
  return { repository, ref: commit, version: `v${version}` };
}
