import { createHash } from "node:crypto";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tryGit } from "../../../../src/twin/github/git/git.ts";
import { askGit } from "../../../../src/twin/github/git/git-process.ts";

test("an answer is what git wrote, byte for byte, with its exit code", async () => {
  const bytes = Buffer.from([0, 0xff, 0x0a, 0xc3]);
  const environment = { PATH: process.env.PATH ?? "" };
  const input = bytes;
  const { code, stdout, stderr } = await askGit({
    words: ["stripspace", "--no-such-option"],
    environment,
    input,
  });
  expect({ code, stdout: stdout.length }).toEqual({ code: 129, stdout: 0 });
  expect(stderr).toContain("no-such-option");
  const hashed = await askGit({ words: ["hash-object", "--stdin"], environment, input });
  const id = createHash("sha1").update("blob 4\0").update(bytes).digest("hex");
  expect(hashed).toEqual({ code: 0, stdout: Buffer.from(`${id}\n`), stderr: "" });
});

test("many questions at once are answered each with its own", async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
  const answers = await Promise.all(
    texts.map((text) => tryGit(undefined, ["stripspace"], { input: text })),
  );
  expect(answers.map(({ stdout }) => stdout.toString("utf8"))).toEqual(
    texts.map((text) => `${text}\n`),
  );
});

test("a folder that this process stood in may be removed", async () => {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "millwright-git-process-"));
  process.chdir(folder);
  try {
    expect((await tryGit(undefined, ["stripspace"], { input: "one" })).code).toBe(0);
  } finally {
    process.chdir(before);
    rmdirSync(folder);
  }
  expect((await tryGit(undefined, ["stripspace"], { input: "two" })).code).toBe(0);
});

test("a program that is not there is an error", async () => {
  const asked = askGit({ words: ["version"], environment: { PATH: "/nonexistent" }, input: "" });
  await expect(asked).rejects.toThrow("git could not be started");
});
