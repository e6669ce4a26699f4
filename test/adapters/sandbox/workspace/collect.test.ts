import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collectChanges } from "../../../../src/adapters/sandbox/workspace/collect.ts";
import { readBelow } from "../../../../src/adapters/sandbox/workspace/regular-file.ts";
import { rememberWorkspace } from "../../../../src/adapters/sandbox/workspace/remember.ts";
import { writeFiles } from "../../../../src/adapters/sandbox/workspace/write-files.ts";
import type { Baseline } from "../../../../src/ports/sandbox.ts";
import { cases, manyOf } from "../../../cases.ts";
import { skippedFor } from "../../../skipped.ts";

const COMMIT = "c".repeat(40);
const SECRET = "host-secret-77";
let root: string;
let host: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "collect-"));
  host = mkdtempSync(join(tmpdir(), "collect-host-"));
  writeFileSync(join(host, "secret"), SECRET);
});
afterEach(() => {
  for (const folder of [root, host]) {
    execFileSync("chmod", ["-R", "u+rwX", folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});

function put(path: string, content: string | Buffer = "content", mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), mode);
}

const blob = (content: string, algorithm = "sha1") =>
  createHash(algorithm)
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest("hex");

function baseline(
  files: Readonly<
    Record<string, string | { readonly mode: string; readonly content: string }>
  > = {},
  ignore: Baseline["ignore"] = [],
): Baseline {
  return {
    commit: COMMIT,
    ignore,
    files: new Map(
      Object.entries(files).map(([path, file]) => {
        const { mode, content } =
          typeof file === "string" ? { mode: "100644", content: file } : file;
        return [path, { mode, id: blob(content) }];
      }),
    ),
  };
}

function filesOf(base: Baseline) {
  const collected = collectChanges(root, base);
  if ("refusals" in collected) throw new Error(JSON.stringify(collected.refusals));
  expect(collected.changeSet.base).toBe(COMMIT);
  return collected.changeSet.files;
}

function leftOutOf(base: Baseline) {
  const collected = collectChanges(root, base);
  if ("refusals" in collected) throw new Error(JSON.stringify(collected.refusals));
  return collected.leftOut?.map(
    ({ path, rule, isByProduct }) => `${path}${isByProduct ? " by itself" : ""}: ${rule}`,
  );
}

function refusalsOf(base: Baseline) {
  const collected = collectChanges(root, base);
  if (!("refusals" in collected)) throw new Error("no refusal");
  expect(JSON.stringify(collected)).not.toContain(SECRET);
  return collected.refusals;
}

describe("a change", () => {
  test("is what differs from the base, sorted by path", () => {
    put("same", "same");
    put("changed", "new");
    put("run", "x", 0o755);
    put("flipped", "x", 0o755);
    put("z/new", "ä");
    put("binary", Buffer.from([0xff, 0]));
    put("zero", "a\0b");
    mkdirSync(join(root, "empty/folder"), { recursive: true });
    const base = baseline({
      same: "same",
      changed: "old",
      run: { mode: "100755", content: "x" },
      flipped: "x",
      "gone/file": "x",
    });
    expect(filesOf(base)).toEqual([
      { path: "binary", mode: "100644", encoding: "base64", content: "/wA=" },
      { path: "changed", mode: "100644", encoding: "utf-8", content: "new" },
      { path: "flipped", mode: "100755", encoding: "utf-8", content: "x" },
      { path: "gone/file", deleted: true },
      { path: "z/new", mode: "100644", encoding: "utf-8", content: "ä" },
      { path: "zero", mode: "100644", encoding: "utf-8", content: "a\0b" },
    ]);
  });

  test("normalises modes", () => {
    put("a", "x", 0o600);
    put("b", "x", 0o777);
    put("c", "x", 0o501);
    expect(filesOf(baseline()).map((file) => "mode" in file && file.mode)).toEqual([
      "100644",
      "100755",
      "100755",
    ]);
  });

  test("knows a repository with SHA-256 ids", () => {
    put("a", "x");
    const files = new Map([["a", { mode: "100644", id: blob("x", "sha256") }]]);
    expect(filesOf({ commit: COMMIT, ignore: [], files })).toEqual([]);
  });

  test("lets a file make room for a folder of its name, and the other way round", () => {
    put("a/b", "x");
    put("c", "x");
    expect(filesOf(baseline({ a: "x", "c/d": "x" }))).toMatchObject([
      { path: "a", deleted: true },
      { path: "a/b" },
      { path: "c" },
      { path: "c/d", deleted: true },
    ]);
  });

  test("leaves out what the base ignores, but never what the base tracks", () => {
    put("node_modules/x/index.js");
    put("node_modules/kept.js", "new");
    put("app.log");
    put("tracked.log", "new");
    put("sub/out/file");
    put("sub/out.txt");
    symlinkSync(join(host, "secret"), join(root, "node_modules/link"));
    // What the change itself adds to the rules is in force, as in git, and what that hides is told.
    put(".gitignore", "node_modules\n*.log\nsecret.txt\n");
    put("secret.txt");
    put("sub/.gitignore", "/out/\n");
    const base = baseline({ "node_modules/kept.js": "old", "tracked.log": "old" }, [
      { directory: "", text: "node_modules\n*.log\n" },
      { directory: "sub", text: "/out/\n" },
    ]);
    expect(filesOf(base).map(({ path }) => path)).toEqual([
      ".gitignore",
      "node_modules/kept.js",
      "sub/.gitignore",
      "sub/out.txt",
      "tracked.log",
    ]);
    expect(leftOutOf(base)).toEqual([
      "app.log: *.log in .gitignore",
      "node_modules/link: node_modules in .gitignore",
      "node_modules/x/: node_modules in .gitignore",
      "secret.txt: secret.txt in .gitignore",
      "sub/out/: /out/ in sub/.gitignore",
    ]);
  });

  test("takes names of the base that no new file may have, and puts them back", () => {
    put("aux.js", "new");
    const base = baseline({ "aux.js": "old", "con.md": "x", "a:b": "x" });
    const files = filesOf(base);
    expect(files.map(({ path }) => path)).toEqual(["a:b", "aux.js", "con.md"]);
    for (const path of ["aux.js", "con.md", "a:b"]) put(path, "old");
    writeFiles(root, files);
    expect(filesOf(base)).toEqual(files);
    put("nul.txt");
    expect(refusalsOf(base).map(({ subject }) => subject)).toEqual(['"nul.txt"']);
    expect(() => writeFiles(root, [{ path: "prn", deleted: true }])).toThrow("reserved");
  });

  test("is what git adds: rules of the workspace, changed, gone or new, and folders that ignore themselves", () => {
    put(".gitignore", "lib/\n!src/lib/\n");
    put("src/lib/new.js");
    put("lib/other.js");
    put("src/a.js", "a");
    put("docs/was-hidden.md");
    put(".mypy_cache/.gitignore", "*\n");
    put(".mypy_cache/3.12/a.json");
    put("packages/new/.ruff_cache/.gitignore", "# made by ruff\n*\n");
    put("packages/new/.ruff_cache/x");
    put("packages/new/index.js");
    mkdirSync(join(root, "src/empty/lib"), { recursive: true });
    const base = baseline({ ".gitignore": "lib/\n", "docs/.gitignore": "*", "src/a.js": "a" }, [
      { directory: "", text: "lib/\n" },
      { directory: "docs", text: "*" },
      { directory: "", text: "/report.xml\n", always: true },
    ]);
    put("report.xml");
    expect(filesOf(base).map(({ path }) => path)).toEqual([
      ".gitignore",
      "docs/.gitignore",
      "docs/was-hidden.md",
      "packages/new/index.js",
      "src/lib/new.js",
    ]);
    expect(leftOutOf(base)).toEqual([
      ".mypy_cache/ by itself: * in .mypy_cache/.gitignore",
      "lib/: lib/ in .gitignore",
      "packages/new/.ruff_cache/ by itself: * in packages/new/.ruff_cache/.gitignore",
      "report.xml: /report.xml in .gitignore",
    ]);
    const remembered = rememberWorkspace(root, base);
    expect(collectChanges(root, base, remembered)).not.toHaveProperty("leftOut");
    put("tools/lib/by-hand.js");
    put("out/.gitignore", "*");
    put(".mypy_cache/3.13/b.json");
    expect(collectChanges(root, base, remembered)).toMatchObject({
      leftOut: [
        { path: "out/", isByProduct: true },
        // There was a folder of this name before: whoever made that one may have made this one.
        { path: "tools/lib/", isByProduct: true },
      ],
    });
  });

  test("leaves out everything below an ignored folder that the base does not track", () => {
    put("vendor/kept.js", "new");
    put("vendor/new.js");
    put("vendor/deep/new.js");
    put("vendor/deep/kept.js", "new");
    put("vendor.js");
    const base = baseline({ "vendor/kept.js": "old", "vendor/deep/kept.js": "old" }, [
      { directory: "", text: "vendor/\n" },
    ]);
    expect(filesOf(base).map(({ path }) => path)).toEqual([
      "vendor.js",
      "vendor/deep/kept.js",
      "vendor/kept.js",
    ]);
  });

  test("keeps links and submodules as the base has them", () => {
    symlinkSync("target", join(root, "link"));
    mkdirSync(join(root, "module"));
    const base = baseline({ link: { mode: "120000", content: "target" } });
    const files = new Map([...base.files, ["module", { mode: "160000", id: "1".repeat(40) }]]);
    expect(
      filesOf({
        ...base,
        files: new Map([...files, ["absent", { mode: "160000", id: "2".repeat(40) }]]),
      }),
    ).toEqual([]);
  });

  test(`is found among ${manyOf(10_000)} files`, () => {
    const files: Record<string, string> = {};
    for (let index = 0; index < manyOf(10_000); index += 1)
      files[`d${index % 50}/f${index}`] = `${index}`;
    for (const [path, content] of Object.entries(files)) put(path, content);
    put("d7/f107", "other");
    expect(filesOf(baseline(files)).map(({ path }) => path)).toEqual(["d7/f107"]);
  });

  test("survives a round trip through write", () => {
    const name = fc.constantFrom("a", "b", "c", "d.txt", "ä");
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
    const content = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(path, content, fc.boolean()), {
          selector: ([one]) => one.split("/")[0],
          maxLength: 5,
        }),
        (entries) => {
          rmSync(root, { recursive: true });
          mkdirSync(root);
          const files = entries.map(([one, bytes, executable]) => ({
            path: one,
            mode: executable ? ("100755" as const) : ("100644" as const),
            encoding: "base64" as const,
            content: bytes.toString("base64"),
          }));
          writeFiles(root, files);
          const decoded = filesOf(baseline()).map((file) =>
            "deleted" in file
              ? file
              : { ...file, content: Buffer.from(file.content, file.encoding) },
          );
          expect(decoded.map(({ path: one }) => one).toSorted()).toEqual(
            files.map(({ path: one }) => one).toSorted(),
          );
          for (const file of decoded) {
            const given = files.find((one) => one.path === file.path);
            expect(file).toMatchObject({
              mode: given?.mode,
              content: Buffer.from(given?.content ?? "", "base64"),
            });
          }
        },
      ),
      cases(50),
    );
  });
});

