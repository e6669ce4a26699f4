import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { type Output, outputOf } from "../command/output.ts";

/** What a caller asked for; paths are absolute. */
export interface UninstallArguments extends Output {
  readonly repo: string;
  readonly dryRun: boolean;
}

export function declareUninstall() {
  return declareCommand("uninstall", {
    summary: "removes what init wrote",
    description:
      "Removes the files that init wrote and that nobody changed since. Lists changed files, which stay. Prints commands that remove what is left on GitHub. Commits nothing.",
    examples: ["millwright uninstall", "millwright uninstall --repo ../project --dry-run"],
    result: "the files that stay, and what --dry-run would remove",
    exits: { 0: "nothing of it is left", 1: "a file that somebody changed stays, and is listed" },
  })
    .addOption(names("folder", "--repo <path>", "a clone; the current folder by default"))
    .option("--dry-run", "prints what would be removed, and removes nothing");
}

type Options = ReturnType<ReturnType<typeof declareUninstall>["opts"]>;

/** @param from the folder that relative paths are relative to */
export function readUninstallArguments(options: Options, from: string): UninstallArguments {
  const { repo = ".", dryRun = false } = options;
  return { repo: resolve(from, repo), dryRun, ...outputOf(options) };
}
