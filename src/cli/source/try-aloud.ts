import { createSandbox } from "../../adapters/sandbox/sandbox.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Sandbox, WatchCommand } from "../../ports/sandbox.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { oneLine } from "../propose-config/look.ts";
import type { Progress } from "../shared/progress.ts";
import type { Terminal } from "../shared/terminal.ts";
import type { ChosenConfig } from "./config.ts";
import { type TriedCheck, tryChecks, untriedOf } from "./try-checks.ts";

/** What a trial of checks works with. */
export interface Trial {
  readonly base: string;
  readonly repository: Repository;
  readonly progress: Progress;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Files of the base that are not there while the checks run. */
  readonly without?: (path: string) => boolean;
}

/** Tries the checks of a config on the base and says each on the terminal, also while it runs. */
export async function tryAloud(
  options: Trial,
  about: {
    readonly chosen: ChosenConfig;
    /** Where a proposed check was seen. */
    readonly seen: (check: {
      readonly name: string;
      readonly command: string;
    }) => string | undefined;
  },
): Promise<readonly TriedCheck[]> {
  const { progress, terminal } = options;
  const { chosen, seen } = about;
  sayRegistries(options, chosen);
  let now = "";
  const sandbox = await requireSandbox(chosen, ({ lastLine }) =>
    progress.live.begin(now, lastLine),
  );
  const dim = (text: string) => terminal.style("dim", text);
  const placeOf = (check: { readonly name: string; readonly command: string }) => {
    const because = seen(check);
    return because === undefined ? "" : dim(` (from ${because})`);
  };
  const sayCommand = ({ command }: { readonly command: string }) =>
    terminal.verbatim(`      ${dim(command)}`);
  const tried = await tryChecks({
    ...options,
    config: chosen.config,
    sandbox,
    onBegin: (name) => {
      now = `the check ${name}`;
    },
    onTried: (tried) => {
      const { only } = tried;
      const mark = tried.keep ? terminal.style("green", "✓") : terminal.style("yellow", "–");
      terminal.line(`    ${mark} ${tried.run.name.padEnd(10)} ${tried.said}${placeOf(tried.run)}`);
      sayCommand(tried.run);
      if (only !== undefined) terminal.line(`      ${dim(only.said)}`);
      if (!tried.keep) sayOutput(terminal, tried.run.tail);
    },
  });
  for (const check of untriedOf(chosen.config, tried)) {
    terminal.line(
      `    · ${check.name.padEnd(10)} not tried: setup did not work here${placeOf(check)}`,
    );
    sayCommand(check);
  }
  return tried;
}

/** The tokens are a secret of the repository on GitHub, which no clone has. */
function sayRegistries({ progress, terminal }: Trial, { config }: ChosenConfig): void {
  const tokens = [...new Set(config.sandbox.registries.map(({ token }) => token))];
  if (tokens.length === 0 || config.checks.setup === undefined) return;
  const said = `setup runs without ${tokens.join(", ")} here, and finds only packages that need no token`;
  progress.fact("registries", terminal.style("yellow", said));
}

/** Lines of an output that are shown where a check failed: the one that was picked may be the wrong one. */
const SHOWN = 8;

function sayOutput(terminal: Terminal, tail: string): void {
  const lines = tail
    .split("\n")
    .map(oneLine)
    .filter((line) => line !== "");
  for (const line of lines.slice(-SHOWN)) terminal.line(terminal.style("dim", `      │ ${line}`));
}

/** Commands of a stranger's repository never run without isolation, whoever plays the model. */
export async function requireSandbox(chosen: ChosenConfig, watch?: WatchCommand): Promise<Sandbox> {
  const sandbox = await createSandbox({
    isolation: "bubblewrap",
    read: chosen.config.sandbox.read,
    ...(watch && { watch }),
  });
  if ("refusal" in sandbox) throw new Error(sayRefusal(sandbox.refusal));
  return sandbox;
}
