import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type OpenedRepository,
  openRepository,
} from "../../../src/adapters/repository/repository.ts";
import { staysInside } from "../../../src/adapters/repository/unsafe-entries.ts";
import { cases } from "../../cases.ts";
import { repositorySuite } from "../../ports/repository.suite.ts";
import { createGitFixture, type GitFixture } from "./fixture.ts";

const file = (content: string | Buffer, mode = "100644") => ({ mode, content });

let fixture: GitFixture;
let scratch: string;
const opened: OpenedRepository[] = [];

async function open(directory = fixture.directory): Promise<OpenedRepository> {
  const repository = await openRepository(directory, { scratch });
  opened.push(repository);
  return repository;
}

beforeEach(() => {
  fixture = createGitFixture();
  scratch = mkdtempSync(join(tmpdir(), "scratch-"));
});
afterEach(async () => {
  for (const repository of opened.splice(0)) await repository.close();
  expect(readdirSync(scratch)).toEqual([]);
  rmSync(scratch, { recursive: true });
  fixture.remove();
});

repositorySuite("git", async (files) => {
  const commit = fixture.commit(files);
  return { repository: await open(), commit };
});

describe("openRepository", () => {
  test("reads a bare repository too", async () => {
    const commit = fixture.commit({ a: file("1") });
    const repository = await open(join(fixture.directory, ".git"));
    expect(await repository.list(commit)).toHaveLength(1);
  });

  test("tells of each commit and tree what git tells, whatever it was asked before", async () => {
    const contents = fc.array(fc.constantFrom("1", "2", "3"), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(contents, async (history) => {
        const repository = await open();
        const asGit = (id: string) => fixture.git(["ls-tree", "-r", id]);
        for (const content of history) {
          // The branch moves, and the same tree comes again.
          const commit = fixture.commit({ a: file(content), "b/c": file("same") });
          const tree = fixture.git(["rev-parse", `${commit}^{tree}`]);
          for (const id of [commit, tree, commit]) {
            const lines = (await repository.list(id)).map(
              (entry) => `${entry.mode} ${entry.type} ${entry.id}\t${entry.path}`,
            );
            expect(lines.join("\n")).toBe(asGit(id));
          }
          expect(await repository.treeOf(commit)).toBe(tree);
          await expect(repository.treeOf(tree)).rejects.toThrow(tree);
          expect(await repository.read(commit, "a")).toEqual(Buffer.from(content));
        }
      }),
      cases(50),
    );
  });

  test("finds a commit that came after it was asked for, and one file while another is read", async () => {
    const repository = await open();
    const who = "a <a@example.com> 0 +0000";
    const empty = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    const text = `tree ${empty}\nauthor ${who}\ncommitter ${who}\n\nlater\n`;
    const hash = ["hash-object", "-t", "commit", "--stdin"];
    const id = fixture.git(hash, text);
    await expect(repository.treeOf(id)).rejects.toThrow(id);
    fixture.git(["read-tree", "--empty"]);
    const tree = fixture.git(["write-tree"]);
    expect(fixture.git([...hash, "-w"], text)).toBe(id);
    expect(await repository.treeOf(id)).toBe(tree);
    const commit = fixture.commit({ a: file("a".repeat(300_000)), b: file("b") });
    const [a, b, ids] = await Promise.all([
      repository.read(commit, "a"),
      repository.read(commit, "b"),
      Promise.all([id, commit].map((one) => repository.treeOf(one))),
    ]);
    expect([a?.length, b?.length]).toEqual([300_000, 1]);
    expect(ids).toEqual([tree, fixture.git(["rev-parse", `${commit}^{tree}`])]);
  });

  test("makes a tree of names that only the base may have", async () => {
    const base = fixture.commit({ "aux.js": file("1"), "a:b": file("1") });
    const after = fixture.commit({ "aux.js": file("2") });
    const repository = await open();
    const aux = { path: "aux.js", mode: "100644", encoding: "utf-8", content: "2" } as const;
    const files = [{ path: "a:b", deleted: true } as const, aux];
    expect(await repository.treeWith({ base, files })).toBe(await repository.treeOf(after));
    const other = { base: after, files: [{ ...aux, path: "con.js" }] };
    await expect(repository.treeWith(other)).rejects.toThrow("reserved");
  });

  test("shows the bytes of a file that is not UTF-8 in a diff", async () => {
    const latin = (text: string) => ({ mode: "100644", content: Buffer.from(text, "latin1") });
    const from = fixture.commit({ a: latin("caf\xe9\n") });
    const to = fixture.commit({ a: { mode: "100644", content: "caf\uFFFD\n" } });
    const repository = await open();
    const { text } = await repository.diff(from, to, 10_000);
    expect(text).toContain("-caf\\x{e9}\n+caf\uFFFD\n");
    const cut = Buffer.byteLength(text) - 2;
    expect((await repository.diff(from, to, cut)).text).not.toMatch(/\\x\{ef\}/);
  });

  test("says what to do where there is no repository", async () => {
    await expect(openRepository(scratch)).rejects.toThrow(/actions\/checkout/);
    await expect(openRepository("relative")).rejects.toThrow(/absolute/);
  });

  test("refuses what is not a full object id", async () => {
    const repository = await open();
    for (const id of [
      "HEAD",
      "--help",
      "-c",
      "main",
      "abc",
      "HEAD^{tree}",
      `${"0".repeat(40)}\n`,
    ]) {
      await expect(repository.treeOf(id)).rejects.toThrow(/object id/);
      await expect(repository.list(id)).rejects.toThrow(/object id/);
      await expect(repository.diff(id, id, 10)).rejects.toThrow(/object id/);
      await expect(repository.recent(id)).rejects.toThrow(/object id/);
      await expect(repository.mergeBase(id, id)).rejects.toThrow(/object id/);
    }
  });

  test("knows where two histories parted, and rejects where they never met", async () => {
    const repository = await open();
    const base = fixture.commit({ a: file("1") });
    const child = (message: string, ...parents: string[]) =>
      fixture.git(["commit-tree", `${base}^{tree}`, "-m", message, ...parents]);
    const left = child("left", "-p", base);
    const right = child("right", "-p", base);
    expect(await repository.mergeBase(left, right)).toBe(base);
    expect(await repository.mergeBase(base, right)).toBe(base);
    await expect(repository.mergeBase(left, child("stranger"))).rejects.toThrow();
  });

  test("leaves the checkout as it was", async () => {
    const commit = fixture.commit({ a: file("1") });
    const look = () =>
      readdirSync(join(fixture.directory, ".git"), { recursive: true, encoding: "utf8" }).sort();
    const before = look();
    const repository = await open();
    const tree = await repository.treeWith({
      base: commit,
      files: [{ path: "b", mode: "100644", encoding: "utf-8", content: "2" }],
    });
    expect(await repository.list(tree)).toHaveLength(2);
    expect(look()).toEqual(before);
  });
});

