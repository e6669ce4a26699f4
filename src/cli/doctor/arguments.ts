import { resolve } from "node:path";
import { declareCommand } from "../command/declare.ts";

/** What a caller asked for; paths are absolute. */
export interface DoctorArguments {
  readonly repo: string;
  readonly json: boolean;
}

export function declareDoctor() {
  return declareCommand("doctor", {
    summary: "says what stands between a repository and its factory",
    description:
      "Looks at the config, the workflows, this machine's sandbox and, with a token in GH_TOKEN or GITHUB_TOKEN, at what the repository is set to on GitHub: secrets by name, labels, rules, the last heartbeat. Of each it says what was found, why it matters, and what mends it. It reads alone, and asks no model.",
    examples: [
      "millwright doctor",
      "GH_TOKEN=$(gh auth token) millwright doctor --repo ../project",
    ],
    exits: { 0: "nothing is in the way", 1: "something is, and is named" },
  })
    .option("--repo <path>", "a clone; the folder that this runs in by default")
    .option("--json", "prints one JSON object as the last line of standard output");
}

type Options = ReturnType<ReturnType<typeof declareDoctor>["opts"]>;

/** @param from the folder that relative paths are relative to */
export function readDoctorArguments(options: Options, from: string): DoctorArguments {
  const { repo = ".", json = false } = options;
  return { repo: resolve(from, repo), json };
}
