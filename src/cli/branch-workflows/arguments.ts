import { declareCommand } from "../command/declare.ts";
import { names } from "../command/named-path.ts";

export function declareWorkflows() {
  return declareCommand("workflows", {
    summary: "lists workflows that would run with secrets",
    description:
      "Lists the workflows of a checkout that would run with secrets on a branch of the factory, and how to guard them.",
    examples: ["millwright workflows", "millwright workflows --repo ../project --branch develop"],
    exits: { 0: "none would", 1: "one would, and is listed" },
  })
    .addOption(names("folder", "--repo <path>", "a checkout; the current folder by default"))
    .option(
      "--branch <name>",
      "its default branch; by default the one that the remote had when it was cloned",
    );
}
