import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { type Pin, readPin } from "./pin.ts";

/** What a caller asked for; paths are absolute. */
export interface UpgradeArguments {
  readonly repo: string;
  /** Absent: the one that this is. */
  readonly pin: Pin | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export function declareUpgrade() {
  return declareCommand("upgrade", {
    summary: "moves what init wrote to this version",
    description:
      "Moves the pin, the workflow and the issue forms that init wrote to what this version would write. Lines that somebody changed since stay: both steps are merged, and where both change the same lines the file stays as it is and is named. Config and AGENTS.md are yours and are left alone. Nothing is committed.",
    examples: ["millwright upgrade", "millwright upgrade --repo ../project --dry-run"],
    exits: { 0: "everything is of this version", 1: "a file stays as it is, and is named" },
  })
    .option("--repo <path>", "a clone; the folder that this runs in by default")
    .option(
      "--uses <pin>",
      "which Millwright the workflow calls, like OWNER/millwright@v0; by default the one that this is",
    )
    .option("--dry-run", "says what would change, as a diff, and writes nothing")
    .option("--json", "prints one JSON object as the last line of standard output");
}

type Options = ReturnType<ReturnType<typeof declareUpgrade>["opts"]>;

/** @param from the folder that relative paths are relative to */
export function readUpgradeArguments(options: Options, from: string): UpgradeArguments {
  const { repo = ".", uses, dryRun = false, json = false } = options;
  const pin = uses === undefined ? undefined : readPin(uses);
  return { repo: resolve(from, repo), pin, dryRun, json };
}
