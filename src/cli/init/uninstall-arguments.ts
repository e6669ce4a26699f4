import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";

/** What a caller asked for; paths are absolute. */
export interface UninstallArguments {
  readonly repo: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export function declareUninstall() {
  return declareCommand("uninstall", {
    summary: "takes away what init wrote",
    description:
      "Takes away the files that init wrote and nobody changed since; what was changed stays, and is named. What is left on GitHub is printed as commands. Nothing is committed.",
    examples: ["millwright uninstall", "millwright uninstall --repo ../project --dry-run"],
    exits: { 0: "nothing of it is left", 1: "a file that somebody changed stays, and is named" },
  })
    .option("--repo <path>", "a clone; the folder that this runs in by default")
    .option("--dry-run", "says what would be taken away, and takes nothing")
    .option("--json", "prints one JSON object as the last line of standard output");
}

type Options = ReturnType<ReturnType<typeof declareUninstall>["opts"]>;

/** @param from the folder that relative paths are relative to */
export function readUninstallArguments(options: Options, from: string): UninstallArguments {
  const { repo = ".", dryRun = false, json = false } = options;
  return { repo: resolve(from, repo), dryRun, json };
}
