import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { git } from "../cli/git.ts";
import { root } from "./bundles.ts";

interface Owners {
  readonly from: string;
  readonly to: string;
}
const { codeOwnedBy, ownedBy, ownerIn, TEMPLATE } = (await import(
  join(root, "scripts/own/owned.mjs")
)) as {
  readonly TEMPLATE: string;
  ownerIn(template: string): string | undefined;
  ownedBy(text: string, owners: Owners): string;
  codeOwnedBy(text: string, owners: Owners): string;
};

const tracked = git("-C", root, "ls-files", "-z")
  .split("\0")
  .filter((path) => path !== "" && !/^actions\/[^/]+\/dist\//.test(path));
const texts = tracked.flatMap((path) => {
  const bytes = readFileSync(join(root, path));
  return bytes.includes(0) ? [] : [{ path, text: bytes.toString("utf8") }];
});
/** Whose it is in this tree: a copy that somebody owns passes, too. */
const NOBODY = ownerIn(readFileSync(join(root, TEMPLATE), "utf8")) ?? "";
const TO = "an-account-of-this-test";

test("in every file the account changes, twice is once, and back again is what it was", () => {
  const naming = texts.filter(({ text }) => ownedBy(text, { from: NOBODY, to: TO }) !== text);
  expect(naming.length).toBeGreaterThan(30);
  const left = texts.filter(({ text }) => {
    const owned = ownedBy(text, { from: NOBODY, to: TO });
    const isOnce = ownedBy(owned, { from: NOBODY, to: TO }) === owned;
    return !isOnce || ownedBy(owned, { from: TO, to: NOBODY }) !== text;
  });
  expect(left.map(({ path }) => path)).toEqual([]);
});

test("what a user copies or types names the account afterwards", () => {
  const reads =
    /^(?:README\.md|CONTRIBUTING\.md|docs\/|workflow-templates\/|\.github\/ISSUE_TEMPLATE\/)/;
  const left = texts
    .filter(({ path }) => reads.test(path))
    .filter(({ text }) => ownedBy(text, { from: NOBODY, to: TO }).includes(`${NOBODY}/millwright`));
  expect(left.map(({ path }) => path)).toEqual([]);
});

const HERE = `${NOBODY}/millwright`;
test.each([
  [
    `uses: ${HERE}/.github/workflows/factory.yml@v0`,
    "uses: a/millwright/.github/workflows/factory.yml@v0",
  ],
  [`github.com/${HERE}.git`, "github.com/a/millwright.git"],
  [`/^${NOBODY}\\/millwright\\//`, "/^a\\/millwright\\//"],
  [`${HERE}-fork MY${HERE} ${NOBODY}/NAME`, `${HERE}-fork MY${HERE} ${NOBODY}/NAME`],
])("%s", (before, after) => {
  expect(ownedBy(before, { from: NOBODY, to: "a" })).toBe(after);
});

test("CODEOWNERS may name a team, and teams of others stay", () => {
  const owned = codeOwnedBy("* @me\n/docs/ @me/writers\n", { from: "me", to: "acme/core" });
  expect(owned).toBe("* @acme/core\n/docs/ @me/writers\n");
});

test("the command writes it once, and --check tells whose it is", () => {
  const folder = mkdtempSync(join(tmpdir(), "millwright-own-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = {
    [TEMPLATE]: readFileSync(join(root, TEMPLATE), "utf8"),
    ".github/CODEOWNERS": `* @${NOBODY}\n`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git("init", "--quiet", folder);
  git("-C", folder, "add", "--all");
  const own = (...words: readonly string[]) => {
    const script = join(root, "scripts/own.mjs");
    return spawnSync(process.execPath, [script, ...words, "--root", folder], { encoding: "utf8" });
  };
  expect(own("acme", "--check")).toMatchObject({
    status: 1,
    stdout: expect.stringContaining(TEMPLATE),
  });
  expect(own("acme", "--code-owner", "acme/core").status).toBe(0);
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  expect(ownerIn(read(TEMPLATE))).toBe("acme");
  expect(read(".github/CODEOWNERS")).toMatch(/^\* @acme\/core$/m);
  const before = read(TEMPLATE) + read(".github/CODEOWNERS");
  expect(own("acme", "--check").status).toBe(0);
  expect(own("acme").stdout).toBe("it is acme's already\n");
  expect(read(TEMPLATE) + read(".github/CODEOWNERS")).toBe(before);
  for (const wrong of [[], ["a", "b"], ["a/b"], ["-a"]]) expect(own(...wrong).status).toBe(2);
});
