import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findOwnPin } from "../../../src/cli/init/own-pin.ts";
import { git } from "../git.ts";

let folder: string;
const ORIGIN = "https://github.com/OWNER/millwright.git";

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "millwright-own-pin-")));
  for (const name of ["clone", "nowhere", "new"])
    git("init", "--quiet", "--initial-branch=main", join(folder, name));
  for (const name of ["clone", "nowhere"])
    git("-C", join(folder, name), "commit", "--quiet", "--allow-empty", "-m", "Begin");
  for (const name of ["clone", "new"])
    git("-C", join(folder, name), "remote", "add", "origin", ORIGIN);
  for (const name of ["clone/below", "clone/\nbelow", "clone/\n0a", "none"])
    mkdirSync(join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a clone says its own commit and where it comes from, and its tag if it has one", async () => {
  const clone = join(folder, "clone");
  const ref = git("-C", clone, "rev-parse", "HEAD");
  const pin = { repository: "OWNER/millwright", ref };
  const version = "v1.2.3, a commit after or before it";
  expect(await findOwnPin(clone, "1.2.3")).toEqual({ ...pin, version });
  git("-C", clone, "tag", "v1.2.3");
  expect(await findOwnPin(clone, "1.2.3")).toEqual({ ...pin, version: "v1.2.3" });
});

test.each([
  ["a folder below a repository", "clone/below"],
  ["one whose name begins with a line break", "clone/\nbelow"],
  ["one whose name is then a number of git's", "clone/\n0a"],
  ["a repository that comes from nowhere", "nowhere"],
  ["one without a commit", "new"],
  ["a folder that is no repository", "none"],
  ["no folder", "missing"],
])("%s says nothing", async (_, name) => {
  expect(await findOwnPin(join(folder, name), "1.2.3")).toBeUndefined();
});
