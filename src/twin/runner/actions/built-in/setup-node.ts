import { existsSync, realpathSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BuiltIn, BuiltInCall } from "./built-in-action.ts";

/** actions/setup-node: puts the twin's own Node first on PATH, whatever version is requested. */
export const setupNode: BuiltIn = {
  name: "actions/setup-node",
  inputs: {
    "node-version": "",
    "node-version-file": "",
    "check-latest": "false",
    architecture: "",
    token: "",
    "package-manager-cache": "true",
  },
  // There is no cache service, so a workflow that relies on one would behave differently here.
  refused: { cache: "", "registry-url": "", scope: "", "always-auth": "false", mirror: "" },
  run: runSetupNode,
};

async function runSetupNode(call: BuiltInCall): Promise<boolean> {
  const { job } = call.run.scope;
  const node = realpathSync(job.node);
  const { lines, exitCode } = await versionOf(call, node);
  const version = lines[0] ?? "";
  if (exitCode !== 0 || !version.startsWith("v")) {
    call.run.console.error(`${node} is no Node: ${lines.join(" ")}`);
    return false;
  }
  const folder = join(job.folders.tools, "node", version.slice(1), process.arch, "bin");
  if (!existsSync(folder)) {
    await mkdir(folder, { recursive: true });
    await symlink(node, join(folder, "node"));
    for (const name of ["npm", "npx", "corepack"]) {
      const sibling = join(dirname(node), name);
      if (existsSync(sibling)) {
        await symlink(sibling, join(folder, name));
      }
    }
  }
  job.path.unshift(folder);
  call.run.outputs.set("node-version", version);
  call.run.outputs.set("cache-hit", "false");
  const asked = call.input("node-version").replace(/^v/, "");
  if (/^\d/.test(asked) && asked.split(".")[0] !== version.slice(1).split(".")[0]) {
    call.run.console.warning(`Node ${asked} was asked for; the twin has ${version} and uses it`);
  }
  return true;
}

async function versionOf(
  call: BuiltInCall,
  node: string,
): Promise<{ readonly lines: readonly string[]; readonly exitCode: number }> {
  const { job } = call.run.scope;
  const lines: string[] = [];
  const result = await job.keeper.run({
    command: node,
    args: ["--version"],
    cwd: job.folders.temp,
    env: { HOME: job.folders.home },
    signal: call.run.signal,
    onLine: (line) => lines.push(line),
  });
  return { lines, exitCode: result.exitCode };
}
