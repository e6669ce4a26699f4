import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { type Output, outputOf } from "../command/output.ts";

export interface BlastRadiusArguments extends Output {
  /** Absolute. */
  readonly repo: string;
}

export function declareBlastRadius() {
  return declareCommand("blast-radius", {
    summary: "shows what a hostile agent in each workflow could reach",
    description:
      "Reads every workflow of a checkout. For each job in which an agent works, it lists the permissions, secrets, hosts and branches that a hostile agent could reach: inside its isolation, and if that failed. It knows agents of other makers by their published names, and does not list unknown ones. It reads files alone.",
    examples: ["millwright blast-radius", "millwright blast-radius --repo ../project --json"],
    result: "the table",
    exits: { 0: "no agent can reach anything", 1: "one can; the output says what" },
  }).addOption(names("folder", "--repo <path>", "a checkout; the current folder by default"));
}

type Options = ReturnType<ReturnType<typeof declareBlastRadius>["opts"]>;

/** @param from the folder that relative paths are relative to */
export function readBlastRadiusArguments(options: Options, from: string): BlastRadiusArguments {
  const { repo = "." } = options;
  return { repo: resolve(from, repo), ...outputOf(options) };
}
