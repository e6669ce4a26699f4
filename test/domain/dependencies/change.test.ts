import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../src/domain/change-set.ts";
import { readDependencyChange, refuseUnapproved } from "../../../src/domain/dependencies/change.ts";
import { dependencyKind, digestOfDependencies } from "../../../src/domain/dependencies/files.ts";
import { Refusal } from "../../../src/domain/refusal.ts";
import { locked, lockfile, REGISTRY } from "./npm-lockfiles.ts";

const BASE = "a".repeat(40);
const written = (path: string, content: string): ChangedFile => ({
  path,
  mode: "100644",
  encoding: "utf-8",
  content,
});
const changeOf = (...files: ChangedFile[]) => ({ base: BASE, files });
const read = (files: ChangedFile[], before: Readonly<Record<string, string>> = {}) =>
  readDependencyChange(changeOf(...files), {
    registries: [REGISTRY],
    before: (path) => before[path],
  });

function refusalOf(files: ChangedFile[], before: Readonly<Record<string, string>> = {}): Refusal {
  const change = read(files, before);
  if (change === undefined) throw new Error("no dependency file");
  const refusal = "refusal" in change ? change.refusal : refuseUnapproved(change, []);
  return Refusal.parse(refusal);
}

test.each([
  ["package-lock.json", "npm-lockfile"],
  ["packages/a/NPM-Shrinkwrap.json", "npm-lockfile"],
  ["yarn.lock", "lockfile"],
  ["pnpm-lock.yaml", "lockfile"],
  ["uv.lock", "lockfile"],
  ["poetry.lock", "lockfile"],
  ["requirements-dev.txt", "lockfile"],
  ["requirements/base.txt", "lockfile"],
  ["Cargo.lock", "lockfile"],
  ["go.sum", "lockfile"],
  ["gradle.lockfile", "lockfile"],
  ["package.json", "manifest"],
  ["pyproject.toml", "manifest"],
  ["Cargo.toml", "manifest"],
  ["go.mod", "manifest"],
  ["pom.xml", "manifest"],
  ["app/build.gradle.kts", "manifest"],
  ["gradle/libs.versions.toml", "manifest"],
  ["a/.b/package.json", "manifest"],
  [".config/yarn.lock", "lockfile"],
  ["src/package.ts", undefined],
  ["docs/requirements.md", undefined],
  ["requirements.md", undefined],
  ["test/fixtures/pack.json", undefined],
])("%s is %s", (path, kind) => {
  expect(dependencyKind(path)).toBe(kind);
});

describe("the digest of what a person approves", () => {
  const manifest = written("package.json", "{}");
  const lock = written("package-lock.json", lockfile({}));
  const digest = digestOfDependencies(changeOf(manifest, lock));

  test.each([
    ["another byte", changeOf(manifest, written("package-lock.json", `${lockfile({})} `))],
    ["another path", changeOf(manifest, written("a/package-lock.json", lockfile({})))],
    ["a file more", changeOf(manifest, lock, written("go.mod", "module a"))],
    ["a file less", changeOf(lock)],
    ["a deletion", changeOf(manifest, { path: "package-lock.json", deleted: true })],
    ["an exec bit", changeOf({ ...manifest, mode: "100755" } as ChangedFile, lock)],
  ])("is another with %s", (_, changeSet) => {
    expect(digestOfDependencies(changeSet)).not.toBe(digest);
  });

  test("is another for a path that goes than for one that stays, and for each path that goes", () => {
    const goes = (path: string) => digestOfDependencies(changeOf({ path, deleted: true }));
    expect(goes("package.json")).not.toBe(goes("a/package.json"));
    expect(goes("package.json")).not.toBe(digestOfDependencies(changeOf(manifest)));
  });

  test("is the same for the same bytes, whatever else changes and however they were handed over", () => {
    const base64 = Buffer.from("{}").toString("base64");
    const same = { ...manifest, encoding: "base64", content: base64 } as ChangedFile;
    expect(digestOfDependencies(changeOf(lock, written("src/a.js", "1"), same))).toBe(digest);
    const three = [written("go.mod", "module a"), manifest, lock];
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [1, 0, 2],
    ].map((order) =>
      digestOfDependencies(changeOf(...order.map((index) => three[index] as ChangedFile))),
    );
    expect(new Set(orders).size).toBe(1);
  });

  test("does not exist where no dependency file is touched", () => {
    expect(digestOfDependencies(changeOf(written("src/a.js", "1")))).toBeUndefined();
    expect(read([written("src/a.js", "1")])).toBeUndefined();
  });
});

