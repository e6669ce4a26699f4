import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { chooseNetworkEnvironment } from "../../adapters/sandbox/toolchains/network-environment.ts";
import { SHARED_FILE } from "../../control/observed/config-text.ts";
import { layApart } from "../../twin/lay-apart.ts";
import { type CreateRunner, FACTORY_FILE, OWNER, type Twin } from "../../twin/shape.ts";
import { startTwin } from "../../twin/twin.ts";
import { UsageError } from "../command/usage-error.ts";
import type { DemoModel } from "../shared/choose-model.ts";
import type { Progress } from "../shared/progress.ts";
import type { Scaffold } from "../shared/scaffold.ts";
import { secretsFor } from "../shared/twin-secrets.ts";
import { CONFIG_FILE } from "../source/choose-config.ts";
import type { ChosenConfig } from "../source/config.ts";
import type { Source } from "../source/resolve-base.ts";

/** Ten jobs of a large repository leave some GiB behind: with less than this free, in bytes, each job is tidied up at once. */
const KEEP_JOBS_ABOVE = 16 * 2 ** 30;

/** A twin that stands in for the repository, adopted by the factory, and nothing else on it yet. */
export interface Scene {
  readonly twin: Twin;
  /** OWNER/NAME on the twin. */
  readonly repository: string;
}

/** Raises the twin and puts the caller workflow and the config on the base, as the person who adopts would. */
export async function setScene(
  options: {
    readonly millwright: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly runner?: CreateRunner;
  },
  parts: {
    readonly scaffold: Scaffold;
    readonly model: DemoModel;
    readonly source: Source;
    readonly chosen: ChosenConfig;
    readonly progress: Progress;
  },
): Promise<Scene> {
  const { scaffold, model, source, chosen, progress } = parts;
  refuseBranch(source.defaultBranch);
  // Workspaces lie where the person has room, and go with the scaffold however a worker ends.
  const temporary = join(scaffold.directory, "tmp");
  await mkdir(temporary);
  await layApart([temporary]);
  const twin = scaffold.add(
    await startTwin({
      directory: scaffold.directory,
      millwright: options.millwright,
      node: process.execPath,
      secrets: secretsFor(model),
      // A worker on a runner of this machine would find these in its own environment.
      environment: {
        ...chooseNetworkEnvironment(options.environment, chosen.config.sandbox.read).variables,
        TMPDIR: temporary,
        ...(model.url && { ANTHROPIC_BASE_URL: model.url }),
      },
      keepJobsAbove: KEEP_JOBS_ABOVE,
      ...(options.runner && { runner: options.runner }),
      onProgress: (event) => progress.onRunner(event),
    }),
  );
  progress.follow(() => twin.runner.runs());
  const template = join(options.millwright, "workflow-templates/factory.yml");
  const repository = `${OWNER}/${nameOf(source.directory)}`;
  const { objects, shallow, base, defaultBranch } = source;
  await twin.adopt(repository, {
    ...{ objects, shallow, base, defaultBranch },
    files: [
      { path: FACTORY_FILE, content: await readFile(template, "utf8") },
      { path: CONFIG_FILE, content: chosen.text },
    ],
    message: "Adopt the factory",
  });
  if (chosen.shared !== undefined) await hostShared(twin, scaffold.directory, chosen.shared);
  return { twin, repository };
}

/** The repository of the organization, with only its file: control reads it in each run. */
async function hostShared(
  twin: Twin,
  directory: string,
  shared: NonNullable<ChosenConfig["shared"]>,
): Promise<void> {
  const folder = join(directory, "shared-config");
  await mkdir(folder);
  await writeFile(join(folder, SHARED_FILE), shared.text);
  await twin.host(shared.repository, folder);
}

/** Git keeps a branch as a file and `factory/1-1` in a folder: both cannot have one name. */
function refuseBranch(branch: string): void {
  if (branch !== "factory") return;
  throw new UsageError(
    "--repo: its default branch is called factory, and the factory's own branches are factory/<issue>-<attempt>: git cannot hold both; rehearse a clone whose branch has another name",
  );
}

/** GitHub's rule for names of repositories; whatever a folder is called, something of it stays. */
function nameOf(directory: string): string {
  const plain = basename(directory)
    .replace(/\.git$/, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[.-]+|[.-]+$/g, "")
    .slice(0, 100);
  return plain === "" || plain === "millwright" ? "rehearsal" : plain;
}
