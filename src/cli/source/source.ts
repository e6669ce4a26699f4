import { readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "../command/usage-error.ts";
import { findDefaultBranch, firstLine, gitIn, resolveWhole, type Source } from "./resolve-base.ts";
import { findUnreadable } from "./unreadable.ts";

/**
 * Finds the repository at a path and the commit to start from.
 * @throws UsageError that says what is wrong with the path or the revision and what to type
 */
export async function openSource(path: string, base: string | undefined): Promise<Source> {
  const directory = await realFolder(path);
  try {
    return await open(directory, { path, base });
  } catch (error) {
    const unreadable = await findUnreadable(directory);
    if (unreadable === undefined) throw error;
    throw new UsageError(
      `--repo: ${unreadable} cannot be read by this user; ask its owner, or run \`sudo chmod -R a+rX ${unreadable}\``,
    );
  }
}

async function open(
  directory: string,
  { path, base }: { readonly path: string; readonly base: string | undefined },
): Promise<Source> {
  const git = await locate(directory, path);
  refuseFormat(git.format, path);
  const shallow = await readFile(join(git.commonDirectory, "shallow"), "utf8").catch(
    () => undefined,
  );
  const { gitDirectory, commonDirectory, objects } = git;
  const commit = await resolveWhole(gitDirectory, { path, base, shallow: shallow !== undefined });
  const defaultBranch = await findDefaultBranch(gitDirectory);
  const places = { directory, gitDirectory, commonDirectory, objects };
  return { ...places, shallow, base: commit, defaultBranch };
}

async function realFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new UsageError(`--repo: there is no folder ${path}`);
  if (!found.isDirectory()) {
    throw new UsageError(`--repo: ${path} is a file; name the folder of a git repository`);
  }
  return realpath(path);
}

/** Why git refused it, unless it says only what the sentence before it says. */
function becauseOf(stderr: string): string {
  const line = firstLine(stderr);
  return line.startsWith("not a git repository") ? "" : ` (${line})`;
}

/** Of git's answer: four places and a way up, and what stands after the last line break. */
const MOST_LINES = 6;

async function locate(directory: string, path: string) {
  const words = ["rev-parse", "--absolute-git-dir", "--git-common-dir", "--git-path", "objects"];
  // The way up stands last: a bare repository has no line for it.
  const asked = await gitIn(directory, [...words, "--show-object-format", "--show-cdup"]);
  if (asked.code !== 0) {
    throw new UsageError(
      `--repo: ${path} is not a git repository${becauseOf(asked.stderr)}; make it one with \`git init && git add -A && git commit\``,
    );
  }
  const lines = asked.stdout.toString("utf8").split("\n");
  // Git says each place in a line, and quotes none.
  if (directory.includes("\n") || lines.length > MOST_LINES) {
    throw new UsageError(
      `--repo: a folder on the way to ${JSON.stringify(path)} has a line break in its name; rename the folder`,
    );
  }
  const [gitDirectory = "", common = "", objects = "", format = "", up = ""] = lines;
  if (up !== "") {
    throw new UsageError(
      `--repo: ${path} lies inside the repository ${await realpath(resolve(directory, up))}; name that one`,
    );
  }
  const absolute = (folder: string) =>
    realpath(isAbsolute(folder) ? folder : join(directory, folder));
  return {
    gitDirectory: await realpath(gitDirectory),
    commonDirectory: await absolute(common),
    objects: await absolute(objects),
    format,
  };
}

function refuseFormat(format: string, path: string): void {
  if (format === "sha1") return;
  throw new UsageError(
    `--repo: ${path} names its objects by ${format}; GitHub hosts repositories with sha1 alone`,
  );
}
