import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";

export interface BlastRadiusArguments {
  /** Absolute. */
  readonly repo: string;
  readonly json: boolean;
}

export function declareBlastRadius() {
  return declareCommand("blast-radius", {
    summary: "says what a hostile agent in each workflow would reach",
    description:
      "Opens every workflow of a checkout and says of each job in which an agent works which permissions, secrets, hosts and branches it reaches if it does nothing but harm: inside its isolation, and if that failed. Agents of others are recognised by the names that their makers publish; one that is not known is not listed. It reads files alone.",
    examples: ["millwright blast-radius", "millwright blast-radius --repo ../project --json"],
    exits: { 0: "no agent reaches anything", 1: "one does, and what is told" },
  })
    .option("--repo <path>", "a checkout; the folder that this runs in by default")
    .option("--json", "prints one JSON object as the last line of standard output");
}

type Options = ReturnType<ReturnType<typeof declareBlastRadius>["opts"]>;

/** @param from the folder that relative paths are relative to */
export function readBlastRadiusArguments(options: Options, from: string): BlastRadiusArguments {
  const { repo = ".", json = false } = options;
  return { repo: resolve(from, repo), json };
}
