import { StepFailure } from "../../workflow/failures.ts";
import type { BuiltInCall } from "./built-in-action.ts";
import type { Git } from "./checkout-git.ts";

interface Target {
  /** Refs to fetch; empty for a repository without a commit. */
  readonly refspecs: readonly string[];
  /** Arguments of `git checkout`. */
  readonly checkout: readonly string[];
}

/** Refs to fetch and to check out, by the rules of the real action's ref-helper. */
export async function chooseTarget(
  call: BuiltInCall,
  options: { readonly git: Git; readonly own: boolean },
): Promise<Target> {
  const { job } = call.run.scope;
  const everything =
    call.input("fetch-depth") === "0"
      ? ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]
      : [];
  const asked = call.input("ref");
  if (/^[0-9a-f]{40}$/.test(asked)) {
    return { refspecs: [...everything, asked], checkout: ["--detach", asked] };
  }
  if (asked === "" && options.own) {
    return pinned(everything, job.ref, job.sha);
  }
  const ref = await remoteRef(options.git, asked);
  const branch = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : undefined;
  const local = branch === undefined ? ref : `refs/remotes/origin/${branch}`;
  return {
    refspecs: [...everything, `+${ref}:${local}`],
    checkout: branch === undefined ? ["--detach", local] : ["-B", branch, local],
  };
}

/** The commit of the event, under the name of its branch, if any. */
function pinned(everything: readonly string[], ref: string, sha: string): Target {
  const branch = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : undefined;
  return branch === undefined
    ? { refspecs: [...everything, sha], checkout: ["--detach", sha] }
    : {
        // With all branches fetched, the branch already exists, and may have moved on.
        refspecs:
          everything.length > 0 ? [...everything, sha] : [`+${sha}:refs/remotes/origin/${branch}`],
        checkout: ["-B", branch, sha],
      };
}

async function remoteRef(git: Git, asked: string): Promise<string> {
  const lines = await git("ls-remote", "--symref", "origin");
  const head = lines.map((line) => /^ref: (\S+)\s+HEAD$/.exec(line)?.[1]).find(Boolean);
  const refs = lines.map((line) => line.split("\t")[1] ?? "");
  const candidates = asked === "" ? [head] : [asked, `refs/heads/${asked}`, `refs/tags/${asked}`];
  const found = candidates.find((name) => name?.startsWith("refs/") && refs.includes(name));
  if (found === undefined) {
    throw new StepFailure(
      `A branch or tag with the name '${asked}' could not be found. It has to be pushed first.`,
    );
  }
  return found;
}
