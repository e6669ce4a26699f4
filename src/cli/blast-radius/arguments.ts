import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";

export interface BlastRadiusArguments {
  /** Absolute. */
  readonly repo: string;
  readonly json: boolean;
}

export function declareBlastRadius() {
  return declareCommand("blast-radius", {
    summary: "shows what a hostile agent in each workflow could reach",
    description:
      "Reads every workflow of a checkout. For each job in which an agent works, it lists the permissions, secrets, hosts and branches that a hostile agent could reach: inside its isolation, and if that failed. It knows agents of other makers by their published names, and does not list unknown ones. It reads files alone.",
    examples: ["millwright blast-radius", "millwright blast-radius --repo ../project --json"],
    exits: { 0: "no agent can reach anything", 1: "one can; the output says what" },
  })
    .addOption(names("folder", "--repo <path>", "a checkout; the current folder by default"))
    .option("--json", "prints one JSON object as the last line of standard output");
}

type Options = ReturnType<ReturnType<typeof declareBlastRadius>["opts"]>;

/** @param from the folder that relative paths are relative to */
export function readBlastRadiusArguments(options: Options, from: string): BlastRadiusArguments {
  const { repo = ".", json = false } = options;
  return { repo: resolve(from, repo), json };
}
