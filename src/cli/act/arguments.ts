import { declareCommand } from "../command/declare.ts";

export function declareAct() {
  return declareCommand("act", {
    summary: "plays the happy line with nektos/act, another runner",
    description:
      "Plays the happy line and its night with nektos/act, a runner that is not ours, which Go installs once. Without Go it says so and plays nothing.",
    examples: ["npm run act", "npm run act -- --json"],
  })
    .option("--json", "prints one JSON object as the last line of standard output")
    .option("--quiet", "prints nothing else");
}
