import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StepRun } from "../../job/step-run.ts";
import { StepFailure } from "../../workflow/failures.ts";
import { gitEnvironment } from "../repository-files.ts";
import type { BuiltInCall } from "./built-in-action.ts";

export type Git = (...args: readonly string[]) => Promise<readonly string[]>;

export function fetchOptions(call: BuiltInCall): readonly string[] {
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

export async function prepareFolder(folder: string, git: Git, clean: boolean): Promise<void> {
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

/** Since v6 the credential is in a file under RUNNER_TEMP that the clone's configuration includes. */
export async function persist(
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
export function gitIn(
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
