import { describe, expect, test } from "vitest";
import { addressOf, type Entry, readEntry } from "../../../src/domain/dependencies/npm-entry.ts";

const REGISTRIES = ["https://registry.npmjs.org", "https://npm.example.com//"];
const SHA512 = `sha512-${"A".repeat(86)}==`;
const ENTRY: Entry = {
  version: "1.2.3",
  resolved: "https://registry.npmjs.org/left/-/left-1.2.3.tgz",
  integrity: SHA512,
};
const LEFT = {
  name: "left",
  version: "1.2.3",
  resolved: ENTRY.resolved,
  integrity: SHA512,
  installScript: false,
  forLinux: true,
};
const KEY = "node_modules/left";
const outside = (entry: string, found: string) => ({
  entry,
  found,
  accepted: "a folder inside the repository",
});
const address = (found: string, own = ENTRY.resolved) => ({
  entry: KEY,
  found,
  accepted: `its own tarball, like ${own}`,
});

describe("an entry of a lockfile", () => {
  test.each<readonly [string, string, Entry, object | undefined]>([
    ["the root", "", {}, undefined],
    ["a folder of the repository", "packages/a", {}, undefined],
    ["a folder named like the one of packages", "my_node_modules/a", {}, undefined],
    [
      "a folder outside of it",
      "packages/../../a",
      {},
      outside("packages/../../a", "packages/../../a"),
    ],
    ["a folder with two dots in its name", "packages/a..b", {}, undefined],
    ["a link to a folder", KEY, { link: true, resolved: "packages/a" }, undefined],
    ["a link to nowhere", KEY, { link: true }, undefined],
    ["a link that leaves", KEY, { link: true, resolved: "a/../../b" }, outside(KEY, "a/../../b")],
    ["a link to the machine", KEY, { link: true, resolved: "/etc" }, outside(KEY, "/etc")],
    ["a link to an address", KEY, { link: true, resolved: "file:a" }, outside(KEY, "file:a")],
    ["a part of another package", KEY, { inBundle: true }, undefined],
    ["a package", KEY, ENTRY, LEFT],
    ["a package of a workspace", `packages/a/${KEY}`, ENTRY, LEFT],
    ["a package below another", `node_modules/other/${KEY}`, ENTRY, LEFT],
    [
      "one that runs a script",
      KEY,
      { ...ENTRY, hasInstallScript: true },
      { ...LEFT, installScript: true },
    ],
    [
      "one of a scope, under another name, of the second registry",
      KEY,
      {
        ...ENTRY,
        name: "@s/right",
        resolved: "https://npm.example.com/@s/right/-/right-1.2.3.tgz",
      },
      { ...LEFT, name: "@s/right", resolved: "https://npm.example.com/@s/right/-/right-1.2.3.tgz" },
    ],
    ["one without an address", KEY, { version: "1.2.3" }, address("no address")],
    [
      "one of another version's address",
      KEY,
      { ...ENTRY, version: "1.2.4" },
      address(`${ENTRY.resolved}`, "https://registry.npmjs.org/left/-/left-1.2.4.tgz"),
    ],
    [
      "one without a version",
      KEY,
      { resolved: "https://x.example/a.tgz" },
      address("https://x.example/a.tgz", "https://registry.npmjs.org/left/-/left-.tgz"),
    ],
    [
      "one whose name is a path",
      KEY,
      { ...ENTRY, name: "a/../b", resolved: "https://registry.npmjs.org/a/../b/-/b-1.2.3.tgz" },
      address(
        "https://registry.npmjs.org/a/../b/-/b-1.2.3.tgz",
        "https://registry.npmjs.org/a/../b/-/b-1.2.3.tgz",
      ),
    ],
    [
      "one without a digest",
      KEY,
      { version: "1.2.3", resolved: `${ENTRY.resolved}` },
      {
        entry: KEY,
        found: 'the integrity ""',
        accepted: "a SHA-512: `sha512-` and 88 characters of base64",
      },
    ],
    [
      "one with a weak digest",
      KEY,
      { ...ENTRY, integrity: "sha1-abc" },
      {
        entry: KEY,
        found: 'the integrity "sha1-abc"',
        accepted: "a SHA-512: `sha512-` and 88 characters of base64",
      },
    ],
    ["one with several digests", KEY, { ...ENTRY, integrity: `sha1-abc \n${SHA512}` }, LEFT],
  ])("of %s", (_what, key, entry, expected) => {
    expect(readEntry(key, entry, REGISTRIES)).toStrictEqual(expected);
  });

  test.each([
    `x${SHA512}`,
    `${SHA512}x`,
    `sha512-${"A".repeat(85)}==`,
    `sha512-${"A".repeat(87)}==`,
  ])("has no digest in %s", (integrity) => {
    expect(readEntry(KEY, { ...ENTRY, integrity }, REGISTRIES)).toHaveProperty("found");
  });

  test("is fetched from nowhere where no registry is allowed", () => {
    expect(readEntry(KEY, ENTRY, [])).toStrictEqual({
      entry: KEY,
      found: ENTRY.resolved,
      accepted: "its own tarball, like none: no registry is allowed",
    });
  });

  test.each<readonly [Pick<Entry, "os" | "cpu">, boolean]>([
    [{ os: [], cpu: [] }, true],
    [{ os: ["linux"] }, true],
    [{ os: ["darwin", "linux"] }, true],
    [{ os: ["darwin"] }, false],
    [{ os: ["!linux"] }, false],
    [{ os: ["!win32"] }, true],
    [{ os: ["!win32", "darwin"] }, false],
    [{ cpu: ["x64"] }, true],
    [{ cpu: ["arm64"] }, true],
    [{ cpu: ["arm"] }, false],
    [{ cpu: ["!x64"] }, true],
    [{ cpu: ["!x64", "!arm64"] }, false],
    [{ os: ["linux"], cpu: ["ia32"] }, false],
    [{ os: ["darwin"], cpu: ["x64"] }, false],
  ])("with %j is for Linux: %s", (bounds, forLinux) => {
    expect(readEntry(KEY, { ...ENTRY, ...bounds }, REGISTRIES)).toStrictEqual({
      ...LEFT,
      forLinux,
    });
  });
});

test.each([
  [{ resolved: "https://a", version: "1.0.0" }, "https://a"],
  [{ version: "https://b" }, "https://b"],
  [{ version: "git+ssh:c" }, "git+ssh:c"],
  [{ version: "1.0.0" }, undefined],
  [{ version: "v1:0" }, undefined],
  [{}, undefined],
  [{ resolved: 7 }, "7"],
])("the address of %j is %j", (members, expected) => {
  expect(addressOf(members)).toBe(expected);
});
