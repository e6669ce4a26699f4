import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collectChanges } from "../../../../src/adapters/sandbox/workspace/collect.ts";
import {
  type Remembered,
  rememberWorkspace,
} from "../../../../src/adapters/sandbox/workspace/remember.ts";
import type { Baseline } from "../../../../src/ports/sandbox.ts";
import { cases, manyOf } from "../../../cases.ts";
import { skippedFor } from "../../../skipped.ts";
import { describeInside, useSandboxes } from "../sandboxes.ts";

const { open } = useSandboxes();
const COMMIT = "c".repeat(40);
const SECRET = "host-secret-31";
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "remember-"));
});
afterEach(() => {
  execFileSync("chmod", ["-R", "u+rwX", root]);
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, content: string | Buffer = "content", mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  rmSync(join(root, path), { force: true });
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), mode);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  rmSync(join(root, path), { force: true });
  symlinkSync(target, join(root, path));
}

function remove(path: string): void {
  rmSync(join(root, path), { recursive: true });
}

function baseline(
  files: Readonly<Record<string, readonly [mode: string, content: string]>> = {},
): Baseline {
  const idOf = (content: string) =>
    createHash("sha1")
      .update(`blob ${Buffer.byteLength(content)}\0${content}`)
      .digest("hex");
  const entries = Object.entries(files).map(
    ([path, [mode, content]]) => [path, { mode, id: idOf(content) }] as const,
  );
  return {
    commit: COMMIT,
    files: new Map(entries),
    ignore: [{ directory: "", text: "ignored\n" }],
  };
}

/** The paths of the change, a deleted one with a minus; or the subjects of the refusals with an exclamation mark. */
function changed(base: Baseline, remembered: Remembered): readonly string[] {
  const collected = collectChanges(root, base, remembered);
  expect(JSON.stringify(collected)).not.toContain(SECRET);
  return "refusals" in collected
    ? collected.refusals.map(({ subject }) => `!${subject}`)
    : collected.changeSet.files.map((file) => ("deleted" in file ? `-${file.path}` : file.path));
}

/** Everything that setups have been seen to leave behind. */
function leaveThings(): void {
  link("node_modules", "../../cache/modules");
  link("packages/app/node_modules/app", "../..");
  put(".venv/bin/python", "binary", 0o755);
  link(".venv/lib64", "lib");
  put("thing.egg-info/PKG-INFO");
  put("package-lock.json", "rewritten");
  put("big.bin", Buffer.alloc(1_500_000));
  put("src/vendor/.git/config", "[core]");
  for (const name of ["HEAD", "config", "objects/x", "refs/x"]) put(`store/${name}`);
  put("module/file");
  writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x61, 0xff])]), "x");
  execFileSync("mkfifo", [join(root, "pipe")]);
  put("sticky", "x", 0o4755);
  put("nul", "x");
}

const BASE = baseline({
  "package-lock.json": ["100644", "original"],
  "gone.txt": ["100644", "x"],
  outside: ["120000", "/etc/passwd"],
  "a.txt": ["100644", "a"],
  module: ["160000", "1".repeat(40)],
});

