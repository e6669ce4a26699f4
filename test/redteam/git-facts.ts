import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { foldPath } from "../../src/domain/path.ts";
import type { MainCommit, SeenRefs, TreeChange } from "./observation.ts";

const run = promisify(execFile);

/** git in a bare repository of the twin; bytes stay bytes (latin1), nothing of the machine's config counts. */
async function git(gitDirectory: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await run("git", ["--git-dir", gitDirectory, ...words], {
    env: {
      PATH: process.env.PATH ?? "/usr/bin:/bin",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
    },
    encoding: "latin1",
    maxBuffer: 2 ** 28,
  });
  return stdout;
}

export async function readRefs(gitDirectory: string): Promise<ReadonlyMap<string, string>> {
  const bytes = await git(gitDirectory, "for-each-ref", "--format=%(refname) %(objectname)");
  const text = Buffer.from(bytes, "latin1").toString("utf8");
  const pairs = text.split("\n").filter(Boolean);
  return new Map(pairs.map((line) => line.split(" ") as [string, string]));
}

export async function readGitFacts(options: {
  readonly gitDirectory: string;
  readonly base: string;
  readonly before: ReadonlyMap<string, string>;
  readonly elsewhere: readonly string[];
}): Promise<SeenRefs> {
  const { gitDirectory, base, before, elsewhere } = options;
  const after = await readRefs(gitDirectory);
  const moved = [...after].filter(([, sha]) => sha !== base);
  const changes = await Promise.all(
    moved.map(async ([ref, sha]) =>
      parseRawDiff(
        ref,
        await git(gitDirectory, "diff-tree", "-r", "--raw", "-z", "--no-renames", base, sha),
      ),
    ),
  );
  const trees = await Promise.all(
    [...after].map(async ([ref, sha]) => {
      const tree = await git(gitDirectory, "rev-parse", `${sha}^{tree}`);
      return [ref, tree.trim()] as const;
    }),
  );
  const isQuiet = moved.length === 0;
  return {
    before,
    after,
    elsewhere,
    main: isQuiet ? [] : await readMain(gitDirectory, base),
    changes: changes.flat(),
    fsck: isQuiet ? "" : await readFsck(gitDirectory),
    twins: (await Promise.all(moved.map(([, sha]) => readTwins(gitDirectory, sha)))).flat(),
    objects: isQuiet ? "" : await readNewObjects(gitDirectory, base),
    trees: new Map(trees),
  };
}

async function readMain(gitDirectory: string, base: string): Promise<readonly MainCommit[]> {
  const format = "--format=%H %T %P";
  const text = await git(gitDirectory, "log", "--first-parent", format, `${base}..refs/heads/main`);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [sha = "", tree = "", ...parents] = line.split(" ");
      return { sha, tree, parents };
    });
}

/** Folded as HFS+ and NTFS would: an opinion on paths that is not ours. */
async function readFsck(gitDirectory: string): Promise<string> {
  const folding = ["-c", "core.protectHFS=true", "-c", "core.protectNTFS=true"];
  try {
    await git(gitDirectory, ...folding, "fsck", "--strict", "--no-dangling");
    return "";
  } catch (error) {
    const { stdout = "", stderr = "" } = error as {
      readonly stdout?: string;
      readonly stderr?: string;
    };
    return `${stdout}${stderr}`.trim();
  }
}

/** Paths of a commit, files and folders, that are one where case and normal form do not count. */
async function readTwins(gitDirectory: string, commit: string): Promise<readonly string[]> {
  const listed = await git(gitDirectory, "ls-tree", "-r", "-t", "-z", "--name-only", commit);
  const paths = Buffer.from(listed, "latin1").toString("utf8").split("\0").filter(Boolean);
  return [...Map.groupBy(paths, foldPath).values()]
    .filter((same) => same.length > 1)
    .map((same) => same.join(" and "));
}

async function readNewObjects(gitDirectory: string, base: string): Promise<string> {
  const listed = await git(gitDirectory, "rev-list", "--objects", "--all", `^${base}`);
  const ids = listed
    .split("\n")
    .filter(Boolean)
    .map((line) => line.slice(0, 40));
  const texts = await Promise.all(
    ids.map(async (id) => {
      const type = (await git(gitDirectory, "cat-file", "-t", id)).trim();
      return await git(gitDirectory, "cat-file", type, id);
    }),
  );
  return `${listed}\n${texts.join("\n")}`;
}

/** `:old new sha sha status NUL path NUL`, as bytes: never the text of a patch. */
export function parseRawDiff(ref: string, raw: string): readonly TreeChange[] {
  const parts = raw.split("\0").filter((part) => part !== "");
  const changes: TreeChange[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [oldMode = "", mode = ""] = (parts[index] ?? "").replace(/^:/, "").split(" ");
    const path = Buffer.from(parts[index + 1] ?? "", "latin1").toString("utf8");
    changes.push({ ref, path, mode, oldMode });
  }
  return changes;
}
