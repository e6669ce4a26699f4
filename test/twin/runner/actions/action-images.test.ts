import { execFileSync } from "node:child_process";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ActionImages,
  createActionImages,
} from "../../../../src/twin/runner/actions/action-images.ts";
import { gitEnvironment } from "../../../../src/twin/runner/actions/repository-files.ts";

let directory: string;
let id: string;
let jobs = 0;

function git(...words: readonly string[]): string {
  const env = {
    ...gitEnvironment(),
    GIT_AUTHOR_NAME: "A",
    GIT_AUTHOR_EMAIL: "a@example.com",
    GIT_COMMITTER_NAME: "A",
    GIT_COMMITTER_EMAIL: "a@example.com",
  };
  return execFileSync("git", words, { cwd: join(directory, "source"), env, encoding: "utf8" });
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "millwright-images-"));
  const source = join(directory, "source");
  await mkdir(join(source, "deep/er"), { recursive: true });
  await writeFile(join(source, "action.yml"), "name: a\n");
  await writeFile(join(source, "deep/er/run.sh"), "true\n", { mode: 0o755 });
  await writeFile(join(source, "notes.md"), "kept back\n");
  await writeFile(join(source, ".gitattributes"), "notes.md export-ignore\n");
  await symlink("deep/er/run.sh", join(source, "link"));
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Begin");
  id = git("rev-parse", "HEAD").trim();
});

afterAll(() => rm(directory, { recursive: true, force: true }));

async function job(images: ActionImages): Promise<string> {
  jobs += 1;
  const folder = join(directory, `job-${jobs}`);
  await images.lay({ gitDirectory: join(directory, "source/.git"), id }, folder);
  return folder;
}

function freshImages(): ActionImages {
  return createActionImages(join(directory, `images-${jobs}`));
}

describe("the actions of a job", () => {
  test("are the files of the commit, modes and links included, without what export-ignore names", async () => {
    const folder = await job(freshImages());
    const found = await readdir(folder, { recursive: true });
    expect(found.sort()).toEqual([
      ".gitattributes",
      "action.yml",
      "deep",
      "deep/er",
      "deep/er/run.sh",
      "link",
    ]);
    expect((await stat(join(folder, "deep/er/run.sh"))).mode & 0o100).toBe(0o100);
    expect(await readlink(join(folder, "link"))).toBe("deep/er/run.sh");
  });

  test("come whole to two jobs that begin at once", async () => {
    const images = freshImages();
    for (const folder of await Promise.all([job(images), job(images)])) {
      expect(await readFile(join(folder, "action.yml"), "utf8")).toBe("name: a\n");
    }
  });

  test("that a job adds or removes are its own affair", async () => {
    const images = freshImages();
    const first = await job(images);
    await rm(join(first, "action.yml"));
    await writeFile(join(first, "deep/new"), "new\n");
    const second = await job(images);
    expect(await readFile(join(second, "action.yml"), "utf8")).toBe("name: a\n");
    expect(await readdir(join(second, "deep"))).toEqual(["er"]);
  });

  test.each(["name: evil\n", "name: b\n"])(
    "that a job writes into reach no later job: %j",
    async (content) => {
      const images = freshImages();
      const first = await job(images);
      await writeFile(join(first, "action.yml"), content);
      for (const later of await Promise.all([job(images), job(images)])) {
        expect(await readFile(join(later, "action.yml"), "utf8")).toBe("name: a\n");
      }
    },
  );

  test("that a job cannot get are asked for again by the next", async () => {
    const images = freshImages();
    const missing = { gitDirectory: join(directory, "later/.git"), id };
    await expect(images.lay(missing, join(directory, "nowhere"))).rejects.toThrow("git");
    git("clone", "--quiet", ".", join(directory, "later"));
    await images.lay(missing, join(directory, "somewhere"));
    expect(await readdir(join(directory, "somewhere"))).toContain("action.yml");
  });
});
