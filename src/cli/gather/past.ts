import { readIgnores } from "../../gatherers/documentation/ignores.ts";
import type { Checkout, Past, Removal } from "../../ports/checkout.ts";
import type { AskGit } from "../report/ask-git.ts";

/** A name is looked for in as many commits that changed how often it stands in a file. */
const MOST_COMMITS = 8;

/** What git tells of the time before a commit. Answers are kept: pages ask for the same names again. */
export function readPast(
  git: AskGit,
  { commit, checkout }: { readonly commit: string; readonly checkout: Checkout },
): Past {
  const removed = remembered((path) => removalOf(git, commit, path));
  const ignores = readIgnores(checkout);
  return {
    removed,
    removedFrom: (path, text, held) => removedText(git, commit, { path, text, held }),
    ignores,
  };
}

function remembered<Value>(
  ask: (path: string) => Promise<Value>,
): (path: string) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (path) => {
    const answer = known.get(path) ?? ask(path);
    known.set(path, answer);
    return answer;
  };
}

async function removalOf(git: AskGit, commit: string, path: string): Promise<Removal | undefined> {
  if (path === "") return undefined;
  const found = await lastCommit(git, commit, ["--diff-filter=D", "--", `:(literal)${path}`]);
  const [only] = found;
  if (only === undefined) return undefined;
  const now = await movedTo(git, only.commit, path);
  return { ...only, ...(now === undefined ? {} : { now }) };
}

type Dated = Pick<Removal, "commit" | "on">;

async function lastCommit(
  git: AskGit,
  commit: string,
  words: readonly string[],
  most = 1,
): Promise<readonly Dated[]> {
  const log = await git("log", `-${most}`, "--no-renames", "--format=%H %cs", commit, ...words);
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => ({ commit: line.slice(0, 40), on: line.slice(41) }));
}

/** Git's own judgement of what became of the file in the commit that removed it. */
async function movedTo(git: AskGit, commit: string, path: string): Promise<string | undefined> {
  const shown = await git(
    "show",
    "--format=",
    "--name-status",
    "-z",
    "-M",
    "-m",
    "--first-parent",
    commit,
  );
  const fields = shown.split("\0");
  const at = fields.findIndex((field, index) => /^R\d/.test(field) && fields[index + 1] === path);
  return at < 0 ? undefined : fields[at + 2];
}

async function removedText(
  git: AskGit,
  commit: string,
  asked: { readonly path: string; readonly text: string; readonly held: (text: string) => boolean },
): Promise<Removal | undefined> {
  const { path, text, held } = asked;
  const words = ["-S", text, "--", `:(literal)${path}`];
  const at = async (revision: string) => git("show", `${revision}:${path}`).catch(() => "");
  for (const one of await lastCommit(git, commit, words, MOST_COMMITS)) {
    if (!held(await at(one.commit)) && held(await at(`${one.commit}^`))) return one;
  }
  return undefined;
}
