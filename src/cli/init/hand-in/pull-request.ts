import { z } from "zod";
import { UsageError } from "../../command/usage-error.ts";
import type { NextStep } from "../github/next-step.ts";
import { type Gh, isSignedIn } from "../github/set-up.ts";
import { TITLE } from "./message.ts";
import { gitAsOwner, type OwnGit, reasonOf, wordsOf } from "./own-git.ts";
import { quoted } from "./quoted.ts";

/** What came of the pull request. */
export interface OpenedPull {
  /** `there`: it was opened before, for this very commit. `left`: it is for a person, because of `because`. */
  readonly fate: "opened" | "there" | "left" | "planned";
  readonly url?: string;
  readonly because?: string;
}

const BODY = "Written by millwright init. Read it before you merge it.";

/** The two commands that a person types where this is left to them. */
export function pullSteps(branch: string, remote: string): readonly NextStep[] {
  return [
    { what: "Push the branch", command: `git push ${quoted(remote)} ${quoted(branch)}` },
    {
      what: "Open the pull request, read it, and merge it",
      command: `gh pr create --head ${quoted(branch)} --title "${TITLE}" --body "${BODY}"`,
    },
  ];
}

/**
 * The remote that git would push a new branch to (git-push: remote.pushDefault, then origin), or the only one.
 * @throws UsageError where there is none, or several and none of them named
 */
export async function findRemote(own: OwnGit): Promise<string> {
  const [named, listed] = [
    wordsOf(await gitAsOwner(own, ["config", "--get", "remote.pushDefault"])),
    wordsOf(await gitAsOwner(own, ["remote"])),
  ];
  const remotes = listed.split("\n").filter(Boolean);
  if (remotes.includes(named)) return named;
  const [only] = remotes;
  if (remotes.includes("origin")) return "origin";
  if (only !== undefined && remotes.length === 1) return only;
  throw new UsageError(
    remotes.length === 0
      ? "--pull-request: this clone has no remote; add it with `git remote add origin URL`, or use --branch"
      : "--pull-request: this clone has several remotes; name one with `git config remote.pushDefault NAME`",
  );
}

/**
 * A push publishes all that the branch is made from: commits that only this clone has are for the person to push.
 * @param about.base where the branch begins
 * @throws UsageError where it has some
 */
export async function refuseUnpublished(
  own: OwnGit,
  { remote, base }: { readonly remote: string; readonly base: string },
): Promise<void> {
  const words = ["rev-list", "--count", base, "--not", `--remotes=${remote}`];
  const count = Number(wordsOf(await gitAsOwner(own, words)));
  if (count === 0) return;
  throw new UsageError(
    `--pull-request: ${count} ${count === 1 ? "commit" : "commits"} before the branch would be pushed, too, because ${remote} does not have ${count === 1 ? "it" : "them"}; push first, or run \`git fetch ${remote}\` if it does`,
  );
}

const Listed = z.array(z.object({ url: z.string(), headRefOid: z.string() }));

/** Pushes the branch, and opens its pull request by `gh`, once for a commit. It never forces a push. */
export async function openPull(
  gh: Gh,
  about: {
    readonly own: OwnGit;
    readonly branch: string;
    readonly remote: string;
    readonly commit: string;
  },
): Promise<OpenedPull> {
  const { own, branch, remote, commit } = about;
  if (!(await isSignedIn(gh))) return left("gh is not there, or not signed in");
  const refspec = `refs/heads/${branch}:refs/heads/${branch}`;
  const asked = ["pr", "list", "--head", branch, "--state", "all", "--json", "url,headRefOid"];
  const before = await gh(asked);
  const known = before.code === 0 ? listIn(before.stdout) : undefined;
  if (known === undefined) return left(`gh did not list the pull requests: ${lineOf(before)}`);
  const same = known.find(({ headRefOid }) => headRefOid === commit);
  if (same !== undefined) return { fate: "there", url: same.url };
  const pushed = await gitAsOwner(own, ["push", "--quiet", remote, refspec]);
  if (pushed.code !== 0) return left(`git did not push the branch: ${reasonOf(pushed)}`);
  const words = ["pr", "create", "--head", branch, "--title", TITLE, "--body", BODY];
  const created = await gh(words);
  const url = /https:\/\/\S+/.exec(created.stdout)?.[0];
  if (created.code !== 0) return left(`gh did not open it: ${lineOf(created)}`);
  return url === undefined ? { fate: "opened" } : { fate: "opened", url };
}

function left(because: string): OpenedPull {
  return { fate: "left", because };
}

function lineOf({ stderr }: { readonly stderr: string }): string {
  return stderr.trim().split("\n")[0]?.slice(0, 200) || "it gave no reason";
}

function listIn(text: string): z.infer<typeof Listed> | undefined {
  try {
    return Listed.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
