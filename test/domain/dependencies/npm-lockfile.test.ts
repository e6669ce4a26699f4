import { describe, expect, test } from "vitest";
import { addedPackages, readNpmLockfile } from "../../../src/domain/dependencies/npm-lockfile.ts";
import { integrityOf, locked, lockfile, REGISTRY } from "./npm-lockfiles.ts";

const read = (text: string, registries: readonly string[] = [REGISTRY]) =>
  readNpmLockfile(text, registries);

function packagesOf(text: string) {
  const lock = read(text);
  if ("fault" in lock) throw new Error(JSON.stringify(lock.fault));
  return lock.packages;
}

describe("an npm lockfile", () => {
  test("is read as the packages that have to be fetched", () => {
    const text = lockfile({
      "left-pad": locked("left-pad", "1.3.0"),
      "@scope/thing": locked("@scope/thing", "2.0.0-rc.1", { hasInstallScript: true }),
      "a/node_modules/left-pad": locked("left-pad", "1.0.0"),
      // What npm writes for `npm install friend@npm:left-pad@1.1.0`.
      friend: { ...locked("left-pad", "1.1.0"), name: "left-pad" },
      workspace: { resolved: "packages/workspace", link: true },
      "a/node_modules/inside": { version: "1.0.0", inBundle: true },
    });
    expect(
      packagesOf(text).map(({ name, version, installScript }) => [name, version, installScript]),
    ).toEqual([
      ["left-pad", "1.3.0", false],
      ["@scope/thing", "2.0.0-rc.1", true],
      ["left-pad", "1.0.0", false],
      ["left-pad", "1.1.0", false],
    ]);
  });

  test.each([
    [{ os: ["darwin"] }, false],
    [{ os: ["!win32"] }, true],
    [{ os: ["!linux"] }, false],
    [{ os: ["linux"], cpu: ["s390x"] }, false],
    [{ os: ["linux"], cpu: ["arm64"] }, true],
    [{}, true],
  ])("of a package for %j it is said whether Linux can have it: %j", (limits, forLinux) => {
    const [one] = packagesOf(lockfile({ tool: locked("tool", "1.0.0", limits) }));
    expect(one?.forLinux).toBe(forLinux);
  });

  const pad = (changes: Record<string, unknown>) =>
    lockfile({ "left-pad": locked("left-pad", "1.3.0", changes) });
  const legacy = (entry: unknown) =>
    lockfile(
      { "left-pad": locked("left-pad", "1.3.0") },
      { lockfileVersion: 2, dependencies: { "left-pad": entry } },
    );
  test.each([
    ["another host", pad({ resolved: "https://evil.example/left-pad/-/left-pad-1.3.0.tgz" })],
    [
      "a host that begins alike",
      pad({ resolved: `${REGISTRY}.evil.example/left-pad/-/left-pad-1.3.0.tgz` }),
    ],
    [
      "credentials before the host",
      pad({ resolved: "https://registry.npmjs.org@evil.example/left-pad/-/left-pad-1.3.0.tgz" }),
    ],
    ["plain http", pad({ resolved: "http://registry.npmjs.org/left-pad/-/left-pad-1.3.0.tgz" })],
    ["git", pad({ resolved: "git+ssh://git@github.com/left/pad.git#aaaa" })],
    ["a tarball of another package", pad({ resolved: `${REGISTRY}/evil/-/evil-1.3.0.tgz` })],
    [
      "a tarball of another version",
      pad({ resolved: `${REGISTRY}/left-pad/-/left-pad-1.0.0.tgz` }),
    ],
    [
      "a way up",
      pad({ name: "../left-pad", resolved: `${REGISTRY}/../left-pad/-/left-pad-1.3.0.tgz` }),
    ],
    ["a query", pad({ resolved: `${REGISTRY}/left-pad/-/left-pad-1.3.0.tgz?a=b` })],
    ["no address", pad({ resolved: undefined })],
    ["no integrity", pad({ integrity: undefined })],
    ["a SHA-1 alone", pad({ integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" })],
    ["half a SHA-512", pad({ integrity: "sha512-aaaa" })],
    ["a link out of the repository", lockfile({ x: { resolved: "../x", link: true } })],
    ["a file as a package", lockfile({ x: { resolved: "file:x.tgz", version: "1.0.0" } })],
    [
      "another address for npm 6",
      legacy({ version: "1.3.0", resolved: "https://evil.example/a.tgz" }),
    ],
    ["an address as a version for npm 6", legacy({ version: "git+https://evil.example/a.git" })],
    [
      "one further down for npm 6",
      legacy({ version: "1.3.0", dependencies: { b: { resolved: "http://b" } } }),
    ],
    ["no address at all for npm 6", legacy({ version: "1.3.0", resolved: 7 })],
    ["version 1", lockfile({}, { lockfileVersion: 1 })],
    ["no object", "[]"],
    ["no JSON", "{"],
  ])("with %s is refused", (_, text) => {
    expect(read(text)).toHaveProperty("fault");
  });

  const faultOf = (text: string, registries: readonly string[] = [REGISTRY]) => {
    const lock = read(text, registries);
    return "fault" in lock ? lock.fault : undefined;
  };
  const FORM = "a package-lock.json of version 2 or 3";
  const outside = "a folder inside the repository";

  test.each([
    [
      "another version",
      lockfile({}, { lockfileVersion: 1 }),
      { entry: "lockfileVersion", accepted: FORM },
    ],
    [
      "an entry of another shape",
      lockfile({ a: { version: 1 } }),
      { entry: "packages.node_modules/a.version", accepted: FORM },
    ],
    ["no JSON", "{", { entry: "", accepted: FORM }],
    [
      "a link that leaves",
      lockfile({ x: { resolved: "../x", link: true } }),
      { entry: "node_modules/x", found: "../x", accepted: outside },
    ],
    [
      "a link from the root of the disk",
      lockfile({ x: { resolved: "/x", link: true } }),
      { entry: "node_modules/x", found: "/x", accepted: outside },
    ],
    [
      "a link with a scheme",
      lockfile({ x: { resolved: "file:x", link: true } }),
      { entry: "node_modules/x", found: "file:x", accepted: outside },
    ],
    [
      "a link that leaves on its way",
      lockfile({ x: { resolved: "a/../../x", link: true } }),
      { entry: "node_modules/x", found: "a/../../x", accepted: outside },
    ],
    [
      "another address",
      pad({ resolved: "https://evil.example/" }),
      {
        entry: "node_modules/left-pad",
        found: "https://evil.example/",
        accepted: `its own tarball, like ${REGISTRY}/left-pad/-/left-pad-1.3.0.tgz`,
      },
    ],
    ["no address", pad({ resolved: undefined }), { found: "no address" }],
    ["no integrity", pad({ integrity: undefined }), { found: 'the integrity ""' }],
    ["a weak integrity", pad({ integrity: "sha1-a=" }), { found: 'the integrity "sha1-a="' }],
    [
      "no integrity at all",
      pad({ integrity: undefined }),
      { accepted: "a SHA-512: `sha512-` and 88 characters of base64" },
    ],
    [
      "another address for npm 6",
      legacy({ version: "1.3.0", resolved: "https://evil.example/a.tgz" }),
      {
        entry: "dependencies.left-pad",
        found: "https://evil.example/a.tgz",
        accepted: "the same address as below `packages`",
      },
    ],
    [
      "a long address for npm 6",
      legacy({ resolved: `https://${"e".repeat(600)}` }),
      { found: `https://${"e".repeat(492)}` },
    ],
    ["a number for npm 6", legacy({ version: "1.3.0", resolved: 7 }), { found: "7" }],
  ])("with %s is refused, and says where and what", (_, text, fault) => {
    expect(faultOf(text)).toMatchObject(fault);
  });

  test("without a registry says that none is allowed", () => {
    expect(faultOf(pad({}), [])?.accepted).toBe(
      "its own tarball, like none: no registry is allowed",
    );
  });

  test.each([
    ["a workspace", { packages: { "packages/a": {}, "": {} } }, true],
    ["a workspace outside", { packages: { "../a": {} } }, false],
    ["a workspace that leaves on its way", { packages: { "a/../../b": {} } }, false],
    ["a workspace with dots in its name", { packages: { "a..b/c": {} } }, true],
    ["a file for npm 6", { dependencies: { a: { version: "file:a" } } }, true],
    ["what ends like a file for npm 6", { dependencies: { a: { resolved: "x/file:" } } }, false],
    ["a version for npm 6", { dependencies: { a: { version: "1.0.0" } } }, true],
    ["a range for npm 6", { dependencies: { a: { version: "npm:b@1.0.0" } } }, false],
    ["a version that holds a colon", { dependencies: { a: { version: "1.0.0-a:b" } } }, true],
    ["an upper-case scheme", { dependencies: { a: { version: "GIT:b" } } }, false],
    ["nothing for npm 6", { dependencies: { a: null } }, true],
  ])("%s: %#", (_, parts, fine) => {
    const lock = JSON.stringify({ lockfileVersion: 2, packages: {}, ...parts });
    expect(faultOf(lock) === undefined).toBe(fine);
  });

  test("what npm 6 is told is fine where `packages` says the same", () => {
    const resolved = `${REGISTRY}/left-pad/-/left-pad-1.3.0.tgz`;
    expect(faultOf(legacy({ version: "1.3.0", resolved }))).toBeUndefined();
  });

  test.each([
    ["linux", "x64", true],
    ["linux", "arm64", true],
    ["linux", "arm", false],
    ["darwin", "x64", false],
  ])("a package for %s and %s alone can be had on Linux: %j", (os, cpu, forLinux) => {
    const [one] = packagesOf(lockfile({ tool: locked("tool", "1.0.0", { os: [os], cpu: [cpu] }) }));
    expect(one?.forLinux).toBe(forLinux);
  });

  test.each([
    ["before it", `x${integrityOf("x")}`],
    ["behind it", `${integrityOf("x")}x`],
    ["one character less", integrityOf("x").replace("sha512-", "sha512-").replace(/.==$/, "==")],
  ])("a SHA-512 with something %s is none", (_, integrity) => {
    expect(read(pad({ integrity }))).toHaveProperty("fault");
  });

  test("both SHA-512 and SHA-1 are fine, the stronger counts", () => {
    const strong = integrityOf("x");
    const [one] = packagesOf(pad({ integrity: `sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk= ${strong}` }));
    expect(one?.integrity).toBe(strong);
  });

  test("may be of another registry where the config says so", () => {
    const text = pad({ resolved: "https://npm.example/mirror/left-pad/-/left-pad-1.3.0.tgz" });
    expect(read(text, ["https://npm.example/mirror/"])).toHaveProperty("packages");
    expect(read(text, ["https://npm.example/mirror//"])).toHaveProperty("packages");
    expect(read(text, ["https://npm.example/other", "https://npm.example/mirror"])).toHaveProperty(
      "packages",
    );
    expect(read(text, [])).toHaveProperty("fault");
  });
});

test("what is added is what the base has not, byte for byte", () => {
  const before = packagesOf(lockfile({ a: locked("a", "1.0.0"), b: locked("b", "1.0.0") }));
  const after = packagesOf(
    lockfile({
      b: locked("b", "1.0.0", { integrity: integrityOf("other bytes") }),
      c: locked("c", "1.0.0"),
      "d/node_modules/a": locked("a", "1.0.0"),
      "d/node_modules/c": locked("c", "1.0.0"),
    }),
  );
  expect(addedPackages(after, before).map(({ name }) => name)).toEqual(["b", "c"]);
});

test("what is added stands in the order of its addresses", () => {
  const names = ["m", "z", "a", "k"];
  const lock = lockfile(Object.fromEntries(names.map((name) => [name, locked(name, "1.0.0")])));
  expect(addedPackages(packagesOf(lock), []).map(({ name }) => name)).toEqual(["a", "k", "m", "z"]);
});
