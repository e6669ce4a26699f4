import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";
import { type Output, outputOf } from "../command/output.ts";

/** What a caller asked for; paths are absolute. */
export interface DoctorArguments extends Output {
  readonly repo: string;
}

export function declareDoctor() {
  return declareCommand("doctor", {
    summary: "lists what a repository still lacks for the factory",
    description:
      "Checks the config, the workflows and the sandbox of this machine. With a token in GH_TOKEN or GITHUB_TOKEN, it also checks the repository's settings on GitHub: the names of secrets, labels, rules and the last heartbeat. For each finding, it says why it matters and how to fix it. It changes nothing, and asks no model.",
    examples: [
      "millwright doctor",
      "GH_TOKEN=$(gh auth token) millwright doctor --repo ../project",
    ],
    result: "the findings",
    exits: { 0: "nothing is missing", 1: "something is, and is listed" },
  }).addOption(names("folder", "--repo <path>", "a clone; the current folder by default"));
}

type Options = ReturnType<ReturnType<typeof declareDoctor>["opts"]>;

/** @param from the folder that relative paths are relative to */
export function readDoctorArguments(options: Options, from: string): DoctorArguments {
  const { repo = "." } = options;
  return { repo: resolve(from, repo), ...outputOf(options) };
}
