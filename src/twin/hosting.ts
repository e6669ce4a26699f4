import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TwinGitHub } from "./github/twin-github.ts";
import { layApart } from "./lay-apart.ts";
import { MILLWRIGHT, OWNER, type Twin, type TwinOptions } from "./shape.ts";

export const run = promisify(execFile);

/** Creates repositories of the owner, each with the secrets and variables of the twin. */
export function createHosting(github: TwinGitHub, options: TwinOptions) {
  const directories = new Map<string, string>();
  const secrets: Record<string, Record<string, string>> = {};
  const variables: Record<string, Record<string, string>> = {};
  return {
    directories,
    secrets,
    variables,
    async create(fullName: string, defaultBranch: string): Promise<string> {
      const { gitDirectory } = await github.createRepository(fullName, {
        defaultBranch,
        collaborators: { ...options.collaborators, [OWNER]: "admin" },
        canApprovePullRequests: true,
      });
      directories.set(fullName, gitDirectory);
      secrets[fullName] = { ...options.secrets };
      variables[fullName] = { ...options.variables };
      return gitDirectory;
    },
  };
}

/** The folders of a twin: bare repositories, and scratch for artifacts and, where it has jobs, for those. */
export async function layFolders(directory: string, hasJobs: boolean) {
  const folders = { bare: join(directory, "repositories"), scratch: join(directory, "runner") };
  const jobs = join(folders.scratch, "jobs");
  for (const folder of [...Object.values(folders), jobs]) await mkdir(folder, { recursive: true });
  if (hasJobs) await layApart([jobs]);
  return folders;
}

/** Only the parts of this project that callers can reference: its actions and its workflows. */
export async function hostMillwright(twin: Twin, directory: string): Promise<void> {
  const gitDirectory = await twin.host(MILLWRIGHT.repository, directory, [
    "actions",
    ".github/workflows",
  ]);
  await run("git", ["--git-dir", gitDirectory, "tag", MILLWRIGHT.version, "main"]);
}
