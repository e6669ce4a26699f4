import { terminalFor } from "../command/output.ts";
import { UsageError } from "../command/usage-error.ts";
import type { Terminal } from "../shared/terminal.ts";
import { openSource } from "../source/source.ts";
import { openRecord } from "./open-record.ts";
import { planUninstall, RECORD } from "./record.ts";
import { openWorkTree } from "./tree/work-tree.ts";
import type { UninstallArguments } from "./uninstall-arguments.ts";

/** What of the factory lies on GitHub and not in the files. */
const LEFT = [
  "gh secret delete ANTHROPIC_API_KEY",
  "gh secret delete FACTORY_SEAL_KEY",
  "gh label list --search factory: --json name --jq '.[].name' | xargs -I{} gh label delete {} --yes",
];

/**
 * Takes away what `init` wrote, the workflow first, and says what stays. Answers the exit code.
 * @throws UsageError where init wrote nothing
 */
export async function runUninstall(
  asked: UninstallArguments,
  write: (text: string) => void,
): Promise<number> {
  const source = await openSource(asked.repo, undefined);
  const tree = await openWorkTree(source.directory, source.gitDirectory);
  const record = openRecord(tree);
  if (record === undefined) {
    throw new UsageError(`--repo: ${asked.repo} has no ${RECORD}: init wrote nothing there`);
  }
  const { remove, keep } = planUninstall(record, (path) => tree.read(path));
  // Last written, first taken: nothing starts any more while the rest is still there.
  if (!asked.dryRun) for (const path of [...remove.toReversed(), RECORD]) tree.remove(path);
  const code = keep.length === 0 ? 0 : 1;
  if (asked.json) {
    write(`${JSON.stringify({ ok: code === 0, removed: remove, kept: keep, left: LEFT })}\n`);
    return code;
  }
  sayRemoved(terminalFor(asked), { remove, keep, dryRun: asked.dryRun });
  return code;
}

function sayRemoved(
  terminal: Terminal,
  about: ReturnType<typeof planUninstall> & { readonly dryRun: boolean },
): void {
  const { remove, keep, dryRun } = about;
  const { results } = terminal;
  for (const path of remove) (dryRun ? results : terminal).line(`  - ${path}`);
  for (const path of keep)
    results.line(`  · ${path}  yours: changed since init wrote it; it stays`);
  terminal.line(dryRun ? "\nNothing was taken away: --dry-run." : "\nWhat may be left on GitHub:");
  if (!dryRun) for (const command of LEFT) terminal.verbatim(`  ${command}`);
}
