import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { removeTree } from "../../../../src/adapters/sandbox/remains.ts";
import { keepFolders } from "../../../../src/adapters/sandbox/workspace/keep.ts";

describe("keepFolders", () => {
  const roots: string[] = [];
  afterEach(() => {
    for (const root of roots.splice(0)) removeTree(root);
  });

  async function world() {
    const root = mkdtempSync(join(tmpdir(), "millwright-keep-"));
    roots.push(root);
    const [workspace, cache] = [join(root, "workspace"), join(root, "cache")];
    mkdirSync(join(workspace, "node_modules/.bin"), { recursive: true });
    mkdirSync(join(cache, "store"), { recursive: true });
    writeFileSync(join(workspace, "node_modules/tool.js"), "honest");
    symlinkSync("../tool.js", join(workspace, "node_modules/.bin/tool"));
    writeFileSync(join(cache, "store/a"), "kept", { mode: 0o444 });
    utimesSync(join(cache, "store/a"), 1_000, 1_000);
    linkSync(join(cache, "store/a"), join(workspace, "a"));
    chmodSync(join(cache, "store"), 0o555);
    const kept = await keepFolders([workspace, cache], join(root, "kept"));
    const whole = () => ({
      tool: readFileSync(join(workspace, "node_modules/tool.js"), "utf8"),
      link: readlinkSync(join(workspace, "node_modules/.bin/tool")),
      a: readFileSync(join(workspace, "a"), "utf8"),
      stored: readFileSync(join(cache, "store/a"), "utf8"),
      modes: [join(cache, "store"), join(cache, "store/a")].map(
        (path) => lstatSync(path).mode & 0o777,
      ),
      time: lstatSync(join(cache, "store/a")).mtimeMs,
      names: [join(workspace, "new"), join(cache, "store/b")].map((path) => existsSync(path)),
    });
    return { workspace, cache, kept, whole };
  }

  type World = Awaited<ReturnType<typeof world>>;

  test.each<readonly [string, (world: World) => void]>([
    ["nothing", () => {}],
    [
      "a file rewritten at the same size and time",
      ({ workspace }) => {
        const tool = join(workspace, "node_modules/tool.js");
        const { atime, mtime } = lstatSync(tool);
        writeFileSync(tool, "HONEST");
        utimesSync(tool, atime, mtime);
      },
    ],
    [
      "a file exchanged for another",
      ({ workspace }) => {
        writeFileSync(join(workspace, "x"), "HONEST");
        renameSync(join(workspace, "x"), join(workspace, "node_modules/tool.js"));
      },
    ],
    [
      "a file exchanged for a link",
      ({ workspace }) => {
        rmSync(join(workspace, "node_modules/tool.js"));
        symlinkSync("/etc/passwd", join(workspace, "node_modules/tool.js"));
      },
    ],
    [
      "a link that leads elsewhere",
      ({ workspace }) => {
        rmSync(join(workspace, "node_modules/.bin/tool"));
        symlinkSync("/bin/true", join(workspace, "node_modules/.bin/tool"));
      },
    ],
    [
      "a folder exchanged for a link",
      ({ workspace, cache }) => {
        rmSync(join(workspace, "node_modules"), { recursive: true });
        symlinkSync(cache, join(workspace, "node_modules"));
      },
    ],
    [
      "a stored file written through its other name",
      ({ workspace }) => {
        chmodSync(join(workspace, "a"), 0o644);
        writeFileSync(join(workspace, "a"), "evil");
      },
    ],
    [
      "a folder deleted",
      ({ workspace }) => rmSync(join(workspace, "node_modules"), { recursive: true }),
    ],
    [
      "files that came, also where nobody may write",
      ({ workspace, cache }) => {
        mkdirSync(join(workspace, "new/deep"), { recursive: true });
        writeFileSync(join(workspace, "new/deep/x"), "x");
        chmodSync(join(workspace, "new"), 0o000);
        writeFileSync(
          Buffer.concat([Buffer.from(`${workspace}/`), Buffer.from([0xff, 0xfe])]),
          "x",
        );
        chmodSync(join(cache, "store"), 0o755);
        writeFileSync(join(cache, "store/b"), "x");
        chmodSync(join(cache, "store"), 0o000);
      },
    ],
    ["modes", ({ workspace }) => chmodSync(join(workspace, "node_modules"), 0o000)],
  ])("takes back: %s", async (_what, spoil) => {
    const made = await world();
    const before = made.whole();
    // Twice: what was put back is as well known as what stayed.
    for (let round = 0; round < 2; round += 1) {
      spoil(made);
      made.kept.restore();
      expect(made.whole()).toEqual(before);
    }
  });
});