describe("a hostile repository", () => {
  test("runs nothing that its config names", async () => {
    const canary = join(scratch, "canary");
    const program = join(fixture.directory, "evil.sh");
    writeFileSync(program, `#!/bin/sh\ntouch ${canary}\ncat\n`);
    chmodSync(program, 0o755);
    const commit = fixture.commit({
      ".gitattributes": file("* diff=evil filter=evil text eol=crlf\n*.hidden -diff binary\n"),
      "a.txt": file("one\n"),
      "a.hidden": file("visible\n"),
    });
    for (const [key, value] of [
      ["core.fsmonitor", program],
      ["core.pager", program],
      ["core.sshCommand", program],
      ["core.hooksPath", join(fixture.directory, ".git/hooks")],
      ["diff.external", program],
      ["diff.evil.textconv", program],
      ["diff.evil.command", program],
      ["filter.evil.clean", program],
      ["filter.evil.smudge", program],
      ["filter.evil.process", program],
      ["gpg.program", program],
      ["log.showSignature", "true"],
      ["alias.ls-tree", `!${program}`],
      ["core.worktree", fixture.directory],
    ] as const) {
      fixture.git(["config", key, value]);
    }
    mkdirSync(join(fixture.directory, ".git/info"), { recursive: true });
    writeFileSync(
      join(fixture.directory, ".git/info/attributes"),
      "* filter=evil diff=evil -diff\n",
    );
    const repository = await open();
    const target = mkdtempSync(join(tmpdir(), "workspace-"));
    await repository.materialize(commit, target);
    const tree = await repository.treeWith({
      base: commit,
      files: [
        { path: "a.hidden", mode: "100644", encoding: "utf-8", content: "still visible\n" },
        { path: "a.txt", mode: "100644", encoding: "utf-8", content: "two\n" },
      ],
    });
    const { text } = await repository.diff(await repository.treeOf(commit), tree, 10_000);
    await repository.recent(commit);
    rmSync(target, { recursive: true });
    expect(text).toContain("+still visible");
    expect(text).toContain("+two");
    expect(await repository.read(tree, "a.txt")).toEqual(Buffer.from("two\n"));
    expect(existsSync(canary)).toBe(false);
  });

  test("is not answered through replace objects", async () => {
    const commit = fixture.commit({ a: file("honest") });
    const [honest, forged] = ["honest", "forged"].map((content) =>
      fixture.git(["hash-object", "-w", "--stdin"], content),
    );
    fixture.git(["replace", honest ?? "", forged ?? ""]);
    expect(await (await open()).read(commit, "a")).toEqual(Buffer.from("honest"));
  });

  test("refuses a crafted tree whose names leave it", async () => {
    const blob = fixture.git(["hash-object", "-w", "--stdin"], "evil");
    for (const name of ["..", ".git", ".GIT"]) {
      const below = fixture.git(["mktree"], `100644 blob ${blob}\tx\n`);
      const tree = fixture.git(
        ["hash-object", "-t", "tree", "-w", "--literally", "--stdin"],
        Buffer.concat([Buffer.from(`40000 ${name}\0`), Buffer.from(below, "hex")]),
      );
      const target = mkdtempSync(join(tmpdir(), "workspace-"));
      await expect((await open()).materialize(tree, target)).rejects.toThrow(/git forbids/);
      expect(readdirSync(target)).toEqual([]);
      rmSync(target, { recursive: true });
    }
  });

  test("refuses to write into a folder that is not empty", async () => {
    const commit = fixture.commit({ a: file("1") });
    writeFileSync(join(scratch, "mine"), "");
    await expect((await open()).materialize(commit, scratch)).rejects.toThrow(/not empty/);
    rmSync(join(scratch, "mine"));
  });

  test("refuses changes through links, submodules and forbidden paths", async () => {
    const commit = fixture.commit({
      link: file("a", "120000"),
      a: file("1"),
      module: file("1".repeat(40), "160000"),
    });
    const repository = await open();
    for (const path of ["link", "module", "../x", ".git/config", "a\nb", "x/.GIT/y"]) {
      await expect(
        repository.treeWith({
          base: commit,
          files: [{ path, mode: "100644", encoding: "utf-8", content: "x" }],
        }),
        path,
      ).rejects.toThrow();
    }
  });
});

