import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { afterAll, beforeAll, expect, test } from "vitest";
import { names, type PathKind, refusePaths } from "../../../src/cli/command/named-path.ts";
import { skippedFor } from "../../skipped.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "millwright-paths-"));
  mkdirSync(join(folder, "folder"));
  writeFileSync(join(folder, "file"), "");
  symlinkSync("round", join(folder, "round"));
  mkdirSync(join(folder, "closed"));
  chmodSync(join(folder, "closed"), 0o500);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function look(kind: PathKind, ...paths: readonly string[]): string | undefined {
  const command = new Command("look").addOption(names(kind, "--at <path...>", ""));
  command.parse(["--at", ...paths], { from: "user" });
  try {
    refusePaths(command, folder);
    return undefined;
  } catch (error) {
    return String(error instanceof Error ? error.message : error).replaceAll(folder, ".");
  }
}

test.each<readonly [PathKind, string, string | undefined]>([
  ["file", "file", undefined],
  ["file", "none", "--at: there is no file ./none"],
  ["file", "file/below", "--at: there is no file ./file/below"],
  ["file", "folder", "--at: ./folder is a folder, expected a file"],
  ["file", "round", "--at: ./round cannot be read: its links lead in a circle"],
  ["file", "/dev/null", undefined],
  ["folder", "folder", undefined],
  ["folder", "none", "--at: there is no folder ./none"],
  ["folder", "file", "--at: ./file is a file, expected a folder"],
  ["new-file", "file", undefined],
  ["new-file", "none", undefined],
  ["new-file", "none/below/it", undefined],
  ["new-file", "folder", "--at: ./folder is a folder, expected a file"],
  ["new-file", "file/below/it", "--at: ./file is a file, expected a folder"],
  ["new-folder", "folder", undefined],
  ["new-folder", "none/below", undefined],
  ["new-folder", "file", "--at: ./file is a file, expected a folder"],
])("as a %s: %s", (kind, path, says) => {
  expect(look(kind, path)).toBe(says);
});

test("each of several is looked at", () => {
  expect(look("file", "file", "none")).toBe("--at: there is no file ./none");
});

const isRoot = process.getuid?.() === 0;

test.skipIf(isRoot)(
  `a folder that this user may not write to${skippedFor(isRoot, "root may write everywhere")}`,
  () => {
    expect(look("new-file", "closed/page.html")).toBe(
      "--at: ./closed/page.html cannot be written: this user has no right to ./closed",
    );
  },
);
