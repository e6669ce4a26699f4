import type { Materialized } from "../../ports/repository.ts";
import type { Runner } from "../../ports/runner.ts";

/** The most names shown of one kind; the rest is counted. */
const NAMED = 5;

/**
 * Logs once, before commands run, their limits, and the config folders and network variables that they will not have. A
 * check that fails for that reason is then explained.
 */
export function noticeSandbox(
  runner: Runner,
  sandbox: {
    readonly missing: readonly string[];
    readonly notes: readonly string[];
    readonly bound?: { readonly processes: string; readonly memory: string } | undefined;
  },
): void {
  if (sandbox.bound !== undefined) {
    const { processes, memory } = sandbox.bound;
    runner.info(`Bounds of commands: processes by ${processes}, memory by ${memory}.`);
  }
  if (sandbox.missing.length > 0) {
    runner.info("Notice: folders of sandbox.read that this machine has not:");
    runner.quote(named(sandbox.missing));
  }
  for (const note of sandbox.notes) {
    runner.info("Notice about the network of checks.setup:");
    runner.quote(note);
  }
}

/**
 * Listens to entries that workspaces could not get as with git, and reports each once, however many workspaces are
 * created. Names are untrusted, so they are quoted.
 */
export function noticeMaterialized(runner: Runner): (told: Materialized) => void {
  const said = new Set<string>();
  const say = (what: string, paths: readonly string[]) => {
    const fresh = paths.filter((path) => !said.has(`${what}\0${path}`));
    for (const path of fresh) said.add(`${what}\0${path}`);
    if (fresh.length === 0) return;
    runner.info(`Notice: ${what}:`);
    runner.quote(named(fresh));
  };
  return ({ leftOut, pointers }) => {
    for (const reason of new Set(leftOut.map((entry) => entry.reason))) {
      const paths = leftOut.filter((entry) => entry.reason === reason).map(({ path }) => path);
      say(`not in the workspace, ${reason}`, paths);
    }
    say("pointers of Git LFS, whose content is not fetched", pointers);
  };
}

function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join("\n")}${more > 0 ? `\nand ${more} more` : ""}`;
}
