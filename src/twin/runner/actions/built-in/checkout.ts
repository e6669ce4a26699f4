import { Buffer } from "node:buffer";
import { resolve, sep } from "node:path";
import { StepFailure } from "../../workflow/failures.ts";
import type { BuiltIn, BuiltInCall } from "./built-in-action.ts";
import { fetchOptions, gitIn, persist, prepareFolder } from "./checkout-git.ts";
import { chooseTarget } from "./checkout-target.ts";

/** actions/checkout: a clone over HTTP with the job's token, like the real one. */
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
