import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { git } from "../git.ts";
import { javascript } from "./languages/javascript.ts";
import { scriptOf } from "./script.ts";

/**
 * Lays out `repository` with this config, `issue.md` and `script.yml`, and stands in their folder while the tests of a file run: a
 * rehearsal writes its page where it stands. Returns the path of a name in the folder.
 */
export function useRehearsedFolder(config: string): (name: string) => string {
  const before = process.cwd();
  let folder = "";
  const at = (name: string) => join(folder, name);

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-rehearsed-")));
    const files = { ...javascript.files, ".github/factory.yml": config };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(at(`repository/${path}`)), { recursive: true });
      writeFileSync(at(`repository/${path}`), text);
    }
    git("-C", at("repository"), "init", "--quiet", "--initial-branch=main");
    git("-C", at("repository"), "add", "--all");
    git("-C", at("repository"), "commit", "--quiet", "--message", "Begin");
    writeFileSync(at("issue.md"), "# A weight below 0 has a price\n\nIt must not.\n");
    writeFileSync(at("script.yml"), scriptOf(javascript.change, "a weight below 0 is refused"));
    process.chdir(folder);
  });

  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  return at;
}
