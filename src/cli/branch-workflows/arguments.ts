import { declareCommand } from "../command/declare.ts";

export function declareWorkflows() {
  return declareCommand("workflows", {
    summary: "tells which workflows would run with secrets",
    description:
      "Tells which workflows of a checkout would run with secrets on a branch of the factory, and how to guard them.",
    examples: ["millwright workflows", "millwright workflows --repo ../project --branch develop"],
    exits: { 0: "none would", 1: "one would, and is told" },
  })
    .option("--repo <path>", "a checkout; the folder that this runs in by default")
    .option("--branch <name>", "its default branch", "main");
}
