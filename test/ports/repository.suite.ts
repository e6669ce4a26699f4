import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { ChangeSet } from "../../src/domain/change-set.ts";
import type { Repository } from "../../src/ports/repository.ts";

/** A repository that holds one commit of these files, and its id. */
export type OpenWith = (
  files: Readonly<Record<string, { readonly mode: string; readonly content: string }>>,
) => Promise<{ readonly repository: Repository; readonly commit: string }>;

const FILES = {
  "README.md": { mode: "100644", content: "# Example\n" },
  "run.sh": { mode: "100755", content: "#!/bin/sh\n" },
  "src/a.ts": { mode: "100644", content: "export const a = 1;\n" },
  "src/deep/ä.ts": { mode: "100644", content: "" },
  link: { mode: "120000", content: "src/a.ts" },
};

/** The id git itself gives to the tree of FILES. */
function treeOfFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), "suite-"));
  try {
    const git = (args: string[], input = "") =>
      execFileSync("git", args, { cwd: folder, input, encoding: "utf8" }).trim();
    git(["init", "-q"]);
    const lines = Object.entries(FILES).map(
      ([path, { mode, content }]) =>
        `${mode} ${git(["hash-object", "-w", "--stdin"], content)}\t${path}\0`,
    );
    git(["update-index", "-z", "--index-info"], lines.join(""));
    return git(["write-tree"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function repositorySuite(name: string, open: OpenWith): void {
  describe(`repository port: ${name}`, () => {
    const folders: string[] = [];
    const folder = () => {
      const made = mkdtempSync(join(tmpdir(), "suite-"));
      folders.push(made);
      return made;
    };
    afterEach(() => {
      for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
    });
    const change = (base: string, files: ChangeSet["files"]): ChangeSet => ({ base, files });

    test("answers git's own tree id and listing", async () => {
      const { repository, commit } = await open(FILES);
      const tree = await repository.treeOf(commit);
      expect(tree).toBe(treeOfFiles());
      const listing = await repository.list(commit);
      expect(listing.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
        "100644 README.md",
        "120000 link",
        "100755 run.sh",
        "100644 src/a.ts",
        "100644 src/deep/ä.ts",
      ]);
      expect(await repository.list(tree)).toEqual(listing);
      expect(listing[0]).toMatchObject({ type: "blob", size: 10 });
      expect(listing[0]?.id).toMatch(/^[0-9a-f]{40}$/);
    });

    test("rejects a commit that is not there", async () => {
      const { repository } = await open(FILES);
      await expect(repository.treeOf("0".repeat(40))).rejects.toThrow();
      await expect(repository.list("1".repeat(40))).rejects.toThrow();
    });

    test("follows links to a file of the tree", async () => {
      const link = (content: string) => ({ mode: "120000", content });
      const { repository, commit } = await open({
        ...FILES,
        "src/readme": link("../README.md"),
        twice: link("src/readme"),
        around: link("around"),
        out: link("../../README.md"),
        gone: link("src/none.ts"),
        absolute: link("/etc/passwd"),
      });
      const answers = ["README.md", "link", "src/readme", "twice"];
      expect(await Promise.all(answers.map((path) => repository.resolve(commit, path)))).toEqual([
        "README.md",
        "src/a.ts",
        "README.md",
        "README.md",
      ]);
      for (const path of ["around", "out", "gone", "absolute", "src", "none.md"]) {
        expect(await repository.resolve(commit, path)).toBeUndefined();
      }
    });

    test("reads regular files and nothing else", async () => {
      const { repository, commit } = await open(FILES);
      const text = async (path: string) => {
        const bytes = await repository.read(commit, path);
        return bytes === undefined ? undefined : Buffer.from(bytes).toString("utf8");
      };
      expect(await text("src/a.ts")).toBe("export const a = 1;\n");
      expect(await text("src/deep/ä.ts")).toBe("");
      expect(await Promise.all(["README.md", "run.sh", "src/a.ts"].map(text))).toEqual([
        "# Example\n",
        "#!/bin/sh\n",
        "export const a = 1;\n",
      ]);
      for (const path of ["link", "src", "nothing", "../README.md", "--help", ""]) {
        expect(await text(path), path).toBeUndefined();
      }
    });

    test("writes a tree with its executable bits and without .git", async () => {
      const { repository, commit } = await open(FILES);
      const target = folder();
      expect(await repository.materialize(commit, target)).toEqual({ leftOut: [], pointers: [] });
      expect(readFileSync(join(target, "src/a.ts"), "utf8")).toBe("export const a = 1;\n");
      expect(statSync(join(target, "run.sh")).mode & 0o111).not.toBe(0);
      expect(statSync(join(target, "README.md")).mode & 0o111).toBe(0);
      expect(existsSync(join(target, ".git"))).toBe(false);
    });

    test("tells what it could not write", async () => {
      const { repository, commit } = await open({
        "a.txt": { mode: "100644", content: "a" },
        out: { mode: "120000", content: "/etc/passwd" },
        module: { mode: "160000", content: "1".repeat(40) },
      });
      const target = folder();
      const { leftOut } = await repository.materialize(commit, target);
      expect(leftOut).toEqual([
        { path: "module", reason: expect.stringContaining("submodule") },
        { path: "out", reason: expect.stringContaining("leaves the tree") },
      ]);
      expect(readdirSync(target)).toEqual(["a.txt"]);
    });

    test("makes the tree of a change, and diffs it", async () => {
      const { repository, commit } = await open(FILES);
      const base = await repository.treeOf(commit);
      expect(await repository.treeWith(change(commit, []))).toBe(base);
      const tree = await repository.treeWith(
        change(commit, [
          { path: "README.md", deleted: true },
          {
            path: "src/a.ts",
            mode: "100644",
            encoding: "utf-8",
            content: "export const a = 2;\nexport const b = 1;\n",
          },
          { path: "src/b.bin", mode: "100755", encoding: "base64", content: "AAEC" },
        ]),
      );
      const paths = (await repository.list(tree)).map(({ path, mode }) => `${mode} ${path}`);
      expect(paths).toContain("100755 src/b.bin");
      expect(paths).not.toContain("100644 README.md");
      expect(await repository.read(tree, "src/b.bin")).toEqual(Buffer.from([0, 1, 2]));
      const { text, truncated, changedLines } = await repository.diff(base, tree, 100_000);
      expect(truncated).toBe(false);
      expect(changedLines).toBe(5);
      expect(text).toContain("+export const a = 2;");
      expect(text).toContain("-# Example");
      expect(text).toContain("diff --git a/src/a.ts b/src/a.ts");
      const cut = await repository.diff(base, tree, 40);
      expect(cut).toMatchObject({ truncated: true, changedLines: 5 });
      expect(Buffer.byteLength(cut.text)).toBeLessThanOrEqual(40);
      expect(await repository.diff(base, base, 100)).toEqual({
        text: "",
        truncated: false,
        changedLines: 0,
      });
    });

    test("rejects the deletion of a file that the base has not", async () => {
      const { repository, commit } = await open(FILES);
      await expect(
        repository.treeWith(change(commit, [{ path: "nothing", deleted: true }])),
      ).rejects.toThrow(/not in/);
    });
  });
}