/** Walks the segments one by one, as a kernel does among plain folders. */
function leaves(depth: number, segments: readonly string[]): boolean {
  let level = segments[0] === "" && segments.length > 1 ? -1 : depth;
  for (const segment of segments) {
    if (level < 0) return true;
    if (segment === "..") level -= 1;
    else if (segment !== "." && segment !== "") level += 1;
  }
  return level < 0;
}

describe("staysInside", () => {
  test.each([
    ["a", "b", true],
    ["a", "./b/c", true],
    ["a/b", "../c", true],
    ["a/b", "../../c", false],
    ["a", "..", false],
    ["a/b", "c/../d", false],
    ["a", "/etc/passwd", false],
    ["a", ".git/config", false],
    ["a", ".GIT", false],
    ["a", "", false],
  ])("%s -> %s: %s", (path, target, expected) => {
    expect(staysInside(path, target)).toBe(expected);
  });

  test("never says yes to a link that resolves outside of a tree of plain folders", () => {
    const segment = fc.constantFrom("..", ".", "a", "b", "");
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), fc.nat(3), (segments, depth) => {
        const path = [...Array.from({ length: depth }, () => "d"), "link"].join("/");
        const outside = leaves(depth, segments);
        return !(outside && staysInside(path, segments.join("/")));
      }),
    );
  });
});

test("leaves no scratch folder behind and lets the process end", async () => {
  const commit = fixture.commit({ a: file("1") });
  const module = join(import.meta.dirname, "../../../src/adapters/repository/repository.ts");
  const program = (end: string) => `
    import { openRepository } from ${JSON.stringify(module)};
    const repository = await openRepository(${JSON.stringify(fixture.directory)}, { scratch: ${JSON.stringify(scratch)} });
    await repository.read("${commit}", "a");
    console.log("ready");
    ${end}`;
  const run = (end: string) =>
    spawn(process.execPath, ["--input-type=module", "-e", program(end)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
  const quiet = run("");
  expect(await once(quiet, "close")).toEqual([0, null]);
  expect(readdirSync(scratch)).toEqual([]);
  const stopped = run("setInterval(() => {}, 1000);");
  await once(stopped.stdout, "data");
  expect(readdirSync(scratch)).toHaveLength(1);
  stopped.kill("SIGTERM");
  expect(await once(stopped, "close")).toEqual([143, null]);
  expect(readdirSync(scratch)).toEqual([]);
});
