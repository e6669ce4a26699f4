import type { ObjectId } from "../../domain/digest.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Baseline } from "../../ports/sandbox.ts";

/** What the workspace held before anyone worked in it, read from git objects of the base: never from the workspace. */
export async function readBaseline(repository: Repository, base: ObjectId): Promise<Baseline> {
  const entries = (await repository.list(base)).filter(({ type }) => type !== "tree");
  const ignore: { directory: string; text: string }[] = [];
  for (const { path } of entries) {
    const directory = folderOfIgnore(path);
    if (directory === undefined) continue;
    const bytes = await repository.read(base, path);
    // A .gitignore that is a link is none: git does not follow it either (since 2.32).
    if (bytes !== undefined) ignore.push({ directory, text: new TextDecoder().decode(bytes) });
  }
  const files = new Map(entries.map(({ path, mode, id }) => [path, { mode, id }]));
  return { commit: base, files, ignore };
}

function folderOfIgnore(path: string): string | undefined {
  if (path === ".gitignore") return "";
  return path.endsWith("/.gitignore") ? path.slice(0, -"/.gitignore".length) : undefined;
}
