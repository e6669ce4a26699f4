import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { placeProgram } from "../../../../src/adapters/sandbox/process/bubblewrap.ts";
import {
  environmentOf,
  VIEW_INSIDE,
} from "../../../../src/adapters/sandbox/toolchains/environment.ts";
import {
  installedPrograms,
  toolStores,
} from "../../../../src/adapters/sandbox/toolchains/tool-stores.ts";
import { findToolchains, isBelow } from "../../../../src/adapters/sandbox/toolchains/toolchains.ts";

describe("findToolchains", () => {
  const find = (read: readonly string[], path = "/usr/bin") =>
    findToolchains({ read, node: process.execPath, path, secret: ["/home/someone/checkout"] });

  test("binds the running Node, and puts it before the system's", () => {
    const { folders, path, node } = find([], "/usr/bin:/home/someone/bin::relative");
    expect(isBelow(node, [...folders, "/usr"])).toBe(true);
    const entries = path.split(":");
    expect(entries).not.toContain("/home/someone/bin");
    expect(entries).not.toContain("relative");
    expect(entries.indexOf(node.slice(0, node.lastIndexOf("/")))).toBeLessThanOrEqual(
      entries.indexOf("/usr/bin"),
    );
  });

  test.each([
    ["/home/someone"],
    ["/home/someone/checkout"],
    ["/home/someone/checkout/.git/objects"],
    ["/home/someone/checkout/_runner_file_commands"],
    ["/home"],
    ["/var/run/docker.sock"],
    ["/sys/fs"],
    ["tools"],
    [""],
  ])("refuses %j", (folder) => {
    expect(() => find([folder])).toThrow(/sandbox\.read/);
  });

  test("leaves out what lies below /usr, which is there anyway, and names what is not there", () => {
    const { folders, missing } = find(["/usr/lib", "/opt/no-such-toolchain"]);
    expect(folders).not.toContain("/usr/lib");
    expect(missing).toEqual(["/opt/no-such-toolchain"]);
  });
});

describe("folders of the config on PATH", () => {
  let root: string;
  const program = (path: string, mode = 0o755) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "#!/bin/sh\n", { mode });
  };
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "toolchains-")));
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const entries = (read: readonly string[], path = "/usr/bin") =>
    findToolchains({
      read: read.map((folder) => join(root, folder)),
      node: process.execPath,
      path,
      secret: [],
    })
      .path.split(":")
      .filter((entry) => entry.startsWith(root))
      .map((entry) => entry.slice(root.length + 1));

  test("are those with programs: a bin folder, or the folder itself", () => {
    program("python/bin/python3");
    program("python/lib/helper");
    program("bin/tool");
    program("data/bin/readme", 0o644);
    mkdirSync(join(root, "empty/bin/folder"), { recursive: true });
    expect(entries(["python", "bin", "data", "empty"])).toEqual(["python/bin", "bin"]);
  });

  test("come before the system's, and after what the host's own PATH prefers of them", () => {
    program("cache/Python/3.12/x64/bin/python3");
    program("cache/bin/tool");
    const host = `/usr/bin:${join(root, "cache/Python/3.12/x64/bin")}`;
    expect(entries(["cache"], host)).toEqual(["cache/Python/3.12/x64/bin", "cache/bin"]);
    const whole = findToolchains({
      read: [join(root, "cache")],
      node: process.execPath,
      path: host,
      secret: [],
    });
    const order = whole.path.split(":");
    expect(order.indexOf(join(root, "cache/bin"))).toBeLessThan(order.indexOf("/usr/bin"));
  });
});

describe("what tools install", () => {
  const values = Object.values(toolStores("/cache"));

  test("never goes into the workspace", () => {
    for (const value of values)
      expect(value).toMatch(/^(1|(-Dmaven\.repo\.local=)?\/cache(\/.*)?)$/);
  });

  test("is last on PATH", () => {
    const { PATH = "" } = environmentOf({ path: "/usr/bin:/bin", view: VIEW_INSIDE });
    expect(PATH.split(":")).toEqual(["/usr/bin", "/bin", ...installedPrograms("/cache")]);
  });
});

describe("placeProgram", () => {
  test.each([
    ["/a/b/c.js", [], { path: "/program/c.js", folder: "/a/b" }],
    ["/a/b/c.js", ["/a"], { path: "/a/b/c.js", folder: undefined }],
    ["/a/b/c.js", ["/a/bb"], { path: "/program/c.js", folder: "/a/b" }],
    ["/usr/lib/c.js", [], { path: "/usr/lib/c.js", folder: undefined }],
  ])("%s with %j", (program, folders, expected) => {
    expect(placeProgram(program, folders)).toEqual(expected);
  });
});
