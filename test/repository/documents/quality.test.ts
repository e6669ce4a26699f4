import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { QualityReport } from "../../../src/domain/quality.ts";
import { root } from "../bundles.ts";

interface Composed {
  readonly report: QualityReport;
  readonly page: string;
}
interface Tree {
  readonly head: string;
  atCommit(commit: string): Promise<Composed>;
  asItLies(): Promise<Composed>;
  close(): Promise<void>;
}

const { openTree } = (await import(join(root, "scripts/quality/compose.mjs"))) as {
  openTree(root: string): Promise<Tree>;
};
const { faultsOf } = (await import(join(root, "scripts/quality/check.mjs"))) as {
  faultsOf(
    tree: Tree,
    about: { readonly root: string; readonly committed: string },
  ): Promise<readonly string[]>;
};

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const CONFIG = `quality:\n  areas:\n    - { name: one, paths: ["src/**"] }\n`;
const FILES = {
  ".github/factory.yml": CONFIG,
  "src/a.ts": "/** Says. */\nexport function a() {}\n",
  "test/a.test.ts": 'test("a", f);\n',
};

/** A repository of its own with these files, all committed, and what changes it. */
function repository(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "millwright-quality-"));
  folders.push(folder);
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  const git = (...words: readonly string[]) =>
    spawnSync("git", [...identity, ...words], { cwd: folder, encoding: "utf8" }).stdout.trim();
  const write = (changes: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(changes)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  const commit = () => {
    git("add", ".");
    git("commit", "-q", "-m", "All");
  };
  git("init", "-q", "-b", "main");
  write(files);
  commit();
  const page = async () => {
    const tree = await openTree(folder);
    const composed = await tree.atCommit(tree.head);
    await tree.close();
    return composed.page;
  };
  const faults = async (committed: string) => {
    const tree = await openTree(folder);
    const found = await faultsOf(tree, { root: folder, committed });
    await tree.close();
    return found;
  };
  return { folder, git, write, commit, page, faults };
}

describe("quality.md", () => {
  test("is right at the commit that it names, whatever was committed since that changes no grade", async () => {
    const { write, commit, page, faults } = repository(FILES);
    const committed = await page();
    expect(committed).toContain("| one | C | B | ");
    expect(committed).toContain("No owner. Trend: C\n");
    write({ "quality.md": committed });
    commit();
    expect(await faults(committed)).toEqual([]);
    write({ "src/b.ts": "/** Says. */\nexport function b() {}\n", "quality.md": committed });
    commit();
    expect(await faults(committed)).toEqual([]);
  });

  test("is wrong when somebody writes another grade or figure into it", async () => {
    const { page, faults } = repository(FILES);
    const committed = await page();
    const [found, ...lines] = await faults(committed.replace("| one | C |", "| one | A |"));
    expect(found).toContain("run `npm run quality` and commit the page");
    expect(lines.join("\n")).toMatch(/committed: \| one \| A \|[\s\S]*computed: {2}\| one \| C \|/);
    expect(await faults(committed.replace("**100 %**", "**99 %**"))).not.toEqual([]);
  });

  test("is wrong when a grade of the tree is another one, as it is when tests are deleted", async () => {
    const { folder, page, faults } = repository(FILES);
    const committed = await page();
    rmSync(join(folder, "test/a.test.ts"));
    expect(await faults(committed)).toEqual([
      "quality.md says C of one, which has grade D now (0 tests stand for 1,000 lines (C asks for 1 or more)): run `npm run quality` and commit the page",
    ]);
  });

  test("is wrong when an area is called otherwise", async () => {
    const { write, page, faults } = repository(FILES);
    const committed = await page();
    write({ ".github/factory.yml": CONFIG.replace("one", "two") });
    expect((await faults(committed)).join("\n")).toMatch(
      /nothing of two[\s\S]*a row of one, which is no area/,
    );
  });

  test("is wrong when it names no commit, or one that is not there", async () => {
    const { page, faults } = repository(FILES);
    const committed = await page();
    expect(await faults("# Quality\n")).toEqual([expect.stringContaining("names no commit")]);
    const elsewhere = committed.replace(
      /Measured at `[0-9a-f]{12}`/,
      `Measured at \`${"0".repeat(12)}\``,
    );
    expect(await faults(elsewhere)).toEqual([expect.stringContaining("git fetch --unshallow")]);
  });

  test("reads its trend from its earlier versions", async () => {
    const { write, commit, page } = repository(FILES);
    write({ "quality.md": "| one | D | B | — | no tests |\n" });
    commit();
    write({ "quality.md": "| one | A | B | — | it was good |\n" });
    commit();
    expect(await page()).toContain("Trend: D → A → C\n");
  });
});
