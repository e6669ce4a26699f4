import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { HAS_BUBBLEWRAP, PROMISES_BUBBLEWRAP } from "../../bubblewrap.ts";
import { skippedFor } from "../../skipped.ts";
import { git } from "../git.ts";
import { typed } from "../typed.ts";

// Made once, and copied for each test that needs no other files.
let begun: string;
beforeAll(() => {
  begun = mkdtempSync(join(tmpdir(), "millwright-begun-"));
  commitIn(begun, {});
});
afterAll(() => rmSync(begun, { recursive: true, force: true }));

function repository(files?: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "millwright-init-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (files === undefined) cpSync(begun, folder, { recursive: true });
  else commitIn(folder, files);
  return folder;
}

function commitIn(folder: string, files: Readonly<Record<string, string>>): void {
  git("init", "--quiet", "--initial-branch=main", folder);
  const all = { "package.json": '{"scripts":{"test":"node --test"}}\n', ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git("-C", folder, "add", "-A");
  git("-C", folder, "commit", "--quiet", "-m", "Begin");
}

const statusOf = (folder: string) =>
  git("-C", folder, "status", "--porcelain", "--untracked-files=all");
const init = (folder: string, ...words: readonly string[]) =>
  typed(["init", "--repo", folder, "--yes", "--no-try", ...words]);

const FILES = [
  ".github/ISSUE_TEMPLATE/bug.yml",
  ".github/ISSUE_TEMPLATE/contract.yml",
  ".github/ISSUE_TEMPLATE/feature.yml",
  ".github/factory.init.json",
  ".github/factory.yml",
  ".github/workflows/factory.yml",
  "AGENTS.md",
  "quality.md",
];

describe("a repository", () => {
  test("gets every file, again nothing, and loses every file", async () => {
    const folder = repository();
    using first = await init(folder, "--json", "--uses", "OWNER/millwright@v0");
    const result = JSON.parse(first.stdout);
    expect(readFileSync(join(folder, "quality.md"), "utf8")).toContain(
      git("-C", folder, "rev-parse", "HEAD").trim().slice(0, 7),
    );
    expect(result).toMatchObject({ ok: true, firstDay: "staged", questions: 0, isPinKnown: true });
    expect(statusOf(folder).split("\n").filter(Boolean)).toEqual(FILES.map((path) => `?? ${path}`));
    const before = FILES.map((path) => readFileSync(join(folder, path), "utf8"));

    using again = await init(folder);
    expect(again.stdout).toContain("Everything is there; nothing was changed.");
    expect(FILES.map((path) => readFileSync(join(folder, path), "utf8"))).toEqual(before);

    using gone = await typed(["uninstall", "--repo", folder, "--json"]);
    expect(gone.code).toBe(0);
    expect(statusOf(folder)).toBe("");
  });

  test("shows what it would write, and writes nothing", async () => {
    const folder = repository();
    using shown = await typed(["init", "--repo", folder, "--no-try", "--dry-run"]);
    expect(shown.stdout).toContain("+++ b/.github/workflows/factory.yml");
    expect(shown.stdout).toContain("+mode: staged");
    expect(shown.stdout).toContain("+++ b/quality.md");
    expect(shown.stdout).toContain("Nothing was written: --dry-run.");
    expect(statusOf(folder)).toBe("");
  });

  test("is told what of it is not followed", async () => {
    const lfs = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 1\n`;
    const folder = repository({ ".gitattributes": "*.bin filter=lfs\n", "a.bin": lfs });
    using done = await init(folder);
    expect(done.stdout).toContain("LFS pointers stay pointers: a.bin");
  });

  test("with forms, instructions and a config of its own keeps them", async () => {
    const own = {
      "CLAUDE.md": "mine\n",
      ".github/ISSUE_TEMPLATE/task.md": "mine\n",
      ".github/factory.yml": "version: 1\n",
      "quality.md": "mine\n",
    };
    const folder = repository(own);
    using done = await init(folder);
    expect(done.stdout).toContain(".github/factory.yml  yours, stays as it is");
    expect(statusOf(folder).split("\n").filter(Boolean)).toEqual([
      "?? .github/factory.init.json",
      "?? .github/workflows/factory.yml",
    ]);
  });

  test("whose workflow of that name is another one is told that nothing starts the factory", async () => {
    const workflow = ".github/workflows/factory.yml";
    const folder = repository({ [workflow]: "name: Image\non: push\njobs: {}\n" });
    using done = await init(folder);
    expect(done.code).toBe(1);
    expect(done.stdout).toContain("Nothing starts the factory");
    expect(done.stdout).toContain("yours, stays as it is: calls no Millwright");
    expect(done.stdout).not.toMatch(
      /starts the factory\n|add-label|in place of OWNER|git ls-remote/,
    );
    git("-C", folder, "add", "-A");
    git("-C", folder, "commit", "--quiet", "-m", "Add the factory");
    using again = await init(folder);
    expect(again.code).toBe(1);
    expect(again.stdout).toContain("Nothing was changed.");
    expect(again.stdout).toContain("Nothing starts the factory");
    git("-C", folder, "mv", workflow, ".github/workflows/image.yml");
    git("-C", folder, "commit", "--quiet", "-m", "Make room");
    using mended = await init(folder);
    expect(mended.code).toBe(0);
    expect(mended.stdout).toContain(`${workflow}  new: starts the factory`);
    const call = "jobs: { a: {\n  uses: acme/millwright/.github/workflows/factory.yml@v0\n} }\n";
    using other = await init(repository({ [workflow]: call }));
    expect(other.stdout).not.toContain("Nothing starts the factory");
  });

  test("whose config cannot be read is told so, and by exit code", async () => {
    const folder = repository({ ".github/factory.yml": "version: 1\ncheks: {}\n" });
    using done = await init(folder);
    expect(done.code).toBe(1);
    expect(done.stdout).toContain("cannot be read. Mend line 2: cheks: unknown key");
  });

  test("keeps what somebody changed when it is taken away again", async () => {
    const folder = repository();
    using _done = await init(folder);
    writeFileSync(join(folder, "AGENTS.md"), "mine\n");
    using gone = await typed(["uninstall", "--repo", folder]);
    expect(gone.code).toBe(1);
    expect(gone.stdout).toContain("AGENTS.md  yours: changed since init wrote it");
    expect(statusOf(folder)).toContain("?? AGENTS.md");
    expect(statusOf(folder)).not.toContain(".github");
  });
});

test("a workflow that somebody removed stays away, and both commands say how it comes back", async () => {
  const folder = repository();
  using _init = await init(folder);
  git("-C", folder, "add", "-A");
  git("-C", folder, "commit", "--quiet", "-m", "Add the factory");
  const workflow = ".github/workflows/factory.yml";
  git("-C", folder, "mv", workflow, ".github/workflows/millwright.yml");
  git("-C", folder, "commit", "--quiet", "-m", "Rename it");
  using renamed = await init(folder);
  expect([renamed.code, renamed.stdout]).toEqual([
    0,
    expect.stringContaining("Everything is there"),
  ]);
  git("-C", folder, "rm", "--quiet", ".github/workflows/millwright.yml");
  git("-C", folder, "commit", "--quiet", "-m", "Remove it");
  using removed = await init(folder);
  expect([removed.code, removed.stdout]).toEqual([
    1,
    expect.stringContaining("was removed, and stays"),
  ]);
  using doctor = await typed(["doctor", "--repo", folder]);
  expect(doctor.stdout + doctor.stderr).toContain(`→ Take ${workflow} back from git`);
});

test("an upgrade of what is committed changes nothing where the version is the same", async () => {
  const folder = repository({
    ".github/workflows/ci.yml": "name: CI\non: pull_request\njobs: {}\n",
  });
  using _init = await init(folder, "--uses", "OWNER/millwright@v0");
  git("-C", folder, "add", "-A");
  git("-C", folder, "commit", "--quiet", "-m", "Add the factory");
  using done = await typed(["upgrade", "--repo", folder, "--uses", "OWNER/millwright@v0"]);
  expect([done.code, done.stdout]).toEqual([0, expect.not.stringContaining("to this version")]);
  expect(statusOf(folder)).toBe("");
});

test("an upgrade moves the pin, keeps what a person added, and says what it did", async () => {
  const folder = repository();
  using _init = await init(folder, "--uses", "OWNER/millwright@v0");
  git("-C", folder, "add", "-A");
  git("-C", folder, "commit", "--quiet", "-m", "Add the factory");
  const workflow = join(folder, ".github/workflows/factory.yml");
  writeFileSync(workflow, `# ours\n${readFileSync(workflow, "utf8")}`);
  const upgrade = ["upgrade", "--repo", folder, "--uses", "OWNER/millwright@v1"];
  using refused = await typed(upgrade);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(".github/workflows/factory.yml is not committed");
  git("-C", folder, "commit", "--quiet", "-a", "-m", "Say whose it is");
  using shown = await typed([...upgrade, "--dry-run"]);
  expect(shown.stdout).toContain("+    uses: OWNER/millwright/.github/workflows/factory.yml@v1");
  expect(readFileSync(workflow, "utf8")).toContain("factory.yml@v0");
  using done = await typed(upgrade);
  expect(done.stdout).toContain("factory.yml  to this version, with your lines");
  expect(readFileSync(workflow, "utf8")).toMatch(/^# ours\n[\s\S]*factory\.yml@v1\n/);
  using again = await typed([...upgrade, "--json"]);
  expect(JSON.parse(again.stdout)).toMatchObject({ ok: true });
  expect(again.stdout).not.toContain("merged");
  expect(statusOf(folder).split("\n")).toHaveLength(2);
});

test("an edit before the first commit, such as the owner's name, is kept by the next upgrade", async () => {
  const folder = repository();
  using _begun = await init(folder, "--uses", "OWNER/millwright@v0");
  const place = join(folder, ".github/workflows/factory.yml");
  writeFileSync(place, readFileSync(place, "utf8").replace("name: Factory", "name: Our factory"));
  git("-C", folder, "add", "-A");
  git("-C", folder, "commit", "--quiet", "-m", "Add the factory");
  using done = await typed(["upgrade", "--repo", folder, "--uses", "acme/millwright@v1"]);
  expect(done.code).toBe(0);
  const text = readFileSync(place, "utf8");
  expect(text).toContain("name: Our factory");
  expect(text).toContain("acme/millwright/.github/workflows/factory.yml@v1");
});

test("an upgrade right after init writes over nobody's line, nor does one that was ended", async () => {
  const folder = repository();
  using _init = await init(folder, "--uses", "OWNER/millwright@v0");
  const upgrade = ["upgrade", "--repo", folder, "--uses", "OWNER/millwright@v1"];
  const record = join(folder, ".github/factory.init.json");
  const before = readFileSync(record);
  using done = await typed(upgrade);
  expect([done.code, done.stderr]).toEqual([0, ""]);
  // As a run leaves it that ends before the record is written.
  writeFileSync(record, before);
  using again = await typed(upgrade);
  expect([again.code, again.stderr]).toEqual([0, ""]);
  writeFileSync(join(folder, "new.txt"), "mine\n");
  using other = await typed(["upgrade", "--repo", folder, "--uses", "OWNER/millwright@v2"]);
  expect(other.stderr).toContain("new.txt is not committed, and would be mixed with what upgrade");
  using told = await typed([...upgrade.slice(0, -1), "OWNER/millwright@v2", "--dirty"]);
  expect(told.code).toBe(0);
});

test("files that git shows with other line ends are still those that init wrote", async () => {
  const folder = repository({ ".gitattributes": "* text=auto eol=crlf\n" });
  using _init = await init(folder, "--uses", "OWNER/millwright@v0");
  git("-C", folder, "add", "-A");
  git("-C", folder, "commit", "--quiet", "-m", "Add the factory");
  const workflow = join(folder, ".github/workflows/factory.yml");
  git("-C", folder, "rm", "-r", "--quiet", "--force", ".");
  git("-C", folder, "checkout", "--quiet", "HEAD", ".");
  expect(readFileSync(workflow, "utf8")).toContain("\r\n");
  using again = await init(folder);
  expect(again.stdout).not.toContain("yours");
  using moved = await typed(["upgrade", "--repo", folder, "--uses", "OWNER/millwright@v1"]);
  expect(moved.stdout).toContain("factory.yml  to this version\n");
  expect(readFileSync(workflow, "utf8")).toMatch(/@v1\r\n/);
  expect(readFileSync(workflow, "utf8")).not.toMatch(/[^\r]\n/);
  using gone = await typed(["uninstall", "--repo", folder]);
  expect(gone.code).toBe(0);
  expect(
    statusOf(folder)
      .split("\n")
      .every((line) => line.trimStart().startsWith("D ")),
  ).toBe(true);
});

test("what a person ignores everywhere is nobody's change", async () => {
  const folder = repository();
  const settings = mkdtempSync(join(tmpdir(), "millwright-settings-"));
  onTestFinished(() => rmSync(settings, { recursive: true, force: true }));
  mkdirSync(join(settings, "git"));
  writeFileSync(join(settings, "git/ignore"), ".idea/\n");
  mkdirSync(join(folder, ".idea"));
  writeFileSync(join(folder, ".idea/workspace.xml"), "<a/>\n");
  vi.stubEnv("XDG_CONFIG_HOME", settings);
  onTestFinished(() => void vi.unstubAllEnvs());
  using done = await init(folder);
  expect([done.code, done.stderr]).toEqual([0, ""]);
});

const isSkipped = !HAS_BUBBLEWRAP && !PROMISES_BUBBLEWRAP;

describe.skipIf(isSkipped)(
  `the config of a repository${skippedFor(isSkipped, "there is no bubblewrap")}`,
  () => {
    test("holds the checks that work on the base, and says why another one is left out", async () => {
      const scripts = { test: "node --test", lint: "node -e 'throw new Error(\"a slip\")'" };
      const folder = repository({
        "package.json": `${JSON.stringify({ scripts })}\n`,
        "a.test.mjs": 'import test from "node:test";\ntest("a", () => {});\n',
      });
      using done = await typed(["init", "--repo", folder, "--yes", "--json"]);
      const { checks } = JSON.parse(done.stdout);
      expect(checks).toEqual([
        expect.objectContaining({ name: "setup", keep: true }),
        expect.objectContaining({
          name: "lint",
          keep: false,
          said: expect.stringContaining("a slip"),
        }),
        expect.objectContaining({
          name: "test",
          keep: true,
          said: expect.stringContaining("1 test"),
        }),
      ]);
      const config = readFileSync(join(folder, ".github/factory.yml"), "utf8");
      expect(config).toContain("\n  test:\n");
      expect(config).not.toContain("\n  lint:");
      expect(config).toMatch(/^# tried and left out: lint, exit code 1 .*a slip/m);
      // It was written beside this file.
      expect(config).not.toContain("no AGENTS.md");
    });
  },
);

describe("what is refused, before anything is written", () => {
  test("changes that are not committed, unless told", async () => {
    const folder = repository();
    writeFileSync(join(folder, "draft.txt"), "a draft\n");
    using refused = await init(folder);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("draft.txt is not committed");
    expect(statusOf(folder)).toBe("?? draft.txt");
    // Before minutes are spent on the checks, too.
    using untried = await typed(["init", "--repo", folder, "--yes"]);
    expect(untried.code).toBe(2);
    expect(untried.stdout).not.toContain("config ");
    using told = await init(folder, "--dirty");
    expect(told.code).toBe(0);
  });

  test("a folder of GitHub's that is a link", async () => {
    const folder = repository();
    symlinkSync(tmpdir(), join(folder, ".github"));
    git("-C", folder, "add", "-A");
    git("-C", folder, "commit", "--quiet", "-m", "Link");
    using refused = await init(folder);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(".github is a link");
  });

  test("a bare repository, no terminal to ask on, a record that is none", async () => {
    const folder = repository();
    const bare = join(folder, "bare.git");
    git("clone", "--quiet", "--bare", folder, bare);
    using isBare = await init(bare);
    expect(isBare.stderr).toContain("is a bare repository");
    using silent = await typed(["init", "--repo", folder]);
    expect(silent.stderr).toContain("there is no terminal to ask on: add --yes");
    using asks = await typed(["init", "--repo", folder, "--json"]);
    expect(asks.stderr).toContain("--json cannot ask: add --yes");
    using none = await typed(["uninstall", "--repo", folder]);
    expect(none.stderr).toContain("init wrote nothing there");
    mkdirSync(join(folder, ".github"));
    writeFileSync(join(folder, ".github/factory.init.json"), "{}");
    using torn = await init(folder);
    expect(torn.stderr).toContain("is not what init wrote");
    for (const { code } of [isBare, silent, asks, none, torn]) expect(code).toBe(2);
  });
});
