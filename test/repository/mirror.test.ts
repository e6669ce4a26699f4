import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./bundles.ts";

/** Rooms that examine more than one part of `src`: whole lines, attacks, failures of other tools, pages in a browser, the project itself. */
const OWN: readonly string[] = ["browser", "fakes", "line", "museum", "redteam", "repository"];
/** What tests read, beside them: no room of its own. */
const READ: readonly string[] = ["fixtures", "languages", "payloads", "probes", "scripts"];
/** Parts of the project that are no source: their tests stand with the commands that they are. */
const ELSEWHERE: Readonly<Record<string, string>> = { "cli/adopt": "scripts/adopt" };

function foldersBelow(folder: string, at = ""): readonly string[] {
  return readdirSync(join(folder, at), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const path = at === "" ? name : `${at}/${name}`;
      return [path, ...foldersBelow(folder, path)];
    });
}

/** Folders of tests that name no folder and no file of the sources, so that nobody finds them from there. */
function strayed(
  folders: readonly string[],
  isSource: (path: string) => boolean,
): readonly string[] {
  return folders.filter((path) => {
    const [room = "", ...inside] = path.split("/");
    const isRead = inside.some((name) => READ.includes(name));
    return !OWN.includes(room) && !isRead && !(path in ELSEWHERE) && !isSource(path);
  });
}

const isSource = (path: string) =>
  existsSync(join(root, "src", path)) || existsSync(join(root, "src", `${path}.ts`));

describe("tests mirror the sources by name", () => {
  test("each folder of tests has the name of a folder or a file of the sources", () => {
    const folders = foldersBelow(join(root, "test"));
    expect(folders.length).toBeGreaterThan(100);
    expect(strayed(folders, isSource)).toEqual([]);
  });

  test("what is excepted is there", () => {
    for (const room of OWN) expect(existsSync(join(root, "test", room)), room).toBe(true);
    for (const [path, of] of Object.entries(ELSEWHERE)) {
      expect([path, existsSync(join(root, "test", path)), existsSync(join(root, of))]).toEqual([
        path,
        true,
        true,
      ]);
    }
  });

  test("canary: a folder that was renamed in the sources alone is found", () => {
    const folders = ["control/gate", "control/gates", "line/scripts", "workers/proof/fixtures"];
    expect(strayed(folders, isSource)).toEqual(["control/gates"]);
  });
});
