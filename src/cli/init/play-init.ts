import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../command/context.ts";
import { terminalFor } from "../command/output.ts";
import { endOf, untilInterrupted } from "../command/until-interrupted.ts";
import { UsageError } from "../command/usage-error.ts";
import type { InitArguments } from "./arguments.ts";
import { silentChoices, terminalChoices } from "./choices.ts";
import type { Facts } from "./files.ts";
import { type InitOptions, openClone, runInit } from "./init.ts";
import { readAsked, showIntake } from "./intake/show-intake.ts";
import { findOwnPin } from "./own-pin.ts";
import type { Pin } from "./pin.ts";
import type { InitResult } from "./say-init.ts";
import { runUpgrade } from "./upgrade.ts";
import type { UpgradeArguments } from "./upgrade-arguments.ts";

const WITHOUT_KEY =
  "\nThere is no ANTHROPIC_API_KEY here. What is known of an issue without one, `millwright init --dry-run --issue FILE.md` says.";

/** Adds the factory, asking where a person sits at the terminal, and answers the exit code. */
export async function playInit(asked: InitArguments, context: Context): Promise<number> {
  const { millwright, environment } = context;
  const source = await openClone(asked.repo);
  refuseSilence(asked);
  const isSilent = asked.yes || asked.dryRun;
  const given = {
    arguments: asked,
    source,
    own: asked.pin === undefined ? await ownPin(millwright) : undefined,
    templates: await readTemplates(millwright),
    workflows: await readWorkflows(millwright),
    choices: isSilent ? silentChoices(asked) : terminalChoices(asked),
    environment,
  };
  return untilInterrupted(asked, (live) => initAndShow({ ...given, ...live }), endOf);
}

/** @throws UsageError where a person would have to be asked, and cannot be */
function refuseSilence({ yes, dryRun, json, quiet }: InitArguments): void {
  if (yes || dryRun) return;
  if (json || quiet) throw new UsageError(`${json ? "--json" : "--quiet"} cannot ask: add --yes`);
  if (process.stdin.isTTY === true) return;
  throw new UsageError("there is no terminal to ask on: add --yes, or preview with --dry-run");
}

/** Adds the factory, and says what is known of the issue that the caller names. */
async function initAndShow(options: InitOptions): Promise<InitResult> {
  const { environment, terminal, source } = options;
  const { issue, issues } = options.arguments;
  // Reports an unreadable file before anything is written.
  const asked =
    issue === undefined ? undefined : await readAsked({ source, issue, issues, environment });
  const { result, config } = await runInit(options);
  if (asked !== undefined) {
    return { ...result, intake: await showIntake(asked, { source, config, terminal }) };
  }
  if (!environment.ANTHROPIC_API_KEY) terminal.line(WITHOUT_KEY);
  return result;
}

/** Moves what init wrote to this version, and answers the exit code. */
export async function playUpgrade(
  asked: UpgradeArguments,
  { millwright, write }: Context,
): Promise<number> {
  const own = asked.pin === undefined ? await ownPin(millwright) : undefined;
  const [templates, workflows] = [await readTemplates(millwright), await readWorkflows(millwright)];
  return runUpgrade(asked, { own, templates, workflows, write, terminal: terminalFor(asked) });
}

async function ownPin(millwright: string): Promise<Pin | undefined> {
  const text = await readFile(join(millwright, "package.json"), "utf8");
  return findOwnPin(millwright, String(JSON.parse(text).version));
}

/** The reusable workflows of this version, and beside them its own: a copy is made of what the factory calls alone. */
async function readWorkflows(millwright: string): Promise<NonNullable<Facts["vendored"]>> {
  const folder = join(millwright, ".github/workflows");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yml")).sort();
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const),
  );
  return Object.fromEntries(texts);
}

async function readTemplates(millwright: string): Promise<Facts["templates"]> {
  const folder = join(millwright, "src/cli/init/templates");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yml")).sort();
  const forms = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const),
  );
  const workflow = await readFile(join(millwright, "workflow-templates/factory.yml"), "utf8");
  return { workflow, forms: Object.fromEntries(forms) };
}
