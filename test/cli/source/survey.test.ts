import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openRepository } from "../../../src/adapters/repository/repository.ts";
import { openSource } from "../../../src/cli/source/source.ts";
import { surveySource } from "../../../src/cli/source/survey.ts";
import { git } from "../git.ts";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-survey-")));
  git("init", "--quiet", "--initial-branch=main", at("odd"));
  mkdirSync(at("odd/inner"));
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"4".repeat(64)}\nsize 12345\n`;
  writeFileSync(at("odd/.gitattributes"), "*.bin filter=lfs\n");
  writeFileSync(at("odd/model.bin"), pointer);
  writeFileSync(at("odd/real.bin"), "small, and no pointer\n");
  symlinkSync("../real.bin", at("odd/inner/stays"));
  symlinkSync("../../elsewhere", at("odd/inner/leaves"));
  symlinkSync("/etc/passwd", at("odd/absolute"));
  symlinkSync("ünder\nline", at("odd/later"));
  git("-C", at("odd"), "-c", "filter.lfs.required=false", "add", "-A");
  const commit = "1".repeat(40);
  git("-C", at("odd"), "update-index", "--add", "--cacheinfo", `160000,${commit},vendor/module`);
  git("-C", at("odd"), "commit", "--quiet", "-m", "Begin");
  git("init", "--quiet", "--initial-branch=main", at("plain"));
  git("-C", at("plain"), "commit", "--quiet", "--allow-empty", "-m", "Begin");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function survey(name: string) {
  const source = await openSource(at(name), undefined);
  const repository = await openRepository(source.commonDirectory);
  try {
    return await surveySource(source, repository);
  } finally {
    await repository.close();
  }
}

test("what is not followed is said before anything runs", async () => {
  const { notFollowed, commits } = await survey("odd");
  expect(notFollowed).toEqual([
    "submodules are not followed: vendor/module",
    "LFS pointers stay pointers: model.bin",
    "links that leave the tree are left out: absolute, inner/leaves",
  ]);
  expect(commits).toBe(1);
});

test("where there is nothing of it, nothing is said", async () => {
  expect((await survey("plain")).notFollowed).toEqual([]);
});
