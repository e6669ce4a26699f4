import { setupCommand } from "../../../domain/config/check.ts";
import type { ProgramProbe } from "../../../domain/config/probe.ts";
import { hostsOf, programProbeOf } from "../../../domain/config/probe.ts";
import type { Config } from "../../../domain/config/schema.ts";
import { canonicalJson, type ObjectId } from "../../../domain/digest.ts";
import type { Refusal } from "../../../domain/refusal.ts";
import { withoutEscapes } from "../../../domain/text/without-escapes.ts";
import type { Repository } from "../../../ports/repository.ts";
import type { Sandbox, SandboxResult, Workspace } from "../../../ports/sandbox.ts";
import { CHECK_SECONDS } from "../../checks/check.ts";
import { CONFIG_FILE, readBaseConfig } from "./base-config.ts";

/** Needs of program probes: the checkout of the commit on which the change was made, and a sandbox. */
export interface Tools {
  readonly repository: Repository;
  readonly sandbox: Sandbox;
  close(): Promise<void>;
}
export type OpenTools = () => Promise<Tools | { readonly refusal: Refusal }>;

/** A tree from before the change, ready to run programs. Its own config decides the probes and the installation. */
export interface Prepared {
  readonly from: ObjectId;
  readonly repository: Repository;
  readonly workspace: Workspace;
  readonly config: Config;
  close(): Promise<void>;
}

/** A text: why no program can run at all. */
export type Preparing = Prepared | string;

/**
 * Prepares the tree of `from` in a sandbox, with its own `setup`. It has no byte of the change: neither its files, nor
 * its config, nor its dependencies. Never rejects, because a failure here is not the change's.
 */
export async function prepare(
  from: ObjectId | undefined,
  open: OpenTools | undefined,
): Promise<Preparing> {
  if (from === undefined || open === undefined) {
    return "nothing to run programs with";
  }
  try {
    const tools = await open();
    if ("refusal" in tools) return `no sandbox: ${sayRefused(tools.refusal)}`;
    const preparing = await fill(from, tools).catch(sayError);
    if (typeof preparing === "string") await tools.close();
    return preparing;
  } catch (error) {
    return sayError(error);
  }
}

async function fill(from: ObjectId, tools: Tools): Promise<Preparing> {
  const { repository, sandbox } = tools;
  const config = await readBaseConfig(repository, from);
  if (config === undefined) return `${CONFIG_FILE} cannot be read at ${from.slice(0, 7)}`;
  const workspace = await sandbox.workspace((folder) => repository.materialize(from, folder));
  const end = () => workspace.close();
  const fault = await setUp(workspace, config).catch(sayError);
  if (fault !== undefined) {
    await end();
    return `setup failed at ${from.slice(0, 7)}: ${fault}${sayUnread(config)}`;
  }
  try {
    await workspace.keep();
  } catch (error) {
    await end();
    throw error;
  }
  const close = () => end().finally(tools.close);
  return { from, repository, workspace, config, close };
}

/** Only control reads the organization's file, so a `setup` from there is not known here. */
function sayUnread({ extends: from }: Config): string {
  return from === undefined ? "" : ` (what ${from} states of setup is not read here)`;
}

export function sayError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sayRefused({ code, found }: Refusal): string {
  return found === undefined ? code : `${code}: ${found}`;
}

/** The network is open, so only base bytes are there (DESIGN §5.3). */
async function setUp(workspace: Workspace, { checks }: Config): Promise<string | undefined> {
  if (checks.setup === undefined) return undefined;
  const timeoutMs = (checks.setup.timeoutSeconds ?? CHECK_SECONDS) * 1_000;
  const result = await workspace.run({ ...setupCommand(checks.setup), timeoutMs });
  return result.exitCode === 0 ? undefined : sayEnd(result);
}

/** In characters. A tool reports its error last, but not always in its last line. */
const TAIL = 420;

/** How a command ended, with its last output. */
export function sayEnd({ status, exitCode, durationMs, output }: SandboxResult): string {
  const how =
    status === "timed-out"
      ? "not done in time"
      : exitCode === null
        ? "ended from outside"
        : `exit code ${exitCode}`;
  const last = withoutEscapes(output).replaceAll(/\s+/g, " ").trim().slice(-TAIL).toWellFormed();
  const took = `${how} after ${Math.round(durationMs)} ms`;
  return last === "" ? took : `${took}: ${last}`;
}

/** Hosts that the same probe may reach by the config before the change; undefined if that has no such probe. */
export function hostsBefore(
  { smoke }: Pick<Config, "smoke">,
  wanted: ProgramProbe,
): readonly string[] | undefined {
  const same = smoke.probes
    .flatMap((probe) => programProbeOf(probe) ?? [])
    .find((probe) => canonicalJson(probe) === canonicalJson(wanted));
  return same === undefined ? undefined : hostsOf(smoke, same);
}