describe("refused, by name and without content:", () => {
  const CASES: readonly (readonly [
    string,
    (() => void) | (() => Promise<void>),
    string,
    RegExp,
  ])[] = [
    [
      "a link to a file of the host",
      () => symlinkSync(join(host, "secret"), join(root, "l")),
      "l",
      /new link/,
    ],
    ["a link to a folder of the host", () => symlinkSync(host, join(root, "l")), "l", /new link/],
    ["a dangling link", () => symlinkSync("nowhere", join(root, "l")), "l", /new link/],
    ["a named pipe", () => void execFileSync("mkfifo", [join(root, "p")]), "p", /named pipe/],
    ["a set-user-id bit", () => put("s", "x", 0o4755), "s", /set-user-id/],
    ["a set-group-id bit", () => put("s", "x", 0o2755), "s", /set-user-id/],
    ["a name with a newline", () => put("a\nb"), "a\\\\nb", /control character/],
    ["a name with an escape", () => put("a\x1bb"), "a\\\\u001bb", /control character/],
    ["an invisible name", () => put("a\u200bb"), "a", /invisible/],
    [
      "a hard link to a file of the host",
      () => linkSync(join(host, "secret"), join(root, "h")),
      "h",
      /hard link/,
    ],
    ["a git repository", () => put(".git/config"), ".git", /git repository/],
    [
      "a git repository in other letters",
      () => put("sub/.GIT/config"),
      "sub/.GIT",
      /git repository/,
    ],
    ["a file named .git", () => put(".git"), ".git", /\.git segment/],
    [
      "a bare repository",
      () => {
        for (const name of ["HEAD", "config", "objects/x", "refs/x"]) put(`sub/${name}`);
      },
      "sub",
      /bare git repository/,
    ],
    ["a submodule file", () => put(".gitmodules"), ".gitmodules", /submodule/],
    [
      "names that fold into one",
      () => {
        put("A");
        put("a");
      },
      "a",
      /case-folding/,
    ],
    [
      "a socket",
      () =>
        new Promise((resolve) => {
          const server = createServer().listen(join(root, "s"), () => {
            linkSync(join(root, "s"), join(root, "k"));
            server.close(() => resolve());
          });
        }),
      "k",
      /socket/,
    ],
    [
      "a name that is not UTF-8",
      () => writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x61, 0xff])]), "x"),
      "a",
      /UTF-8/,
    ],
  ];

  test.each(CASES)("%s", async (_, make, path, found) => {
    await make();
    const refusals = refusalsOf(baseline());
    expect(refusals[0]?.code).toBe("change-set-invalid");
    expect(refusals[0]?.subject).toMatch(new RegExp(`^"${path.replaceAll(".", "\\.")}`));
    expect(refusals[0]?.found).toMatch(found);
  });

  test("links of the base that were retargeted, replaced or removed (GIT-03)", () => {
    symlinkSync("elsewhere", join(root, "retargeted"));
    put("replaced", "target");
    // Of the same bytes as the file whose place it takes: git stores a link as its target.
    symlinkSync("target", join(root, "file"));
    const link = { mode: "120000", content: "target" };
    const found = refusalsOf(
      baseline({ file: "target", retargeted: link, replaced: link, removed: link }),
    );
    expect(found.map(({ subject }) => subject).toSorted()).toEqual([
      '"file"',
      '"removed"',
      '"replaced"',
      '"retargeted"',
    ]);
  });

  test("a folder of the base that became a bare repository (GIT-11)", () => {
    for (const name of ["HEAD", "config", "objects/x", "refs/x"]) put(`sub/${name}`);
    put("sub/a");
    const base = { "sub/a": "content", "sub/refs/x": "content" };
    expect(refusalsOf(baseline(base))[0]?.found).toMatch(/bare git repository/);
    const fixture = { ...base, "sub/HEAD": "content", "sub/objects/x": "content" };
    expect(collectChanges(root, baseline(fixture))).toMatchObject({
      changeSet: { files: [{ path: "sub/config" }] },
    });
  });

  test("a file or folder that is one of the base in other letters (GIT-09)", () => {
    const base = baseline({ "sub/a": "content", "lib/b": "content" });
    for (const path of ["sub/a", "lib/b", "sub/A", "LIB/c"]) put(path);
    expect(refusalsOf(base).map(({ subject }) => subject)).toEqual(['"LIB/c"', '"sub/A"']);
    for (const path of ["sub/a", "LIB/c"]) unlinkSync(join(root, path));
    rmSync(join(root, "LIB"), { recursive: true });
    expect(collectChanges(root, base)).toMatchObject({
      changeSet: { files: [{ path: "sub/A" }, { path: "sub/a", deleted: true }] },
    });
  });

  test("a folder of the base that became a link", () => {
    symlinkSync(host, join(root, "folder"));
    expect(refusalsOf(baseline({ "folder/secret": "x" }))[0]?.subject).toBe('"folder"');
  });

  test("content in the place of a submodule", () => {
    put("module/file");
    const files = new Map([["module", { mode: "160000", id: "1".repeat(40) }]]);
    expect(refusalsOf({ commit: COMMIT, ignore: [], files })[0]?.found).toMatch(/submodule/);
  });

  test.skipIf(process.getuid?.() === 0)(
    `what cannot be read${skippedFor(process.getuid?.() === 0, "root reads everything")}`,
    () => {
      put("file", "x", 0o000);
      put("folder/file");
      chmodSync(join(root, "folder"), 0o000);
      expect(refusalsOf(baseline()).map(({ found }) => found)).toEqual(
        expect.arrayContaining([expect.stringContaining("EACCES")]),
      );
    },
  );
});

