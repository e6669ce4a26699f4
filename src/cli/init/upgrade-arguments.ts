import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { type Output, outputOf } from "../command/output.ts";
import { type Pin, readPin } from "./pin.ts";

/** What a caller asked for; paths are absolute. */
export interface UpgradeArguments extends Output {
  readonly repo: string;
  /** Absent: the one that this is. */
  readonly pin: Pin | undefined;
  /** Writes also where other changes are not committed. */
  readonly dirty: boolean;
  readonly dryRun: boolean;
}

export function declareUpgrade() {
  return declareCommand("upgrade", {
    summary: "updates what init wrote to this version",
    description:
      "Updates the pin, the workflow and the issue forms that init wrote. Merges them with lines that somebody changed since. If both change the same lines, the file stays as it is and is listed. Leaves the config and AGENTS.md alone. Commits nothing.",
    examples: ["millwright upgrade", "millwright upgrade --repo ../project --dry-run"],
    result: "the files that stay as they are, and the diff of --dry-run",
    exits: { 0: "everything has this version", 1: "a file stays as it is, and is listed" },
  })
    .addOption(names("folder", "--repo <path>", "a clone; the current folder by default"))
    .option(
      "--uses <pin>",
      "the Millwright that the workflow calls, like OWNER/millwright@v0; this one by default",
    )
    .option("--dirty", "writes even if other changes are not committed")
    .option("--dry-run", "prints what would change, as a diff, and writes nothing");
}

type Options = ReturnType<ReturnType<typeof declareUpgrade>["opts"]>;

/** @param from the folder that relative paths are relative to */
export function readUpgradeArguments(options: Options, from: string): UpgradeArguments {
  const { repo = ".", uses, dirty = false, dryRun = false } = options;
  const pin = uses === undefined ? undefined : readPin(uses);
  return { repo: resolve(from, repo), pin, dirty, dryRun, ...outputOf(options) };
}
