import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import type { StepRun } from "../../job/step-run.ts";
import { StepFailure } from "../../workflow/failures.ts";
import { gitEnvironment } from "../repository-files.ts";
import type { BuiltIn, BuiltInCall } from "./built-in-action.ts";

/** actions/checkout: a clone over HTTP with the job's token, as the real one makes it. */
export const checkout: BuiltIn = {
  name: "actions/checkout",
  inputs: {
    repository: "",
    ref: "",
    token: "",
    path: ".",
    "fetch-depth": "1",
    "fetch-tags": "false",
    filter: "",
    clean: "true",
    "persist-credentials": "true",
    "set-safe-directory": "true",
    "show-progress": "true",
    "allow-unsafe-pr-checkout": "false",
  },
  refused: {
    submodules: "false",
    lfs: "false",
    "ssh-key": "",
    "ssh-known-hosts": "",
    "sparse-checkout": "",
    "github-server-url": "",
  },
  run: runCheckout,
};

type Git = (...args: readonly string[]) => Promise<readonly string[]>;

interface Target {
  /** What is fetched, empty for a repository that has no commit. */
  readonly refspecs: readonly string[];
  /** Arguments of `git checkout`. */
  readonly checkout: readonly string[];
}

async function runCheckout(call: BuiltInCall): Promise<boolean> {
  const { job } = call.run.scope;
  const repository = call.input("repository") || job.repository;
  const folder = resolve(job.folders.workspace, call.input("path"));
  if (`${folder}${sep}`.startsWith(`${job.folders.workspace}${sep}`) === false) {
    throw new StepFailure(`Repository path '${folder}' is not under '${job.folders.workspace}'`);
  }
  const url = `${job.serverUrl}/${repository}`;
  const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${call.input("token") || job.token}`).toString("base64")}`;
  job.masker.add(header.slice("AUTHORIZATION: basic ".length));
  const git = gitIn(call.run, folder, { key: `http.${job.serverUrl}/.extraheader`, header });

  await prepareFolder(folder, git, call.input("clean") === "true");
  await git("remote", "add", "origin", url).catch(() => git("remote", "set-url", "origin", url));
  await git("config", "--local", "gc.auto", "0");
  const target = await chooseTarget(call, { git, own: repository === job.repository });
  await git("fetch", ...fetchOptions(call), "origin", ...target.refspecs);
  await git("checkout", "--progress", "--force", ...target.checkout);
  if (call.input("persist-credentials") === "true") {
    await persist(job.folders.temp, git, { key: `http.${job.serverUrl}/.extraheader`, header });
  }
  const [commit = ""] = await git("rev-parse", "HEAD");
  call.run.outputs.set("commit", commit);
  call.run.outputs.set("ref", call.input("ref") || job.ref);
  return true;
}

function fetchOptions(call: BuiltInCall): readonly string[] {
  const depth = Number(call.input("fetch-depth"));
  if (!Number.isInteger(depth) || depth < 0) {
    throw new StepFailure(`fetch-depth '${call.input("fetch-depth")}' is not a whole number`);
  }
  const filter = call.input("filter");
  return [
    "--prune",
    "--no-recurse-submodules",
    call.input("fetch-tags") === "true" ? "--tags" : "--no-tags",
    ...(depth === 0 ? [] : [`--depth=${depth}`]),
    ...(filter === "" ? [] : [`--filter=${filter}`]),
  ];
}

/** What to fetch and what to check out, by the rules of the real action's ref-helper. */
async function chooseTarget(
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

/** The commit of the event, under the name of the branch where it has one. */
function pinned(everything: readonly string[], ref: string, sha: string): Target {
  const branch = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : undefined;
  return branch === undefined
    ? { refspecs: [...everything, sha], checkout: ["--detach", sha] }
    : {
        // With all branches fetched, the branch has a place already, and it may have moved on.
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

async function prepareFolder(folder: string, git: Git, clean: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (existsSync(join(folder, ".git"))) {
    if (clean) {
      await git("clean", "-ffdx");
    }
    return;
  }
  for (const name of await readdir(folder)) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
  await git("init", "--quiet");
}

/** Since v6 the credential lies in a file under RUNNER_TEMP that the clone's configuration includes. */
async function persist(
  temp: string,
  git: Git,
  credential: { readonly key: string; readonly header: string },
): Promise<void> {
  const file = join(temp, `git-credentials-${randomUUID()}.config`);
  await writeFile(file, "", { mode: 0o600 });
  await git("config", "--file", file, credential.key, credential.header);
  await git("config", "--local", "include.path", file);
}

/** Runs git in the folder; the token travels in the environment, never in an argument. */
function gitIn(
  run: StepRun,
  folder: string,
  credential: { readonly key: string; readonly header: string },
): Git {
  const { job } = run.scope;
  return async (...args) => {
    const lines: string[] = [];
    const result = await job.keeper.run({
      command: "git",
      args,
      cwd: folder,
      signal: run.signal,
      onLine: (line) => lines.push(line),
      env: {
        ...gitEnvironment(),
        HOME: job.folders.home,
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: credential.key,
        GIT_CONFIG_VALUE_0: credential.header,
      },
    });
    if (result.exitCode !== 0) {
      throw new StepFailure(`git ${args[0]} failed: ${lines.join("\n") || result.error}`);
    }
    return lines;
  };
}
