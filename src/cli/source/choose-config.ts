import { lookForToolchains } from "../../adapters/sandbox/toolchains/look-for-toolchains.ts";
import { counted } from "../../wording/figures.ts";
import { readNamedFile } from "../command/named-file.ts";
import { filesToRead } from "../propose-config/files-to-read.ts";
import { joinProjects } from "../propose-config/projects/join.ts";
import {
  NO_HARNESS,
  type ProposedConfig,
  proposeConfig,
} from "../propose-config/propose-config.ts";
import { renderConfig } from "../propose-config/render-config.ts";
import { belowShared } from "./below-shared.ts";
import { type ChosenConfig, readChosen } from "./config.ts";
import type { Asking } from "./read-shared.ts";
import { refuseEmpty, refuseUnusable } from "./refuse-checks.ts";
import type { Survey } from "./survey.ts";
import { requireSandbox, type Trial, tryAloud } from "./try-aloud.ts";
import type { TriedCheck } from "./try-checks.ts";
import { tryProjects } from "./try-projects.ts";

export const CONFIG_FILE = ".github/factory.yml";

interface Given extends Trial {
  /** A file that the caller named. */
  readonly given: string | undefined;
  /** Whether the checks of a config that somebody wrote run once on the base, before a model is asked. */
  readonly tries: boolean;
  readonly survey: Survey;
  /** Where this machine's toolchains are looked for, as in the environment. */
  readonly path: string;
  /** Who asks for the file that `extends` names. Absent: the repository's own word counts alone. */
  readonly asking?: Asking;
}

/** A config, and how its checks went on the base; none where they were not tried. */
export interface TriedConfig extends ChosenConfig {
  readonly tried: readonly TriedCheck[];
}

/**
 * The config that is given, else the one that stands at the base, else one proposed by looking, of which only those checks
 * are kept that ran on the base. Says on the terminal which it is, and how each check went.
 * @throws UsageError when a config is not one; Error when this machine has no sandbox, or no check would prove anything
 */
export async function chooseConfig(options: Given): Promise<TriedConfig> {
  const { survey, progress } = options;
  const stated = (await readGiven(options.given)) ?? (await readFound(survey));
  if (stated === undefined) return propose(options);
  progress.fact("config", stated.said);
  // Any program may be called; of those for other languages than the repository's own nothing is said.
  const { toolchains: told } = await proposeFor(survey);
  const toolchains = await toolchainsOf(options, { told });
  const own = readChosen(stated.text, { ...stated, toolchains });
  const { asking } = options;
  const chosen =
    asking === undefined ? own : await belowShared(own, { asking, toolchains, progress });
  if (!options.tries) {
    await requireSandbox(chosen);
    return { ...chosen, tried: [] };
  }
  const tried = await tryAloud(options, { chosen, seen: () => undefined });
  refuseUnusable(tried, { name: stated.name, progress, terminal: options.terminal });
  return { ...chosen, tried };
}

async function toolchainsOf(
  { path, progress, terminal }: Pick<Given, "path" | "progress" | "terminal">,
  { programs, told }: { readonly [Key in "programs" | "told"]?: readonly string[] | undefined },
): Promise<readonly string[]> {
  const { folders, notes } = await lookForToolchains({
    path,
    ...(programs && { programs }),
    ...(told && { told }),
  });
  for (const note of notes) progress.fact("", terminal.style("dim", note));
  return folders;
}

/** A config that somebody wrote, and how it is called on the terminal and in an error. */
interface Stated {
  readonly origin: "given" | "found";
  readonly text: string;
  readonly said: string;
  readonly name: string;
}

async function readGiven(path: string | undefined): Promise<Stated | undefined> {
  if (path === undefined) return undefined;
  const text = (await readNamedFile("--config", path)).toString("utf8");
  return { origin: "given", text, said: path, name: `--config: ${path}` };
}

async function readFound(survey: Survey): Promise<Stated | undefined> {
  const text = await survey.read(CONFIG_FILE);
  const said = `${CONFIG_FILE}, as it stands at the base`;
  return text === undefined ? undefined : { origin: "found", text, said, name: CONFIG_FILE };
}

async function propose(options: Given): Promise<TriedConfig> {
  const { progress, terminal } = options;
  const { proposed, kept, tried, toolchains, about } = await proposeTried(options);
  refuseEmpty(kept, proposed);
  const notes = kept.harness.length === 0 ? [...kept.notes, NO_HARNESS] : kept.notes;
  const text = renderConfig({ ...kept, notes }, { read: toolchains });
  progress.fact("proposed", sayProposed(kept, toolchains));
  progress.fact("", terminal.style("dim", `to see it whole, ${SEE_WHOLE}`));
  return { ...readChosen(text, about), tried };
}

const SEE_WHOLE = "run `millwright init --dry-run` in a clone";

/** What stands in a proposed config, by its keys. */
function sayProposed({ checks, harness }: ProposedConfig, toolchains: readonly string[]): string {
  const names = [...new Set(checks.map(({ name }) => name))].join(", ");
  return [
    `the ${checks.length === 1 ? "check" : "checks"} ${names}`,
    ...(harness.length === 0 ? [] : [`${counted(harness.length, "file")} of instructions`]),
    ...(toolchains.length === 0
      ? []
      : [`${counted(toolchains.length, "folder")} of this machine's toolchains`]),
  ].join("; ");
}

/** What was found by looking, and what of it ran on the base. */
export async function proposeTried(options: Omit<Given, "given" | "tries" | "asking">) {
  const { survey, progress, terminal } = options;
  const proposed = proposeConfig(await lookAt(survey));
  progress.fact("config", "proposed; each check runs once on the base before it is used");
  const toolchains = await toolchainsOf(options, { programs: proposed.toolchains });
  const about = { origin: "proposed", name: "the proposed config", toolchains } as const;
  for (const note of proposed.notes) progress.fact("", terminal.style("dim", note));
  const { kept, tried } = await tryProjects(options, { proposed, toolchains, about });
  return { proposed, kept, tried, toolchains, about };
}

/** What is found by looking alone. */
export async function proposeFor(survey: Survey): Promise<ProposedConfig> {
  const proposed = proposeConfig(await lookAt(survey));
  return { ...proposed, notes: [...proposed.notes, ...joinProjects(proposed.projects).notes] };
}

/** What the proposal is made from: every path, and the text of the few files that say how a repository is built. */
async function lookAt(survey: Survey): Promise<Parameters<typeof proposeConfig>[0]> {
  const wanted = filesToRead(survey.entries.map(({ path }) => path));
  const texts = new Map<string, string | undefined>();
  for (const path of wanted) texts.set(path, await survey.read(path));
  return { files: survey.entries, read: (path) => texts.get(path) };
}
