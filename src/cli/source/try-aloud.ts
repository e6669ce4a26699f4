import { createSandbox } from "../../adapters/sandbox/sandbox.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Sandbox, WatchCommand } from "../../ports/sandbox.ts";
import { sayRefusal } from "../../wording/refusals.ts";
import { oneLine } from "../propose-config/look.ts";
import type { Progress } from "../shared/progress.ts";
import type { Terminal } from "../shared/terminal.ts";
import type { ChosenConfig } from "./config.ts";
import { type TriedCheck, tryChecks } from "./try-checks.ts";

/** What a trial of checks works with. */
export interface Trial {
  readonly base: string;
  readonly repository: Repository;
  readonly progress: Progress;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
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
  let now = "";
  const sandbox = await requireSandbox(chosen, ({ lastLine }) =>
    progress.live.begin(now, lastLine),
  );
  return tryChecks({
    ...options,
    config: chosen.config,
    sandbox,
    onBegin: (name) => {
      now = `the check ${name}`;
    },
    onTried: (tried) => {
      const { only } = tried;
      const { name, command } = tried.run;
      const because = seen({ name, command });
      const mark = tried.keep ? terminal.style("green", "✓") : terminal.style("yellow", "–");
      const seenIn = because === undefined ? "" : terminal.style("dim", ` (from ${because})`);
      terminal.line(`    ${mark} ${name.padEnd(10)} ${tried.said}${seenIn}`);
      terminal.verbatim(`      ${terminal.style("dim", command)}`);
      if (only !== undefined) terminal.line(`      ${terminal.style("dim", only.said)}`);
      if (!tried.keep) sayOutput(terminal, tried.run.tail);
    },
  });
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
