import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readConfigText } from "../../../src/control/observed/config-text.ts";
import { checksFor, partsOf } from "../../../src/domain/config/scoped-checks.ts";
import { HAS_BUBBLEWRAP, PROMISES_BUBBLEWRAP } from "../../bubblewrap.ts";
import { skippedFor } from "../../skipped.ts";
import { git } from "../git.ts";
import { typed } from "../typed.ts";

function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "millwright-several-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  git("init", "--quiet", "--initial-branch=main", folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git("-C", folder, "add", "--all", "--force");
  git("-C", folder, "commit", "--quiet", "-m", "Begin");
  return folder;
}

const MANIFEST = '{"scripts":{"test":"node --test"}}\n';
const TEST = (body: string) =>
  `import { readFileSync } from "node:fs";\nimport test from "node:test";\ntest("a", () => ${body});\n`;

function configIn(folder: string) {
  const read = readConfigText(readFileSync(join(folder, ".github/factory.yml"), "utf8"));
  if (!("config" in read)) throw new Error(JSON.stringify(read));
  return read.config;
}

const isSkipped = !HAS_BUBBLEWRAP && !PROMISES_BUBBLEWRAP;

describe.skipIf(isSkipped)(
  `a repository of several projects${skippedFor(isSkipped, "there is no bubblewrap")}`,
  () => {
    test("has the checks of each, about its folder where it works without the others", async () => {
      const folder = repository({
        "README.md": "Three.\n",
        "api/package.json": MANIFEST,
        "api/a.test.mjs": TEST("undefined"),
        "web/package.json": MANIFEST,
        "web/a.test.mjs": TEST('readFileSync("../api/package.json")'),
        "old/package.json":
          '{"scripts":{"test":"node --test"},"dependencies":{"a":"file:../gone"}}\n',
        "old/package-lock.json": "{}\n",
      });
      using done = await typed(["init", "--repo", folder, "--yes", "--json"]);
      expect(done.code).toBe(0);
      const { checks } = configIn(folder);
      const tests = partsOf(checks.test);
      expect(tests.map(({ run, paths }) => [run.slice(0, 6), paths])).toEqual([
        ["cd api", ["api/**"]],
        ["cd web", undefined],
      ]);
      expect(checks.setup?.run).toMatch(/^\(cd api && .+\) && \(cd web && .+\)$/);
      const testsFor = (...paths: readonly string[]) => partsOf(checksFor(checks, paths).test);
      expect(testsFor("web/a.mjs")).toHaveLength(2);
      expect(testsFor("api/a.mjs")).toHaveLength(2);
      expect(testsFor("README.md")).toHaveLength(2);
      const text = readFileSync(join(folder, ".github/factory.yml"), "utf8");
      expect(text).toContain("# no check of JavaScript or TypeScript in old worked on the base");
      expect(text).toMatch(/^# found, but not tried, .*: test: cd old && /m);
    }, 60_000);
  },
);

test("files that git ignores are added all the same, and the reader is told why", async () => {
  const folder = repository({ ".gitignore": ".*\n", "a.txt": "a\n" });
  using done = await typed(["init", "--repo", folder, "--yes", "--no-try", "--json"]);
  const [first] = JSON.parse(done.stdout).next;
  const add = /git add .*? &&/.exec(first.command)?.[0].replace(/ &&$/, "") ?? "";
  expect(first.what).toContain(".gitignore");
  git("-C", folder, ...add.split(" ").slice(1));
  expect(git("-C", folder, "diff", "--cached", "--name-only").split("\n")).toContain(
    ".github/factory.yml",
  );
});
