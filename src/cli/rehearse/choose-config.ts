import { readFile } from "node:fs/promises";
import { createSandbox } from "../../adapters/sandbox/sandbox.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Sandbox } from "../../ports/sandbox.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { filesToRead } from "../propose-config/files-to-read.ts";
import { type ProposedConfig, proposeConfig } from "../propose-config/propose-config.ts";
import { renderConfig } from "../propose-config/render-config.ts";
import type { Progress } from "../shared/progress.ts";
import type { Terminal } from "../shared/terminal.ts";
import { UsageError } from "../shared/usage-error.ts";
import { type ChosenConfig, readChosen } from "./config.ts";
import type { Survey } from "./survey.ts";
import { type TriedCheck, tryChecks } from "./try-checks.ts";

export const CONFIG_FILE = ".github/factory.yml";

interface Given {
  /** A file that the caller named. */
  readonly given: string | undefined;
  readonly base: string;
  readonly survey: Survey;
  readonly repository: Repository;
  /** Folders of this machine's toolchains. */
  readonly toolchains: readonly string[];
  readonly progress: Progress;
  readonly terminal: Terminal;
}

/**
 * The config that is given, else the one that stands at the base, else one proposed by looking, of which only those checks
 * are kept that ran on the base. Says on the terminal which it is.
 * @throws UsageError when a config is not one; Error when this machine has no sandbox
 */
export async function chooseConfig(options: Given): Promise<ChosenConfig> {
  const { survey, toolchains, progress } = options;
  const stated = (await readGiven(options.given)) ?? (await readFound(survey));
  if (stated === undefined) return propose(options);
  progress.fact("config", stated.said);
  const chosen = readChosen(stated.text, { ...stated, toolchains });
  await requireSandbox(chosen);
  return chosen;
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
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--config: ${path} cannot be read (${error.code ?? error.message})`);
  });
  return { origin: "given", text, said: path, name: `--config: ${path}` };
}

async function readFound(survey: Survey): Promise<Stated | undefined> {
  const text = await survey.read(CONFIG_FILE);
  const said = `${CONFIG_FILE}, as it stands at the base`;
  return text === undefined ? undefined : { origin: "found", text, said, name: CONFIG_FILE };
}

async function propose(options: Given): Promise<ChosenConfig> {
  const { survey, toolchains, progress, terminal } = options;
  const proposed = proposeConfig(await lookAt(survey));
  const about = { origin: "proposed", name: "the proposed config", toolchains } as const;
  const chosen = readChosen(renderConfig(proposed, { read: toolchains }), about);
  progress.fact(
    "config",
    "proposed by looking; each check runs once on the base before it is used",
  );
  for (const note of proposed.notes) progress.fact("", terminal.style("dim", note));
  const tried = await tryChecks({
    ...options,
    config: chosen.config,
    sandbox: await requireSandbox(chosen),
    onTried: (check) => sayTried(terminal, { check, proposed }),
  });
  const kept = keepTried(proposed, tried);
  if (kept.checks.every(({ name }) => name === "setup")) {
    progress.fact(
      "",
      terminal.style(
        "yellow",
        "no check is left: nothing can be proven; write a config and pass it with --config",
      ),
    );
  }
  const text = renderConfig(kept, { read: toolchains });
  for (const line of text.trimEnd().split("\n"))
    terminal.line(terminal.style("dim", `    ${line}`));
  return readChosen(text, about);
}

/** What the proposal is made from: every path, and the text of the few files that say how a repository is built. */
async function lookAt(survey: Survey): Promise<Parameters<typeof proposeConfig>[0]> {
  const wanted = filesToRead(survey.entries.map(({ path }) => path));
  const texts = new Map<string, string | undefined>();
  for (const path of wanted) texts.set(path, await survey.read(path));
  return { files: survey.entries, read: (path) => texts.get(path) };
}

function keepTried(proposed: ProposedConfig, tried: readonly TriedCheck[]): ProposedConfig {
  const kept = new Set(tried.filter(({ keep }) => keep).map(({ run }) => run.name));
  return { ...proposed, checks: proposed.checks.filter(({ name }) => kept.has(name)) };
}

function sayTried(
  terminal: Terminal,
  about: { readonly check: TriedCheck; readonly proposed: ProposedConfig },
): void {
  const { check, proposed } = about;
  const because = proposed.checks.find(({ name }) => name === check.run.name)?.because ?? "";
  const mark = check.keep ? terminal.style("green", "✓") : terminal.style("yellow", "–");
  terminal.line(`    ${mark} ${check.run.name.padEnd(10)} ${check.said}`);
  terminal.line(`      ${terminal.style("dim", `${check.run.command}  (${because})`)}`);
}

/** Commands of a stranger's repository never run without isolation, whoever plays the model. */
async function requireSandbox(chosen: ChosenConfig): Promise<Sandbox> {
  const sandbox = await createSandbox({
    isolation: "bubblewrap",
    read: chosen.config.sandbox.read,
  });
  if ("refusal" in sandbox) throw new Error(sayRefusal(sandbox.refusal));
  return sandbox;
}
