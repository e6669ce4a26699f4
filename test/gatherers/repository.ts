import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { git } from "../cli/git.ts";

/** A repository whose commits have these files, `null` for one that goes; it is removed when its holder is. */
export function repositoryOf(
  ...commits: readonly Readonly<Record<string, string | null>>[]
): { readonly folder: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "millwright-gather-"));
  git("-C", folder, "init", "--quiet", "--initial-branch=main");
  for (const files of commits) {
    for (const [path, text] of Object.entries(files)) {
      if (text === null) {
        rmSync(join(folder, path));
        continue;
      }
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git("-C", folder, "add", "--all");
    git("-C", folder, "commit", "--quiet", "--allow-empty", "--message", "A change");
  }
  return {
    folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