describe("limits:", () => {
  const limitOf = (base = baseline()) => {
    const [refusal] = refusalsOf(base);
    expect(refusal?.code).toBe("limit-exceeded");
    return `${refusal?.subject}: ${refusal?.found}`;
  };

  test("one large file", () => {
    put("large", Buffer.alloc(1_000_001));
    expect(limitOf()).toBe('bytes in "large": 1000001');
  });

  test("a sparse file of a terabyte, in a moment", () => {
    put("sparse", "");
    truncateSync(join(root, "sparse"), 2 ** 40);
    const began = performance.now();
    expect(limitOf(baseline({ sparse: "" }))).toContain('bytes in "sparse"');
    expect(performance.now() - began).toBeLessThan(2_000);
    unlinkSync(join(root, "sparse"));
  });

  test("many files", () => {
    for (let index = 0; index < 400; index += 1) put(`f${index}`, "x");
    expect(limitOf()).toBe("files in the change: 301");
  });

  test("much content", () => {
    for (let index = 0; index < 7; index += 1) put(`f${index}`, Buffer.alloc(900_000));
    expect(limitOf()).toBe("bytes in the change: 5400000");
  });

  test("deep folders", () => {
    put(`${"d/".repeat(80)}file`);
    expect(limitOf()).toContain("folders above");
  });

  test("long names", () => {
    put("n".repeat(250));
    expect(refusalsOf(baseline())[0]?.found).toBe("more than 200 bytes");
  });

  test("no more than twenty refusals", () => {
    for (let index = 0; index < 100; index += 1) symlinkSync("x", join(root, `l${index}`));
    expect(refusalsOf(baseline())).toHaveLength(20);
  });
});