describe("what was remembered", () => {
  test("is left out while nobody touches it, links, git folders and deletions too", () => {
    put("a.txt", "a");
    leaveThings();
    expect(collectChanges(root, BASE)).toHaveProperty("refusals");
    const remembered = rememberWorkspace(root, BASE);
    expect(changed(BASE, remembered)).toEqual([]);
    put("a.txt", "changed");
    put("new.txt");
    expect(changed(BASE, remembered)).toEqual(["a.txt", "new.txt"]);
  });

  test.each<readonly [string, () => void, string]>([
    ["a rewritten file", () => put("package-lock.json", "again"), "package-lock.json"],
    ["the same size", () => put("package-lock.json", "rewritteN"), "package-lock.json"],
    ["a mode", () => chmodSync(join(root, "nul"), 0o755), "nul"],
    ["one byte more", () => appendFileSync(join(root, "nul"), "y"), "nul"],
    ["a file that came back", () => put("gone.txt", "y"), "gone.txt"],
    ["a file deleted since", () => remove("a.txt"), "-a.txt"],
    ["a link to elsewhere", () => link("node_modules", "/etc"), '!"node_modules"'],
    ["a file in a link's place", () => put("node_modules", "x"), "node_modules"],
    ["a link in a file's place", () => link("nul", "a.txt"), '!"nul"'],
    ["a git folder", () => put("src/vendor/.git/hooks/x"), '!"src/vendor/.git"'],
    ["a bare repository", () => put("store/objects/y"), '!"store"'],
    ["a submodule's place", () => put("module/file", "other"), '!"module"'],
    ["a terabyte in its place", () => truncateSync(join(root, "nul"), 2 ** 40), "!bytes in"],
    ["a link of the base, made", () => link("outside", "/etc/shadow"), '!"outside"'],
  ])("is judged as before once it was touched: %s", (_, touch, path) => {
    put("a.txt", "a");
    leaveThings();
    const remembered = rememberWorkspace(root, BASE);
    touch();
    expect(changed(BASE, remembered)).toEqual([expect.stringContaining(path)]);
  });

  test("is forgotten where it is gone, and is no change where it is as the base again", () => {
    put("a.txt", "a");
    leaveThings();
    const remembered = rememberWorkspace(root, BASE);
    remove("thing.egg-info");
    remove(".venv");
    unlinkSync(join(root, "node_modules"));
    put("package-lock.json", "original");
    put("gone.txt", "x");
    expect(changed(BASE, remembered)).toEqual([]);
  });

  test("keeps ignoring a tool's folder that ignores itself, and nothing beside it", () => {
    put("src/a.txt", "a");
    put(".pytest_cache/.gitignore", "# made by pytest\n*\n");
    put(".pytest_cache/v/lastfailed", "1");
    put("src/.cache/.gitignore", "*");
    put("packages/deep/.gitignore", "*");
    link("link", ".pytest_cache");
    const base = baseline({ "src/a.txt": ["100644", "a"] });
    const remembered = rememberWorkspace(root, base);
    expect(changed(base, remembered)).toEqual([]);
    put(".pytest_cache/v/lastfailed", "2");
    put(".pytest_cache/v/new");
    put("src/.cache/new");
    put("packages/deep/new");
    put("src/new");
    put("new");
    expect(changed(base, remembered)).toEqual(["new", "src/new"]);
  });

  test.skipIf(process.getuid?.() === 0)(
    `does not cover what could not be read${skippedFor(process.getuid?.() === 0, "root reads everything")}`,
    () => {
      put("locked/file");
      chmodSync(join(root, "locked"), 0o000);
      const base = baseline();
      expect(changed(base, rememberWorkspace(root, base))).toEqual(['!"locked"']);
    },
  );

  test("never hides a change: whatever is touched is told, and nothing else", () => {
    const name = fc.constantFrom("a", "b", "c/d", "c/e", "f/g/h");
    const content = fc.constantFrom("", "1", "2", "12", "21");
    const files = fc.dictionary(name, content);
    fc.assert(
      fc.property(files, files, files, (tracked, left, worked) => {
        rmSync(root, { recursive: true });
        mkdirSync(root);
        const base = baseline(
          Object.fromEntries(
            Object.entries(tracked).map(([path, text]) => [path, ["100644", text]]),
          ),
        );
        for (const [path, text] of Object.entries(left)) put(path, text);
        const remembered = rememberWorkspace(root, base);
        expect(changed(base, remembered)).toEqual([]);
        for (const [path, text] of Object.entries(worked)) put(path, text);
        const expected = Object.entries(worked)
          .filter(([path, text]) => text !== left[path] && text !== tracked[path])
          .map(([path]) => path);
        expect(changed(base, remembered)).toEqual(expected.toSorted());
      }),
      cases(60),
    );
  });

  test("is found again among many files in a moment", () => {
    for (let index = 0; index < manyOf(6_000); index += 1)
      put(`modules/d${index % 60}/f${index}`, `${index}`);
    const began = performance.now();
    const remembered = rememberWorkspace(root, baseline());
    expect(changed(baseline(), remembered)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe.each(["none", "bubblewrap"] as const)("a workspace, isolation %s", (isolation) => {
  (isolation === "none" ? describe : describeInside)("remembers", () => {
    test("what a command left, after everything inside is dead, and once more when asked again", async () => {
      const workspace = await open({ isolation }, { "a.txt": "a" });
      const base = baseline({ "a.txt": ["100644", "a"] });
      const run = (command: string) => workspace.run({ command, timeoutMs: 20_000 });
      const paths = async () => {
        const collected = await workspace.collect(base);
        return "changeSet" in collected ? collected.changeSet.files.map(({ path }) => path) : [];
      };
      const running = run("ln -s /cache node_modules; echo x > lock; touch begun; sleep 600");
      while ((await workspace.readFile("begun", 10)) === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await workspace.remember(base);
      expect((await running).exitCode).toBeNull();
      expect(await paths()).toEqual([]);
      await run("echo y >> lock; echo z > new");
      expect(await paths()).toEqual(["lock", "new"]);
      await workspace.remember(base);
      expect(await paths()).toEqual([]);
    });
  });
});
