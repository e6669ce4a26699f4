import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../command/context.ts";
import { endOf, untilInterrupted } from "../command/until-interrupted.ts";
import { UsageError } from "../command/usage-error.ts";
import type { InitArguments } from "./arguments.ts";
import { silentChoices, terminalChoices } from "./choices.ts";
import type { Facts } from "./files.ts";
import { runInit } from "./init.ts";
import { findOwnPin } from "./own-pin.ts";
import { runUpgrade } from "./upgrade.ts";
import type { UpgradeArguments } from "./upgrade-arguments.ts";

/** Adds the factory, asking where a person sits at the terminal, and answers the exit code. */
export async function playInit(asked: InitArguments, context: Context): Promise<number> {
  const { millwright, environment } = context;
  if (!asked.yes && !asked.dryRun && process.stdin.isTTY !== true) {
    throw new UsageError("there is no terminal to ask on: add --yes, or preview with --dry-run");
  }
  const isSilent = asked.yes || asked.dryRun;
  const given = {
    arguments: asked,
    own: await findOwnPin(millwright, await versionOf(millwright)),
    templates: await readTemplates(millwright),
    choices: isSilent ? silentChoices(asked.firstDay) : terminalChoices(asked.firstDay),
    environment,
  };
  return untilInterrupted(asked, (live) => runInit({ ...given, ...live }), endOf);
}

/** Moves what init wrote to this version, and answers the exit code. */
export async function playUpgrade(
  asked: UpgradeArguments,
  { millwright, write }: Context,
): Promise<number> {
  const own = await findOwnPin(millwright, await versionOf(millwright));
  return runUpgrade(asked, { own, templates: await readTemplates(millwright), write });
}

async function versionOf(millwright: string): Promise<string> {
  const text = await readFile(join(millwright, "package.json"), "utf8");
  return String(JSON.parse(text).version);
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