describe("readBelow", () => {
  test("reads regular files of the workspace alone", () => {
    put("a/b.txt", "content");
    symlinkSync(join(host, "secret"), join(root, "link"));
    symlinkSync(host, join(root, "folder"));
    symlinkSync("a", join(root, "inner"));
    execFileSync("mkfifo", [join(root, "pipe")]);
    expect(readBelow(root, "a/b.txt", 100)?.toString()).toBe("content");
    expect(readBelow(root, "./a/./b.txt", 100)?.toString()).toBe("content");
    for (const path of [
      "link",
      "folder/secret",
      "inner/b.txt",
      "pipe",
      "a",
      "",
      ".",
      "missing",
      "a/b.txt/c",
      "../x",
      "a/../a/b.txt",
      "/etc/passwd",
      "a\0b",
      "n".repeat(300),
    ]) {
      expect(readBelow(root, path, 100), path).toBeUndefined();
    }
    expect(() => readBelow(root, "a/b.txt", 3)).toThrow(/at most 3/);
  });
});

describe("writeFiles", () => {
  const write = (path: string, content = "new", mode: "100644" | "100755" = "100644") =>
    writeFiles(root, [{ path, mode, encoding: "utf-8", content }]);

  test("replaces a link instead of writing through it", () => {
    symlinkSync(join(host, "secret"), join(root, "link"));
    write("link");
    expect(readBelow(root, "link", 100)?.toString()).toBe("new");
    expect(readBelow(host, "secret", 100)?.toString()).toBe(SECRET);
  });

  test("refuses a folder that is a link", () => {
    symlinkSync(host, join(root, "folder"));
    expect(() => write("folder/secret")).toThrow(/no folder/);
    expect(() => writeFiles(root, [{ path: "folder/secret", deleted: true }])).toThrow(/no folder/);
    expect(readBelow(host, "secret", 100)?.toString()).toBe(SECRET);
  });

  test.each(["../x", "/x", ".git/config", "a\nb", "a/../b", ""])("refuses the path %j", (path) => {
    expect(() => write(path)).toThrow();
  });

  test("deletes first, and empty folders with their last file", () => {
    put("a/b/c", "x");
    put("d", "x");
    writeFiles(root, [
      { path: "d/e", mode: "100755", encoding: "base64", content: "AAE=" },
      { path: "a/b/c", deleted: true },
      { path: "d", deleted: true },
    ]);
    expect(filesOf(baseline())).toEqual([
      { path: "d/e", mode: "100755", encoding: "utf-8", content: "\0\u0001" },
    ]);
    expect(() => writeFiles(root, [{ path: "a/b/c", deleted: true }])).toThrow(/no file/);
  });
});