describe("a change of dependencies", () => {
  const before = { "package-lock.json": lockfile({ lodash: locked("lodash", "4.17.21") }) };
  const after = written(
    "package-lock.json",
    lockfile({
      lodash: locked("lodash", "4.17.21"),
      Iodash: locked("lodahs", "1.0.0", { name: "lodahs", hasInstallScript: true }),
      expresss: locked("expresss", "1.0.0"),
    }),
  );

  test("is refused with what it adds, its digest, and what to type", () => {
    const refusal = refusalOf([after], before);
    const digest = digestOfDependencies(changeOf(after));
    expect(refusal.code).toBe("dependencies-unapproved");
    expect(refusal.hint).toEqual({ code: "approve-lockfile", digest });
    expect(refusal.found).toMatch(
      /^2 added, age and downloads not known before they are fetched: /,
    );
    expect(refusal.found).toContain(
      "expresss 1.0.0 from registry.npmjs.org, its name looks like express, sha512-",
    );
    expect(refusal.found).toContain(
      "lodahs 1.0.0 from registry.npmjs.org, it has an install script, which is not run",
    );
    expect(refusal.found).not.toContain("lodash 4");
  });

  test("with more packages than a refusal can hold says how many were left out", () => {
    const many = Array.from({ length: 40 }, (_, index) => `thing-${index}`);
    const lock = lockfile(Object.fromEntries(many.map((name) => [name, locked(name, "1.0.0")])));
    const { found = "" } = refusalOf([written("package-lock.json", lock)]);
    expect(found).toMatch(/^40 added/);
    expect(found).toMatch(/; and \d+ more$/);
  });

  test("is let be once exactly these bytes are approved", () => {
    const change = read([after], before);
    if (change === undefined || "refusal" in change) throw new Error("unreadable");
    expect(refuseUnapproved(change, [change.digest])).toBeUndefined();
    expect(refuseUnapproved(change, ["0".repeat(64)])).toBeDefined();
  });

  test("names all of its files, bounded, and what it adds, each once", () => {
    const lock = written("package-lock.json", lockfile({ a: locked("a", "1.0.0") }));
    const { subject, found } = refusalOf([written("package.json", "{}"), lock]);
    expect(subject).toBe("package.json, package-lock.json");
    expect(found).toMatch(
      /^1 added, age and downloads not known before they are fetched: a 1\.0\.0 from registry\.npmjs\.org, sha512-[^;]+==$/,
    );
    const deep = `${"d/".repeat(200)}package.json`;
    expect(refusalOf([written(deep, "{}")]).subject).toHaveLength(300);
  });

  test("of several packages lists them one behind the other", () => {
    const lock = lockfile({ a: locked("a", "1.0.0"), b: locked("b", "2.0.0") });
    const { found = "" } = refusalOf([written("package-lock.json", lock)]);
    expect(found).toMatch(/a 1\.0\.0 from [^;]+; b 2\.0\.0 from [^;]+$/);
  });

  test("that adds nothing says so", () => {
    const lock = lockfile({ lodash: locked("lodash", "4.17.21") });
    expect(refusalOf([written("package-lock.json", `${lock} `)], before).found).toBe(
      "no package that the base has not",
    );
  });

  test("the packages that it shows fill the room for them and no more", () => {
    const many = Array.from({ length: 40 }, (_, index) => `thing-${10 + index}`);
    const lock = lockfile(Object.fromEntries(many.map((name) => [name, locked(name, "1.0.0")])));
    const { found = "" } = refusalOf([written("package-lock.json", lock)]);
    const shown = found.replace(/^[^:]*: /, "").split("; ");
    const line = shown[0]?.length ?? 0;
    const fits = Math.floor(1_700 / (line + 2));
    expect(shown).toHaveLength(fits + 1);
    expect(shown.at(-1)).toBe(`and ${40 - fits} more`);
  });

  test("tells the lockfile that it read and the packages that the base knew", () => {
    const lock = written("package-lock.json", lockfile({ a: locked("a", "1.0.0") }));
    expect(read([written("package.json", "{}"), lock], before)).toMatchObject({
      paths: ["package.json", "package-lock.json"],
      lockfiles: [{ path: "package-lock.json", added: [{ name: "a" }], known: ["lodash"] }],
    });
    expect(read([lock])).toMatchObject({ lockfiles: [{ known: [] }] });
    expect(read([lock], { "package-lock.json": "{" })).toMatchObject({
      lockfiles: [{ known: [] }],
    });
  });

  test("that cannot be read is refused by its path, and by its entry where there is one", () => {
    expect(refusalOf([written("package-lock.json", "{")]).subject).toBe("package-lock.json");
    const evil = locked("a", "1.0.0", { resolved: `https://evil.example/${"a".repeat(1_900)}` });
    const key = "k".repeat(400);
    const { subject, found, accepted } = refusalOf([
      written("package-lock.json", lockfile({ [key]: evil })),
    ]);
    expect(subject).toBe(`package-lock.json: node_modules/${key}`.slice(0, 300));
    expect(found).toContain("https://evil.example/");
    expect(accepted?.length).toBeLessThanOrEqual(500);
  });

  test("of a manifest alone can be approved, too", () => {
    expect(refusalOf([written("package.json", "{}")])).toMatchObject({
      code: "dependencies-unapproved",
      found: "no lockfile that adds a package",
    });
    expect(refusalOf([{ path: "yarn.lock", deleted: true }]).code).toBe("dependencies-unapproved");
  });

  test.each([
    "yarn.lock",
    "pnpm-lock.yaml",
    "poetry.lock",
    "requirements.txt",
    "Cargo.lock",
    "go.sum",
  ])("of %s cannot be approved, and the refusal says why", (path) => {
    expect(refusalOf([written(path, "x")])).toMatchObject({
      code: "dependencies-refused",
      subject: path,
      found: "a lockfile that only its package manager can fetch for",
    });
  });

  test("that points elsewhere cannot be approved, and the refusal names the entry", () => {
    const resolved = "https://evil.example/a/-/a-1.0.0.tgz";
    const lock = lockfile({ a: locked("a", "1.0.0", { resolved }) });
    expect(refusalOf([written("package-lock.json", lock)])).toMatchObject({
      code: "dependencies-refused",
      subject: "package-lock.json: node_modules/a",
      found: resolved,
      accepted: `its own tarball, like ${REGISTRY}/a/-/a-1.0.0.tgz`,
    });
  });
});
