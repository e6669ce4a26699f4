import { describe, expect, it } from "vitest";
import { placeProgram } from "../../../src/adapters/sandbox/bubblewrap.ts";
import { findToolchains, isBelow } from "../../../src/adapters/sandbox/environment.ts";

describe("findToolchains", () => {
  const find = (read: readonly string[], path = "/usr/bin") =>
    findToolchains({ read, node: process.execPath, path, secret: ["/home/someone/checkout"] });

  it("binds the running Node, and puts it before the system's", () => {
    const { folders, path, node } = find([], "/usr/bin:/home/someone/bin::relative");
    expect(isBelow(node, [...folders, "/usr"])).toBe(true);
    const entries = path.split(":");
    expect(entries).not.toContain("/home/someone/bin");
    expect(entries).not.toContain("relative");
    expect(entries.indexOf(node.slice(0, node.lastIndexOf("/")))).toBeLessThanOrEqual(
      entries.indexOf("/usr/bin"),
    );
  });

  it.each([
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

  it("leaves out what lies below /usr, which is there anyway, and names what is not there", () => {
    const { folders, missing } = find(["/usr/lib", "/opt/no-such-toolchain"]);
    expect(folders).not.toContain("/usr/lib");
    expect(missing).toEqual(["/opt/no-such-toolchain"]);
  });
});

describe("placeProgram", () => {
  it.each([
    ["/a/b/c.js", [], { path: "/program/c.js", folder: "/a/b" }],
    ["/a/b/c.js", ["/a"], { path: "/a/b/c.js", folder: undefined }],
    ["/a/b/c.js", ["/a/bb"], { path: "/program/c.js", folder: "/a/b" }],
    ["/usr/lib/c.js", [], { path: "/usr/lib/c.js", folder: undefined }],
  ])("%s with %j", (program, folders, expected) => {
    expect(placeProgram(program, folders)).toEqual(expected);
  });
});
